import { quoteIdentifier } from './names';
import type { GoogleSqlType, ScalarKind, StructField } from './types';

const SCALARS: Readonly<Record<ScalarKind, string>> = {
  BOOL: 'BOOLEAN',
  INT64: 'BIGINT',
  FLOAT64: 'DOUBLE',
  NUMERIC: 'DECIMAL(38,9)',
  STRING: 'VARCHAR',
  BYTES: 'BLOB',
  DATE: 'DATE',
  TIME: 'TIME',
  DATETIME: 'TIMESTAMP',
  TIMESTAMP: 'TIMESTAMPTZ',
  JSON: 'JSON',
};

/** The DuckDB type that stores a GoogleSQL type: 'BIGINT', 'STRUCT("a" VARCHAR)[]'. */
export function toDuckType(type: GoogleSqlType): string {
  if (type.kind === 'ARRAY') return `${toDuckType(type.element)}[]`;
  if (type.kind !== 'STRUCT') return SCALARS[type.kind];
  const names = duckFieldNames(type.fields);
  const fields = type.fields.map((field, i) => {
    return `${quoteIdentifier(names[i] as string)} ${toDuckType(field.type)}`;
  });
  return `STRUCT(${fields.join(', ')})`;
}

/**
 * Names of a struct's fields inside DuckDB, in order. GoogleSQL allows anonymous and repeated
 * names, DuckDB does not (and ignores case): such fields are named by their position, '_0'.
 */
export function duckFieldNames(fields: readonly StructField[]): string[] {
  const taken = new Set<string>();
  return fields.map((field, i) => {
    const key = field.name.toLowerCase();
    if (key === '' || taken.has(key)) return `_${i}`;
    taken.add(key);
    return field.name;
  });
}
