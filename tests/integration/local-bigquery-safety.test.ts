import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BigQuery } from '@google-cloud/bigquery';
import { type LocalBigQuery, startLocalBigQuery } from '@tributary/local/bigquery/server';
import { PassThroughClient } from 'google-auth-library';

jest.setTimeout(60_000);

const projectId = 'tributary-local';
const root = mkdtempSync(join(tmpdir(), 'tributary-safety-'));
const warehouseDir = join(root, 'warehouse');
/** Where queries spill. */
const temporary = join(warehouseDir, 'temporary');
const MEMORY_LIMIT_MEGABYTES = 100;
let server: LocalBigQuery;
let client: BigQuery;

beforeAll(async () => {
  server = await startLocalBigQuery({
    warehouseDir,
    defaultProject: projectId,
    memoryLimitMegabytes: MEMORY_LIMIT_MEGABYTES,
  });
  const authClient = new PassThroughClient();
  client = new BigQuery({ projectId, apiEndpoint: server.url, authClient, autoRetry: false });
});
afterAll(async () => {
  await server?.close();
  expect(readdirSync(temporary)).toEqual([]);
  rmSync(root, { recursive: true, force: true });
});

interface ApiError {
  readonly message: string;
  readonly errors: readonly { readonly reason: string }[];
}

async function errorOf(work: Promise<unknown>): Promise<ApiError> {
  const error = await work.then(
    () => undefined,
    (thrown: ApiError) => thrown,
  );
  if (!error) throw new Error('expected an error');
  return error;
}

async function rowsOf(sql: string): Promise<Record<string, unknown>[]> {
  const [rows] = await client.query(sql);
  return rows;
}

test('four readers beside a writer see whole states only', async () => {
  const size = 1000;
  await rowsOf(
    `CREATE SCHEMA busy; CREATE TABLE busy.t AS SELECT n, 0 AS version FROM UNNEST(GENERATE_ARRAY(1, ${size})) AS n`,
  );
  let isWriting = true;
  const write = async (): Promise<void> => {
    for (let version = 1; version <= 8; version++) {
      // Two statements: between them the rows are of two versions, and half of them twice.
      await rowsOf(
        `INSERT INTO busy.t SELECT n, ${version} FROM busy.t WHERE MOD(n, 2) = 0;
         DELETE FROM busy.t WHERE version < ${version} AND MOD(n, 2) = 0;
         UPDATE busy.t SET version = ${version} WHERE TRUE`,
      );
    }
    isWriting = false;
  };
  const read = async (): Promise<number> => {
    let count = 0;
    let newest = 0;
    while (isWriting) {
      const [row] = await rowsOf(
        'SELECT COUNT(*) AS n, MIN(version) AS low, MAX(version) AS high FROM busy.t',
      );
      expect(row).toEqual({ n: size, low: row?.high, high: row?.high });
      // Nobody goes back to an older state.
      expect(Number(row?.high)).toBeGreaterThanOrEqual(newest);
      newest = Number(row?.high);
      count += 1;
    }
    return count;
  };
  const [, ...counts] = await Promise.all([write(), read(), read(), read(), read()]);
  for (const count of counts) expect(count).toBeGreaterThan(0);
});

test('a query that needs more memory than allowed spills to disk', async () => {
  // To be sorted, 500,000 rows of 260 bytes must be held at once: beyond the limit of 100 MB.
  const rows = 500_000;
  const [row] = await rowsOf(
    `WITH made AS (
       SELECT a * 1000 + b AS n, REPEAT(TO_HEX(MD5(CAST(a * 1000 + b AS STRING))), 8) AS v
       FROM UNNEST(GENERATE_ARRAY(0, ${rows / 1000 - 1})) AS a, UNNEST(GENERATE_ARRAY(0, 999)) AS b
     ),
     sorted AS (SELECT v, ROW_NUMBER() OVER (ORDER BY v, n) AS place FROM made)
     SELECT COUNT(*) AS n, SUM(BYTE_LENGTH(v)) AS bytes, MAX(place) AS last,
       MIN(v) = MAX(IF(place = 1, v, NULL)) AND MAX(v) = MAX(IF(place = ${rows}, v, NULL)) AS is_sorted
     FROM sorted`,
  );
  expect(row).toEqual({ n: rows, bytes: rows * 256, last: rows, is_sorted: true });
  expect(rows * 256).toBeGreaterThan(MEMORY_LIMIT_MEGABYTES * 1e6);
});

test('a query that cannot do with its memory fails by name, and the next one works', async () => {
  const error = await errorOf(
    rowsOf(
      `SELECT LENGTH(STRING_AGG(v, '')) AS n
       FROM (SELECT REPEAT('x', 1000000) AS v FROM UNNEST(GENERATE_ARRAY(1, 1000)))`,
    ),
  );
  expect(error.message).toContain('Resources exceeded during query execution');
  expect(await rowsOf('SELECT 1 AS a')).toEqual([{ a: 1 }]);
});

describe('cancelling', () => {
  /** Some 10^12 pairs: nobody waits for its end. */
  const ENDLESS = `SELECT COUNTIF(MOD(a * b, 7) = 3) AS c
    FROM UNNEST(GENERATE_ARRAY(1, 1000000)) AS a, UNNEST(GENERATE_ARRAY(1, 1000000)) AS b`;

  test('stops a running query, a script between two statements, and a job in the line', async () => {
    await rowsOf('CREATE SCHEMA IF NOT EXISTS stopped');
    const sqls = [
      ENDLESS,
      `CREATE TABLE stopped.a AS SELECT 1 AS x; CREATE TABLE stopped.b AS ${ENDLESS}`,
      'CREATE TABLE stopped.c AS SELECT 1 AS x',
    ];
    const jobs = [];
    for (const query of sqls) jobs.push((await client.createQueryJob({ query }))[0]);
    for (const job of jobs) await job.cancel();
    for (const job of jobs) {
      expect((await errorOf(job.getQueryResults())).errors[0]?.reason).toBe('stopped');
    }
    const [tables] = await client.dataset('stopped').getTables();
    expect(tables).toEqual([]);
  });

  test('a finished job stays as it is', async () => {
    const [job] = await client.createQueryJob('SELECT 1 AS a');
    await job.getQueryResults();
    await job.cancel();
    const [{ status }] = await job.getMetadata();
    expect(status).toEqual({ state: 'DONE' });
  });
});

describe('no statement reaches files or the network', () => {
  const secret = join(root, 'secret.csv');
  beforeAll(() => writeFileSync(secret, 'a\nsecret\n'));

  test.each([
    ['COPY', (file: string) => `COPY (SELECT 1) TO '${file}.out'`],
    ['ATTACH', (file: string) => `ATTACH '${file}.db' AS other`],
    ['INSTALL', () => 'INSTALL httpfs'],
    ['LOAD', () => `LOAD 'httpfs'`],
    ['PRAGMA', () => 'PRAGMA database_list'],
    ['SET of DuckDB', () => `SET enable_external_access = true`],
    ['CALL', () => `CALL pragma_version()`],
    ['read_csv', (file: string) => `SELECT * FROM read_csv('${file}')`],
    ['read_text', (file: string) => `SELECT read_text('${file}')`],
    ['glob', () => `SELECT * FROM glob('/etc/*')`],
    ['a file as a table', (file: string) => `SELECT * FROM '${file}'`],
    ['a file in backticks', (file: string) => `SELECT * FROM \`${file}\``],
    ['a URL in backticks', () => 'SELECT * FROM `http://127.0.0.1:1/x.csv`'],
    ['getenv', () => `SELECT getenv('HOME')`],
    ['duckdb_secrets', () => 'SELECT * FROM duckdb_secrets()'],
    ['the catalog of DuckDB', () => 'SELECT * FROM `duckdb_tables`'],
    ['our own catalog', () => 'SELECT * FROM _catalog.datasets'],
    ['EXTERNAL_QUERY', () => `SELECT * FROM EXTERNAL_QUERY('x', 'SELECT 1')`],
    [
      'CREATE EXTERNAL TABLE',
      (file: string) =>
        `CREATE EXTERNAL TABLE x.y OPTIONS (format = 'CSV', uris = ['file://${file}'])`,
    ],
    [
      'LOAD DATA',
      (file: string) => `LOAD DATA INTO x.y FROM FILES (format = 'CSV', uris = ['file://${file}'])`,
    ],
    [
      'EXPORT DATA to a file',
      (file: string) =>
        `EXPORT DATA OPTIONS (uri = 'file://${file}', format = 'CSV') AS SELECT 1 AS a`,
    ],
    [
      'EXPORT DATA out of the folder',
      () => `EXPORT DATA OPTIONS (uri = 'gs://b/../../../x.csv', format = 'CSV') AS SELECT 1 AS a`,
    ],
  ])('%s', async (_, sql) => {
    const before = readdirSync(root);
    const error = await errorOf(rowsOf(sql(secret)));
    expect(error.errors[0]?.reason).toMatch(/^(invalidQuery|notFound|invalid)$/);
    expect(error.message).not.toContain('please report it');
    expect(readdirSync(root)).toEqual(before);
  });

  test('texts that look like SQL stay texts', async () => {
    const texts = [
      `'); DROP TABLE x; --`,
      `" || read_text('${secret}') || "`,
      '`',
      '\\',
      '\u0000',
      '$$',
    ];
    for (const text of texts) {
      const [rows] = await client.query({ query: 'SELECT @text AS text', params: { text } });
      expect(rows).toEqual([{ text }]);
      const literal = JSON.stringify(text).replace('\\u0000', '\\000');
      const name = text.replace(/[^\w' ]/g, '_');
      expect(await rowsOf(`SELECT text AS \`${name}\` FROM (SELECT ${literal} AS text)`)).toEqual([
        { [name]: text },
      ]);
    }
  });

  test('a link in the exports folder does not lead a load out of it', async () => {
    const bucket = join(warehouseDir, 'exports', 'bucket');
    mkdirSync(bucket, { recursive: true });
    symlinkSync(secret, join(bucket, 'link.csv'));
    for (const uri of ['gs://bucket/link.csv', 'gs://bucket/*.csv']) {
      const load = client.createJob({
        configuration: {
          load: {
            sourceUris: [uri],
            sourceFormat: 'CSV',
            schema: { fields: [{ name: 'a', type: 'STRING' }] },
            destinationTable: { projectId, datasetId: 'busy', tableId: 'stolen' },
          },
        },
      });
      const error = await errorOf(load);
      expect(error.message).toContain(`Cannot read ${uri}`);
    }
  });
});
