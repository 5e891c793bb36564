import type { RawTableName } from '../shared/raw-tables';

/** A value that goes to or comes from the warehouse: NUMERIC and TIMESTAMP travel as strings. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly [name: string]: Value };

export type Row = Readonly<Record<string, Value>>;

/** A table outside the raw dataset: "dataset.table". */
export type OtherTable = `${string}.${string}`;

export interface QueryOptions {
  /** Named parameters (@name); arrays and structs allowed. */
  readonly params?: Row;
}

export interface LoadFileOptions {
  readonly jobId?: string;
  /** Puts the rows in the place of all that stand there. */
  readonly replace?: boolean;
}

/**
 * All that the functions ask of a warehouse. One implementation serves BigQuery in the
 * cloud and the local BigQuery: both speak the same REST API.
 */
export interface Warehouse {
  /** Small results only; big ones leave through `exportParquet`. */
  query<T extends Row = Row>(sql: string, options?: QueryOptions): Promise<T[]>;
  /** Makes the raw dataset and tables that are missing; existing ones are left alone. */
  ensureRawTables(): Promise<void>;
  /** Appends rows in one atomic load job; the same jobId twice loads once. */
  load(
    table: RawTableName,
    rows: Iterable<Row>,
    options?: { readonly jobId?: string },
  ): Promise<void>;
  /**
   * Appends an NDJSON or Parquet file in one atomic load job, or with `replace` puts it in the
   * place of all rows; the same jobId twice loads once.
   * A table outside the raw dataset is named with its dataset, and must exist.
   */
  loadFile(
    table: RawTableName | OtherTable,
    file: string,
    options?: LoadFileOptions,
  ): Promise<void>;
  /** Writes the query's rows as Parquet through EXPORT DATA and answers the files on this machine. */
  exportParquet(sql: string, options?: QueryOptions): Promise<string[]>;
}
