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
