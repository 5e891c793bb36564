/** The class Table of @google-cloud/bigquery, as far as it is used here. */
export interface TableClass {
  readonly prototype: { getMetadata(...args: unknown[]): unknown };
}

/**
 * Dataform asks for a table before and after it makes it, and reads its schema alone. Asked for all,
 * the local BigQuery would measure the table anew each time: seconds, where it is large.
 */
export function askBasicMetadata({ prototype }: TableClass): void {
  const { getMetadata } = prototype;
  prototype.getMetadata = function (...args) {
    return getMetadata.apply(this, args.length === 0 ? [{ view: 'BASIC' }] : args);
  };
}
