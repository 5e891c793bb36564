/** GoogleSQL's scalar types that the local BigQuery stores and computes. */
export const SCALAR_KINDS = [
  'BOOL',
  'INT64',
  'FLOAT64',
  'NUMERIC',
  'STRING',
  'BYTES',
  'DATE',
  'TIME',
  'DATETIME',
  'TIMESTAMP',
  'JSON',
] as const;

export type ScalarKind = (typeof SCALAR_KINDS)[number];

export interface StructField {
  /** Empty for an anonymous field. */
  readonly name: string;
  readonly type: GoogleSqlType;
}

/** A GoogleSQL type. ARRAY of ARRAY does not exist in BigQuery. */
export type GoogleSqlType =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'ARRAY'; readonly element: GoogleSqlType }
  | { readonly kind: 'STRUCT'; readonly fields: readonly StructField[] };

export { duckFieldNames, toDuckType } from './duck-type';
export { parseType } from './parse-type';

/** GoogleSQL's spelling: 'ARRAY<STRUCT<key STRING, value INT64>>'. Reads back with `parseType`. */
export function printType(type: GoogleSqlType): string {
  if (type.kind === 'ARRAY') return `ARRAY<${printType(type.element)}>`;
  if (type.kind !== 'STRUCT') return type.kind;
  const fields = type.fields.map((field) => {
    if (field.name === '') return printType(field.type);
    const name = /^[A-Za-z_][A-Za-z0-9_]*$/.test(field.name) ? field.name : `\`${field.name}\``;
    return `${name} ${printType(field.type)}`;
  });
  return `STRUCT<${fields.join(', ')}>`;
}

/** Same shape, same field names (BigQuery compares them without regard to case). */
export function sameType(left: GoogleSqlType, right: GoogleSqlType): boolean {
  return printType(left).toLowerCase() === printType(right).toLowerCase();
}
