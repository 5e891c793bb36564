import { toDuckType } from '../sql/duck-type';
import { quoteString } from '../sql/names';
import type { GoogleSqlType } from '../sql/types';

/**
 * An expression of the given type that fails with `message` when a row reaches it. DuckDB's own
 * error() counts as volatile, which TRY (SAFE. and SAFE_CAST) refuses; bq_error does not.
 */
export function raise(message: string, type: GoogleSqlType): string {
  return raiseText(quoteString(message), type);
}

/** As `raise`, with a message that is itself SQL. */
export function raiseText(message: string, type: GoogleSqlType): string {
  return `CAST(bq_error(${message}) AS ${toDuckType(type)})`;
}

const CHEAP_LENGTH = 48;

/** True where writing the text twice costs next to nothing: columns, literals, short casts. */
export function isCheap(sql: string): boolean {
  return /^[\w.]+$/.test(sql) || /^'[^']*'$/.test(sql) || sql.length <= CHEAP_LENGTH;
}

/**
 * Builds SQL whose body mentions its arguments more than once. Long arguments are evaluated once
 * by a lambda over a one-element list (about 25 ns a row); written out they would double at every
 * level of nesting.
 */
export function bindOnce(args: readonly string[], body: (...names: string[]) => string): string {
  if (args.every(isCheap)) return body(...args);
  const fields = args.flatMap((arg, index) => (isCheap(arg) ? [] : [`a${index}: ${arg}`]));
  const names = args.map((arg, index) => (isCheap(arg) ? arg : `v.a${index}`));
  return `list_transform([{${fields.join(', ')}}], lambda v: ${body(...names)})[1]`;
}
