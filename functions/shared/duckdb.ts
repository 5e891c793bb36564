import { DuckDBInstance } from '@duckdb/node-api';

/** Settings DuckDB takes at start, by its own names. */
export type DuckDbOptions = Readonly<Record<string, string>>;

/**
 * Opens a DuckDB database whose times are UTC in every connection. DuckDB itself takes the
 * machine's time zone, and then a TIMESTAMPTZ becomes another date and hour on each machine: no
 * other place opens one.
 */
export async function openDuckDb(
  path = ':memory:',
  options: DuckDbOptions = {},
): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(path, { ...options });
  const connection = await instance.connect();
  try {
    await connection.run("SET GLOBAL TimeZone = 'UTC'");
  } finally {
    connection.closeSync();
  }
  return instance;
}
