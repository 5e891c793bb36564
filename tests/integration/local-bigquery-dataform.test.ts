import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { BigQuery } from '@google-cloud/bigquery';
import { type LocalBigQuery, startLocalBigQuery } from '@tributary/local/bigquery/server';
import { PassThroughClient } from 'google-auth-library';

jest.setTimeout(180_000);

const projectId = 'tributary-local';
let folder: string;
let server: LocalBigQuery;
let client: BigQuery;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-dataform-'));
  server = await startLocalBigQuery({
    warehouseDir: join(folder, 'warehouse'),
    defaultProject: projectId,
  });
  const authClient = new PassThroughClient();
  client = new BigQuery({ projectId, apiEndpoint: server.url, authClient });
});
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A Dataform project of its own; the CLI looks for the core package inside the project. */
function writeProject(name: string, definitions: Readonly<Record<string, string>>): string {
  const dir = join(folder, name);
  const core = dirname(require.resolve('@dataform/core/package.json'));
  mkdirSync(join(dir, 'node_modules/@dataform'), { recursive: true });
  cpSync(core, join(dir, 'node_modules/@dataform/core'), { recursive: true });
  mkdirSync(join(dir, 'definitions'));
  writeFileSync(join(dir, 'package.json'), '{"dependencies":{"@dataform/core":"3.0.62"}}');
  writeFileSync(
    join(dir, 'workflow_settings.yaml'),
    `defaultProject: ${projectId}\ndefaultLocation: EU\ndefaultDataset: ${name}\ndefaultAssertionDataset: ${name}_assertions\n`,
  );
  for (const [file, text] of Object.entries(definitions)) {
    writeFileSync(join(dir, 'definitions', file), text);
  }
  writeFileSync(join(dir, 'credentials.json'), JSON.stringify({ projectId, location: 'EU' }));
  return dir;
}

/** Output of the real CLI; its exit code decides whether the promise holds. */
async function dataformRun(dir: string, ...options: string[]): Promise<string> {
  const cli = require.resolve('@dataform/cli/bundle.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cli, 'run', dir, `--credentials=${join(dir, 'credentials.json')}`, ...options],
    {
      env: {
        ...process.env,
        BIGQUERY_EMULATOR_HOST: server.url,
        METADATA_SERVER_DETECTION: 'none',
      },
    },
  ).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`dataform run failed:\n${error.stdout}\n${error.stderr}`);
  });
  return stdout;
}

async function rowsOf(sql: string): Promise<unknown[]> {
  const [rows] = await client.query(sql);
  return JSON.parse(JSON.stringify(rows));
}

test('tables, views, incremental tables, operations and assertions, run twice', async () => {
  const dir = writeProject('shop', {
    'events.sqlx': `config { type: "operations", hasOutput: true }
      CREATE TABLE IF NOT EXISTS \${self()} (id STRING, n INT64, seen_at TIMESTAMP)
      ---
      INSERT INTO \${self()} VALUES ('a', 1, TIMESTAMP '2026-01-01'), ('b', 2, TIMESTAMP '2026-01-02')`,
    'totals.sqlx': `config {
        type: "table",
        description: "One row per id",
        columns: { id: "the key", n: "sum of n" },
        bigquery: { partitionBy: "day", clusterBy: ["id"], labels: { team: "x" } },
        assertions: { uniqueKey: ["id"], nonNull: ["id", "day"] }
      }
      SELECT id, SUM(n) AS n, DATE(MIN(seen_at)) AS day FROM \${ref("events")} GROUP BY id`,
    'doubled.sqlx': `config { type: "view", description: "One row per id, n twice" }
      SELECT id, n * 2 AS n FROM \${ref("totals")}`,
    'appended.sqlx': `config { type: "incremental" }
      pre_operations { \${when(incremental(), \`DELETE FROM \${self()} WHERE id = 'b'\`)} }
      SELECT id, COUNT(*) AS c FROM \${ref("events")} AS e
      \${when(incremental(), \`WHERE NOT EXISTS (SELECT 1 FROM \${self()} AS s WHERE s.id = e.id)\`)}
      GROUP BY id`,
    'merged.sqlx': `config { type: "incremental", uniqueKey: ["id"], columns: { id: "the key" } }
      SELECT id, COUNT(*) AS c FROM \${ref("events")} GROUP BY id`,
    'never_negative.sqlx': `config { type: "assertion" }
      SELECT * FROM \${ref("doubled")} WHERE n < 0`,
  });
  for (const run of [1, 2]) {
    const output = await dataformRun(dir);
    expect(output.match(/Table created:/g)).toHaveLength(4);
    expect(output.match(/Assertion passed:/g)).toHaveLength(3);
    expect(await rowsOf('SELECT * FROM shop.doubled ORDER BY id')).toEqual([
      { id: 'a', n: 2 * run },
      { id: 'b', n: 4 * run },
    ]);
    // Only b is deleted before the second run, so only b is counted anew.
    expect(await rowsOf('SELECT * FROM shop.appended ORDER BY id')).toEqual([
      { id: 'a', c: 1 },
      { id: 'b', c: run },
    ]);
    expect(await rowsOf('SELECT * FROM shop.merged ORDER BY id')).toEqual([
      { id: 'a', c: run },
      { id: 'b', c: run },
    ]);
  }
  const [metadata] = await client.dataset('shop').table('totals').getMetadata();
  expect(metadata).toMatchObject({
    description: 'One row per id',
    labels: { team: 'x' },
    timePartitioning: { type: 'DAY', field: 'day' },
    clustering: { fields: ['id'] },
    schema: {
      fields: [
        { name: 'id', description: 'the key' },
        { name: 'n', description: 'sum of n' },
        { name: 'day' },
      ],
    },
  });
});

test('a failing assertion and a wrong query fail the run by name', async () => {
  const dir = writeProject('broken', {
    'numbers.sqlx':
      'config { type: "table", assertions: { uniqueKey: ["n"] } } SELECT 1 AS n UNION ALL SELECT 1',
    'wrong.sqlx': `config { type: "view" } SELECT nope FROM \${ref("numbers")}`,
  });
  const failure = dataformRun(dir);
  await expect(failure).rejects.toThrow('Assertion failed: query returned 1 row(s).');
  await expect(failure).rejects.toThrow('Unrecognized name: nope');
});
