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
const COSTLY_CALL = /\b(?:bq_|regexp_|json_|list_|timezone|lambda|SELECT)/;

/** True where writing the text twice costs next to nothing: columns, literals, short casts. */
export function isCheap(sql: string): boolean {
  if (/^[\w.]+$/.test(sql) || /^'[^']*'$/.test(sql)) return true;
  return sql.length <= CHEAP_LENGTH && !COSTLY_CALL.test(sql);
}

/**
 * Builds SQL whose body mentions its arguments more than once. Costly arguments are evaluated once
 * by a lambda over a one-element list (about 25 ns a row); written out they would double at every
 * level of nesting.
 */
export function bindOnce(args: readonly string[], body: (...names: string[]) => string): string {
  return args.every(isCheap) ? body(...args) : bind(args, isCheap, body);
}

/** As `bindOnce`, for bodies that mention an argument so often that only columns are cheap. */
export function bindAlways(args: readonly string[], body: (...names: string[]) => string): string {
  const isName = (sql: string): boolean => /^[\w.]+$/.test(sql);
  return args.every(isName) ? body(...args) : bind(args, isName, body);
}

let placeholders = 0;

function bind(
  args: readonly string[],
  cheap: (sql: string) => boolean,
  body: (...names: string[]) => string,
): string {
  // The body may hold other lambdas, and mention ours inside them: our name is chosen when theirs
  // are known. Until then a placeholder of constant length stands for it.
  placeholders = (placeholders + 1) % 1_000_000;
  const placeholder = `_bind${String(placeholders).padStart(6, '0')}`;
  const fields = args.flatMap((arg, index) => (cheap(arg) ? [] : [`a${index}: ${arg}`]));
  const named = args
    .flatMap((arg, index) => (cheap(arg) ? [] : [`${arg} AS a${index}`]))
    .join(', ');
  const names = args.map((arg, index) => (cheap(arg) ? arg : `${placeholder}.a${index}`));
  const text = body(...names);
  let depth = 0;
  while (new RegExp(`\\bv${depth}\\b`).test(text)) depth += 1;
  // A lambda takes no subquery; a subquery takes the same names from its own FROM, unless it holds
  // a lambda that would mix them with columns from around it: there the arguments are repeated.
  if (/\bSELECT\b/i.test(text)) {
    if (/\blambda\b/.test(text + named)) return body(...args);
    return `(SELECT ${text.replaceAll(placeholder, `v${depth}`)} FROM (SELECT ${named}) AS v${depth})`;
  }
  return `list_transform([{${fields.join(', ')}}], lambda v${depth}: ${text.replaceAll(placeholder, `v${depth}`)})[1]`;
}
