import { duckFieldNames, toDuckType } from '../sql/duck-type';
import { UnsupportedError } from '../sql/errors';
import { quoteIdentifier, quoteString } from '../sql/names';
import type { GoogleSqlType } from '../sql/types';
import { bindOnce } from './sql-text';

type Cast = (sql: string, from: GoogleSqlType, to: GoogleSqlType, safe: boolean) => string;

/** Casts arrays by their elements and structs field by field, by position as GoogleSQL does. */
export function castNested(
  sql: string,
  from: GoogleSqlType,
  to: GoogleSqlType,
  safe: boolean,
  cast: Cast,
): string {
  if (from.kind === 'ARRAY' && to.kind === 'ARRAY') {
    const element = cast('item', from.element, to.element, safe);
    return `CAST(list_transform(${sql}, lambda item: ${element}) AS ${toDuckType(to)})`;
  }
  if (from.kind !== 'STRUCT' || to.kind !== 'STRUCT' || from.fields.length !== to.fields.length) {
    throw new UnsupportedError(`CAST of ${from.kind} to ${to.kind}`);
  }
  const source = duckFieldNames(from.fields);
  const target = duckFieldNames(to.fields);
  return bindOnce([sql], (v) => {
    const fields = to.fields.map((field, index) => {
      const value = `struct_extract(${v}, ${quoteString(source[index] ?? '')})`;
      const fromType = from.fields[index]?.type ?? field.type;
      return `${quoteIdentifier(target[index] ?? '')} := ${cast(value, fromType, field.type, safe)}`;
    });
    return `CASE WHEN ${v} IS NOT NULL THEN struct_pack(${fields.join(', ')}) END`;
  });
}
