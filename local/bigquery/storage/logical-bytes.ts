import { duckFieldNames } from '../sql/duck-type';
import { quoteString } from '../sql/names';
import type { GoogleSqlType, ScalarKind } from '../sql/types';

/** BigQuery's logical bytes of one value that is not NULL; the other types count by length. */
const FIXED_BYTES: Partial<Readonly<Record<ScalarKind, number>>> = {
  BOOL: 1,
  INT64: 8,
  FLOAT64: 8,
  NUMERIC: 16,
  DATE: 8,
  TIME: 8,
  DATETIME: 8,
  TIMESTAMP: 8,
};

/** A text's bytes come with two more. */
const TEXT_OVERHEAD = 2;

/**
 * The values with bytes of their own inside a column: positions of struct fields from outside in,
 * one empty path for a column without structs. Below `path` alone, where it is given.
 */
export function leafPaths(type: GoogleSqlType, path: readonly number[] = []): number[][] {
  const inner = type.kind === 'ARRAY' ? type.element : type;
  if (inner.kind !== 'STRUCT') return [[]];
  const [only, ...deeper] = path;
  return inner.fields.flatMap((field, i) => {
    if (only !== undefined && only !== i) return [];
    return leafPaths(field.type, deeper).map((leaf) => [i, ...leaf]);
  });
}

/**
 * DuckDB SQL of the bytes of all rows in one leaf of a column. What each value has alike is counted
 * and not added row by row: a sixth of the time.
 */
export function sumOfBytes(type: GoogleSqlType, column: string, leaf: readonly number[]): string {
  if (type.kind === 'STRUCT') {
    const [index, ...deeper] = leaf;
    const field = fieldAt(type, column, index);
    return field ? sumOfBytes(field.type, field.sql, deeper) : '0';
  }
  if (type.kind === 'ARRAY') return `sum(${bytesOf(type, column, leaf, 0)})`;
  const fixed = FIXED_BYTES[type.kind];
  if (fixed !== undefined) return `count(${column}) * ${fixed}`;
  if (type.kind === 'STRING') return `sum(strlen(${column})) + ${TEXT_OVERHEAD} * count(${column})`;
  return `sum(${bytesOf(type, column, leaf, 0)})`;
}

/** DuckDB SQL of the bytes of one value; 0 or NULL where it is NULL. */
function bytesOf(
  type: GoogleSqlType,
  value: string,
  leaf: readonly number[],
  depth: number,
): string {
  switch (type.kind) {
    case 'ARRAY': {
      if (type.element.kind in FIXED_BYTES) {
        return `len(${value}) * ${FIXED_BYTES[type.element.kind as ScalarKind]}`;
      }
      const one = `one${depth}`;
      const inner = bytesOf(type.element, one, leaf, depth + 1);
      return `list_sum(list_transform(${value}, lambda ${one}: ${inner}))`;
    }
    case 'STRUCT': {
      const [index, ...deeper] = leaf;
      const field = fieldAt(type, value, index);
      return field ? bytesOf(field.type, field.sql, deeper, depth) : '0';
    }
    case 'STRING':
      return `${TEXT_OVERHEAD} + strlen(${value})`;
    case 'BYTES':
      return `${TEXT_OVERHEAD} + octet_length(${value})`;
    case 'JSON':
      return `strlen(${value}::VARCHAR)`;
    default:
      return `CASE WHEN ${value} IS NOT NULL THEN ${FIXED_BYTES[type.kind] ?? 0} END`;
  }
}

/** A field of a struct, and DuckDB SQL of its value. */
function fieldAt(
  { fields }: Extract<GoogleSqlType, { kind: 'STRUCT' }>,
  value: string,
  index = 0,
): { readonly type: GoogleSqlType; readonly sql: string } | undefined {
  const field = fields[index];
  const name = quoteString(duckFieldNames(fields)[index] ?? '');
  return field && { type: field.type, sql: `struct_extract(${value}, ${name})` };
}
