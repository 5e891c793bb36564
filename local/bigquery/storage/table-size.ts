import type { DuckDBConnection } from '@duckdb/node-api';
import { duckTable, quoteIdentifier } from '../sql/names';
import type { GoogleSqlType } from '../sql/types';
import type { StoredTable } from './entries';
import { hasStorage } from './table-changes';

/** Rows that stand for all when the average length of texts is estimated. */
const SAMPLE_ROWS = 1000;
/** Bytes of an array or struct that is not looked into. */
const NESTED_BYTES = 32;

const FIXED_BYTES: Partial<Record<GoogleSqlType['kind'], number>> = {
  BOOL: 1,
  INT64: 8,
  FLOAT64: 8,
  NUMERIC: 16,
  DATE: 8,
  TIME: 8,
  DATETIME: 8,
  TIMESTAMP: 8,
};

/** Exact number of rows; DuckDB knows it without reading them. */
export async function countRows(connection: DuckDBConnection, entry: StoredTable): Promise<number> {
  if (!hasStorage(entry)) return 0;
  const reader = await connection.runAndReadAll(`SELECT count(*) FROM ${duckTable(entry.path)}`);
  return Number(reader.getRows()[0]?.[0] ?? 0);
}

/**
 * Logical bytes of a table as BigQuery counts them, estimated: exact for fixed-width types, by
 * the average length in a sample for texts, a flat figure for nested columns.
 */
export async function estimateBytes(
  connection: DuckDBConnection,
  entry: StoredTable,
  rowCount: number,
): Promise<number> {
  if (rowCount === 0) return 0;
  const texts = entry.columns.filter(({ type }) => ['STRING', 'BYTES', 'JSON'].includes(type.kind));
  const others = entry.columns.filter((column) => !texts.includes(column));
  const fixed = others.reduce((sum, { type }) => sum + (FIXED_BYTES[type.kind] ?? NESTED_BYTES), 0);
  return Math.round(rowCount * (fixed + (await averageTextBytes(connection, entry, texts))));
}

async function averageTextBytes(
  connection: DuckDBConnection,
  entry: StoredTable,
  columns: StoredTable['columns'],
): Promise<number> {
  if (columns.length === 0) return 0;
  const lengths = columns.map(({ name, type }) => {
    const column = quoteIdentifier(name);
    const length = type.kind === 'BYTES' ? `octet_length(${column})` : `strlen(${column}::VARCHAR)`;
    return `coalesce(avg(2 + ${length}), 0)`;
  });
  const reader = await connection.runAndReadAll(
    `SELECT ${lengths.join(' + ')} FROM (FROM ${duckTable(entry.path)} LIMIT ${SAMPLE_ROWS})`,
  );
  return Number(reader.getRows()[0]?.[0] ?? 0);
}
