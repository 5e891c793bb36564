import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/**
 * Seconds of the best SQL that we can write by hand for DuckDB and for nothing but sessions:
 * repeated events, visitors, pauses; no campaigns, no channels, no bots. No model of ours can be
 * faster than that.
 */
export async function measureLimit(
  databaseFile: string,
  projectId: string,
  memoryMegabytes: number,
): Promise<number> {
  const sql = readFileSync(join(__dirname, 'by-hand.duckdb.sql'), 'utf8');
  const instance = await DuckDBInstance.create(databaseFile, {
    memory_limit: `${memoryMegabytes}MB`,
  });
  try {
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    const start = performance.now();
    const query = sql.replace('raw.events', `"${projectId}.raw".events`);
    await connection.run(`CREATE TABLE main.sessions_by_hand AS ${query}`);
    const seconds = (performance.now() - start) / 1000;
    await connection.run('DROP TABLE main.sessions_by_hand');
    connection.closeSync();
    return seconds;
  } finally {
    instance.closeSync();
  }
}
