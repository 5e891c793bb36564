import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDb } from '@tributary/functions/shared/duckdb';

const root = join(__dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'time-zones-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Two summer nights, one of them the night in which Berlin's clocks go back. */
async function writeJourneys(path: string): Promise<void> {
  const instance = await openDuckDb();
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT * FROM (VALUES
      ('c1', 's1', TIMESTAMPTZ '2025-10-25 22:30:00+00', 'Search', 1, 0),
      ('c1', 's2', TIMESTAMPTZ '2025-10-26 00:30:00+00', 'Social', 1, 1),
      ('c1', 's3', TIMESTAMPTZ '2025-10-26 01:30:00+00', 'Direct', 1, 1)
    ) AS t(conversion_id, session_id, timestamp, channel_label, holder_engagement, closer_engagement)) TO '${path}'`,
  );
  connection.closeSync();
  instance.closeSync();
}

function sourcesOf(workspace: string): string[] {
  return readdirSync(join(root, workspace), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/(^|\/)(dist|node_modules)\//.test(path))
    .map((path) => join(workspace, path));
}

describe('openDuckDb', () => {
  it('is UTC in every connection, whatever zone the machine is in', () => {
    const answer = inZone(
      'America/New_York',
      `const { openDuckDb } = require('./functions/dist/shared/duckdb');
      openDuckDb().then(async (instance) => {
        await instance.connect();
        const second = await instance.connect();
        const read = await second.runAndReadAll("SELECT CAST(TIMESTAMPTZ '2026-07-01 00:00:00+00' AS VARCHAR)");
        console.log(read.getRows()[0][0]);
      });`,
    );
    expect(answer).toBe('2026-07-01 00:00:00+00\n');
  });

  it('is the only place that opens a DuckDB database', () => {
    const others = [...sourcesOf('functions'), ...sourcesOf('local')].filter((path) =>
      readFileSync(join(root, path), 'utf8').includes('DuckDBInstance.create'),
    );
    expect(others).toEqual([join('functions', 'shared', 'duckdb.ts')]);
  });

  it('lets journeys be scored alike in all time zones, the hour that comes twice included', async () => {
    const path = join(folder, 'journeys.parquet');
    await writeJourneys(path);
    const script = `require('./functions/dist/attribution/files/journeys-file')
      .readJourneyFile(${JSON.stringify(path)}, { missing: 'refuse' })
      .then(({ columns }) => console.log(Array.from(columns.time, (time) => new Date(time / 1000).toISOString()).join(' ')));`;
    const expected = '2025-10-25T22:30:00.000Z 2025-10-26T00:30:00.000Z 2025-10-26T01:30:00.000Z\n';
    expect([inZone('UTC', script), inZone('Europe/Berlin', script)]).toEqual([expected, expected]);
  });
});

function inZone(zone: string, script: string): string {
  const env = { ...process.env, TZ: zone };
  return execFileSync(process.execPath, ['-e', script], { cwd: root, env, encoding: 'utf8' });
}
