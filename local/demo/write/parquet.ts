import type { DuckDBConnection } from '@duckdb/node-api';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Writes the rows of a query as a Parquet file; answers how many there were. */
export async function writeParquet(
  connection: DuckDBConnection,
  query: string,
  path: string,
): Promise<number> {
  const result = await connection.run(
    `COPY (${query}) TO ${quoted(path)} (FORMAT parquet, COMPRESSION snappy)`,
  );
  const [row] = await result.getRows();
  return Number(row?.[0] ?? 0);
}
