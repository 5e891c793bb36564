import { DuckDBInstance } from '@duckdb/node-api';
import { type Seconds, secondsOf } from './processes';

/** What reading the file and grouping its path strings costs alone, in DuckDB on all cores. */
export async function secondsOfGroupBy(file: string, runs: number): Promise<Seconds> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return await secondsOf(runs, () =>
      connection.run(
        `SELECT path, SUM(total_conversions), SUM(total_null) FROM read_csv('${file}') GROUP BY path`,
      ),
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
