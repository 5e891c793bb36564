import { bindOnce, raise } from '../../functions/sql-text';
import { duckFieldNames, toDuckType } from '../duck-type';
import { quoteString } from '../names';
import type { GoogleSqlType } from '../types';

/**
 * A value on its way into a table: a NULL array becomes an empty one, and an array with a NULL
 * element is an error, as in BigQuery. The cast gives it exactly the column's type.
 */
export function storedValue(sql: string, type: GoogleSqlType): string {
  const value = withoutNullArrays(sql, type);
  return `CAST(${value} AS ${toDuckType(type)})`;
}

function withoutNullArrays(sql: string, type: GoogleSqlType): string {
  if (!containsArray(type)) return sql;
  if (type.kind === 'ARRAY') return storedArray(sql, type);
  if (type.kind !== 'STRUCT') return sql;
  const names = duckFieldNames(type.fields);
  return bindOnce([sql], (struct) => {
    const fields = type.fields.map((field, i) => {
      const name = quoteString(names[i] as string);
      return `${name}: ${withoutNullArrays(`struct_extract(${struct}, ${name})`, field.type)}`;
    });
    return `CASE WHEN ${struct} IS NOT NULL THEN {${fields.join(', ')}} END`;
  });
}

function storedArray(sql: string, type: GoogleSqlType & { readonly kind: 'ARRAY' }): string {
  const empty = `CAST([] AS ${toDuckType(type)})`;
  const error = raise('Array cannot have a null element; error in writing field', type);
  const array = bindOnce([sql], (list) => {
    return (
      `CASE WHEN ${list} IS NULL THEN ${empty} ` +
      `WHEN len(list_filter(${list}, lambda x: x IS NULL)) > 0 THEN ${error} ELSE ${list} END`
    );
  });
  if (!containsArray(type.element)) return array;
  return `list_transform(${array}, lambda item: ${withoutNullArrays('item', type.element)})`;
}

function containsArray(type: GoogleSqlType): boolean {
  if (type.kind === 'ARRAY') return true;
  return type.kind === 'STRUCT' && type.fields.some((field) => containsArray(field.type));
}
