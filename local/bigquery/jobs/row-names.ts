import type { GoogleSqlType, StructField } from '../sql/types';

type Row = Readonly<Record<string, unknown>>;

/**
 * A row of insertAll with its fields in the letters of the columns, inside records too: BigQuery's
 * names are the same in upper and lower case. Fields without a column stay as they are.
 */
export function namedAsColumns(row: Row, columns: readonly StructField[]): Record<string, unknown> {
  const known = new Map(columns.map((column) => [column.name.toLowerCase(), column]));
  const fields = Object.entries(row).map(([name, value]) => {
    const column = known.get(name.toLowerCase());
    return column ? ([column.name, named(value, column.type)] as const) : ([name, value] as const);
  });
  return Object.fromEntries(fields);
}

function named(value: unknown, type: GoogleSqlType): unknown {
  if (type.kind === 'ARRAY') {
    return Array.isArray(value) ? value.map((item) => named(item, type.element)) : value;
  }
  const isRecord = value !== null && typeof value === 'object' && !Array.isArray(value);
  return type.kind === 'STRUCT' && isRecord ? namedAsColumns(value as Row, type.fields) : value;
}
