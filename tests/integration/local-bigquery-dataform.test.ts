import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type LocalClient, openLocalClient, PROJECT_ID } from '../support/local-client';

jest.setTimeout(300_000);

let local: LocalClient;
beforeAll(async () => {
  local = await openLocalClient();
});
afterAll(() => local?.close());

const rowsOf = (sql: string) => local.rowsOf(sql);

/** A Dataform project of its own; the CLI looks for the core package inside the project. */
function writeProject(name: string, definitions: Readonly<Record<string, string>>): string {
  const dir = join(local.folder, name);
  const core = dirname(require.resolve('@dataform/core/package.json'));
  mkdirSync(join(dir, 'node_modules/@dataform'), { recursive: true });
  cpSync(core, join(dir, 'node_modules/@dataform/core'), { recursive: true });
  mkdirSync(join(dir, 'definitions'));
  writeFileSync(join(dir, 'package.json'), '{"dependencies":{"@dataform/core":"3.0.62"}}');
  writeFileSync(
    join(dir, 'workflow_settings.yaml'),
    `defaultProject: ${PROJECT_ID}\ndefaultLocation: EU\ndefaultDataset: ${name}\ndefaultAssertionDataset: ${name}_assertions\nvars:\n  factor: '2'\n`,
  );
  for (const [file, text] of Object.entries(definitions)) {
    writeFileSync(join(dir, 'definitions', file), text);
  }
  writeFileSync(
    join(dir, 'credentials.json'),
    JSON.stringify({ projectId: PROJECT_ID, location: 'EU' }),
  );
  return dir;
}

/** Output of the real CLI; its exit code decides whether the promise holds. */
async function dataform(command: 'run' | 'test', dir: string, ...options: string[]) {
  const cli = require.resolve('@dataform/cli/bundle.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cli, command, dir, `--credentials=${join(dir, 'credentials.json')}`, ...options],
    {
      env: {
        ...process.env,
        BIGQUERY_EMULATOR_HOST: local.server.url,
        METADATA_SERVER_DETECTION: 'none',
      },
    },
  ).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`dataform ${command} failed:\n${error.stdout}\n${error.stderr}`);
  });
  return stdout;
}

const SHOP = {
  'orders.sqlx': 'config { type: "declaration", schema: "outside", name: "orders" }',
  'events.sqlx': `config { type: "operations", hasOutput: true, tags: ["daily"] }
    CREATE TABLE IF NOT EXISTS \${self()} (id STRING, n INT64, seen_at TIMESTAMP)
    ---
    INSERT INTO \${self()} VALUES ('a', 1, TIMESTAMP '2026-01-01'), ('b', 2, TIMESTAMP '2026-01-02')`,
  'runs.sqlx': `config { type: "operations", dependencies: ["events"] }
    CREATE TABLE IF NOT EXISTS shop.runs (note STRING)
    ---
    INSERT INTO shop.runs VALUES ('ran')`,
  'totals.sqlx': `config {
      type: "table",
      description: "One row per id",
      columns: {
        id: "the key",
        n: "sum of n",
        more: { description: "a record", columns: { twice: "n twice" } }
      },
      tags: ["daily"],
      dependencies: ["runs"],
      bigquery: {
        partitionBy: "day",
        clusterBy: ["id"],
        labels: { team: "x" },
        partitionExpirationDays: 30,
        additionalOptions: { friendly_name: "'Totals'" }
      },
      assertions: { uniqueKey: ["id"], nonNull: ["id", "day"], rowConditions: ["n > 0"] }
    }
    pre_operations { DECLARE factor INT64 DEFAULT \${dataform.projectConfig.vars.factor} }
    SELECT id, SUM(n) AS n, DATE(MIN(seen_at)) AS day, STRUCT(SUM(n) * factor AS twice) AS more
    FROM \${ref("events")} GROUP BY id
    post_operations { INSERT INTO shop.runs VALUES ('totals') }`,
  'doubled.sqlx': `config { type: "view", description: "One row per id, n twice", columns: { n: "twice" } }
    SELECT id, more.twice AS n FROM \${ref("totals")}`,
  'by_day.sqlx': `config {
      type: "table",
      dependencies: ["runs"],
      bigquery: { partitionBy: "day", requirePartitionFilter: true }
    }
    SELECT * FROM \${ref("outside", "orders")}`,
  'appended.sqlx': `config { type: "incremental", tags: ["daily"] }
    pre_operations { \${when(incremental(), \`DELETE FROM \${self()} WHERE id = 'b'\`)} }
    SELECT id, COUNT(*) AS c FROM \${ref("events")} AS e
    \${when(incremental(), \`WHERE NOT EXISTS (SELECT 1 FROM \${self()} AS s WHERE s.id = e.id)\`)}
    GROUP BY id`,
  'merged.sqlx': `config { type: "incremental", uniqueKey: ["id"], columns: { id: "the key" } }
    SELECT id, COUNT(*) AS c FROM \${ref("events")} GROUP BY id`,
  'merged_by_day.sqlx': `config {
      type: "incremental",
      uniqueKey: ["id"],
      bigquery: { partitionBy: "day", updatePartitionFilter: "day > DATE '2026-01-01'" }
    }
    SELECT id, COUNT(*) AS c, DATE(MIN(seen_at)) AS day FROM \${ref("events")} GROUP BY id`,
  'never_negative.sqlx': `config { type: "assertion" }
    SELECT * FROM \${ref("doubled")} WHERE n < 0`,
  'switched_off.sqlx': 'config { type: "table", disabled: true } SELECT 1 AS n',
  'totals_test.sqlx': `config { type: "test", dataset: "doubled" }
    input "totals" { SELECT 'a' AS id, STRUCT(8 AS twice) AS more }
    SELECT 'a' AS id, 8 AS n`,
};

test('every kind of action, run again, in part, anew and dry', async () => {
  const { client } = local;
  await client.query(`CREATE SCHEMA outside;
    CREATE TABLE outside.orders AS SELECT 'o' AS id, DATE '2026-01-01' AS day`);
  const dir = writeProject('shop', SHOP);

  const first = await dataform('run', dir, '--job-labels=run=first');
  expect(first.match(/Table created:/g)).toHaveLength(6);
  expect(first.match(/Assertion passed:/g)).toHaveLength(3);
  expect(first.match(/Operation completed successfully:/g)).toHaveLength(2);
  expect(await client.dataset('shop').table('switched_off').exists()).toEqual([false]);
  const [jobs] = await client.getJobs({ projection: 'full' } as object);
  const labelled = jobs.filter(({ metadata }) => metadata.configuration.labels?.run === 'first');
  expect(labelled.length).toBeGreaterThan(6);
  await describedAsWritten();
  const unfiltered = rowsOf('SELECT id FROM shop.by_day');
  await expect(unfiltered).rejects.toThrow('without a filter over column(s)');

  // Unit tests pass first; then each incremental table goes on from what it has.
  const second = await dataform('run', dir, '--run-tests');
  expect(second).toContain('totals_test');
  expect(await contents()).toEqual({
    doubled: [4, 8],
    appended: [1, 2],
    merged: [2, 2],
    // a's day is outside the filter, so the old row stays and the new one comes to it.
    merged_by_day: [1, 2, 2],
    runs: 4,
  });

  const before = await contents();
  await dataform('run', dir, '--dry-run');
  expect(await contents()).toEqual(before);

  // Two operations stand before what is tagged; the merged tables stay as they are.
  const anew = await dataform(
    'run',
    dir,
    '--full-refresh',
    '--tags=daily',
    '--include-deps',
    '--vars=factor=10',
  );
  expect(anew.match(/Operation completed successfully:/g)).toHaveLength(2);
  expect(madeTables(anew)).toEqual(['appended', 'totals']);
  expect(await contents()).toEqual({
    doubled: [30, 60],
    appended: [3, 3],
    merged: [2, 2],
    merged_by_day: [1, 2, 2],
    runs: 6,
  });

  const downstream = await dataform('run', dir, '--actions=totals', '--include-dependents');
  expect(madeTables(downstream)).toEqual(['doubled', 'totals']);
  expect(downstream).not.toContain('Operation completed');
});

/** The tables and views that a run says it made, by name. */
function madeTables(output: string): (string | undefined)[] {
  const lines = output.match(/Table created:.*/g) ?? [];
  return lines.map((line) => /shop\.(\w+)/.exec(line)?.[1]).sort();
}

/** What the first run must leave of layout, labels and descriptions. */
async function describedAsWritten(): Promise<void> {
  const dataset = local.client.dataset('shop');
  expect((await dataset.table('totals').getMetadata())[0]).toMatchObject({
    description: 'One row per id',
    friendlyName: 'Totals',
    labels: { team: 'x' },
    timePartitioning: { type: 'DAY', field: 'day', expirationMs: '2592000000' },
    clustering: { fields: ['id'] },
    schema: {
      fields: [
        { name: 'id', description: 'the key' },
        { name: 'n', description: 'sum of n' },
        { name: 'day' },
        { name: 'more', description: 'a record', fields: [{ description: 'n twice' }] },
      ],
    },
  });
  expect((await dataset.table('by_day').getMetadata())[0]).toMatchObject({
    requirePartitionFilter: true,
  });
  expect((await dataset.table('doubled').getMetadata())[0]).toMatchObject({
    type: 'VIEW',
    schema: { fields: [{ name: 'id' }, { name: 'n', description: 'twice' }] },
  });
}

/** One number of each row of each table, sorted; how often operations ran. */
async function contents(): Promise<Record<string, unknown>> {
  const [row] = await rowsOf(`SELECT
    ARRAY(SELECT n FROM shop.doubled ORDER BY n) AS doubled,
    ARRAY(SELECT c FROM shop.appended ORDER BY c) AS appended,
    ARRAY(SELECT c FROM shop.merged ORDER BY c) AS merged,
    ARRAY(SELECT c FROM shop.merged_by_day ORDER BY c) AS merged_by_day,
    (SELECT COUNT(*) FROM shop.runs) AS runs`);
  return row as Record<string, unknown>;
}

test('a failing assertion, a wrong query and what is not supported fail the run by name', async () => {
  const dir = writeProject('broken', {
    'numbers.sqlx':
      'config { type: "table", assertions: { uniqueKey: ["n"] } } SELECT 1 AS n UNION ALL SELECT 1',
    'wrong.sqlx': `config { type: "view" } SELECT nope FROM \${ref("numbers")}`,
    'after.sqlx': `config { type: "view" } SELECT * FROM \${ref("wrong")}`,
    'grows.sqlx': 'config { type: "incremental", onSchemaChange: "EXTEND" } SELECT 1 AS n',
    'right_test.sqlx': `config { type: "test", dataset: "grown" } input "numbers" { SELECT 3 AS n } SELECT 6 AS n`,
    'wrong_test.sqlx': `config { type: "test", dataset: "grown" } input "numbers" { SELECT 3 AS n } SELECT 7 AS n`,
    'grown.sqlx': `config { type: "view" } SELECT n * 2 AS n FROM \${ref("numbers")}`,
  });
  await local.client.query('CREATE SCHEMA broken; CREATE TABLE broken.grows AS SELECT 1 AS n');
  const failure = dataform('run', dir);
  await expect(failure).rejects.toThrow('Assertion failed: query returned 1 row(s).');
  await expect(failure).rejects.toThrow('Unrecognized name: nope');
  await expect(failure).rejects.toThrow(/The local BigQuery does not support .*PROCEDURE/i);
  const skipped = await failure.catch(({ message }: Error) => message);
  expect(skipped).toMatch(/Skipping.*after/);
  const tests = await dataform('test', dir).catch(({ message }: Error) => message);
  expect(tests).toMatch(/right_test.*passed|passed.*right_test/i);
  expect(tests).toMatch(/wrong_test.*failed|failed.*wrong_test/i);
  expect(tests).toContain('7');
});
