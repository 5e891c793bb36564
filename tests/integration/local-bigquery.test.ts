import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BigQuery } from '@google-cloud/bigquery';
import { type LocalBigQuery, startLocalBigQuery } from '@tributary/local/bigquery/server';
import { PassThroughClient } from 'google-auth-library';

jest.setTimeout(60_000);

const projectId = 'tributary-local';
let folder: string;
let server: LocalBigQuery;
let client: BigQuery;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-rest-'));
  server = await startLocalBigQuery({
    warehouseDir: join(folder, 'warehouse'),
    defaultProject: projectId,
  });
  // Without an auth client of its own the library looks for credentials before every upload.
  client = new BigQuery({
    projectId,
    apiEndpoint: server.url,
    authClient: new PassThroughClient(),
    autoRetry: false,
  });
});

afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A dataset of its own for each test, because they run in any order. */
let datasetCount = 0;
async function newDataset(): Promise<string> {
  datasetCount += 1;
  const id = `d${datasetCount}`;
  await client.createDataset(id, { location: 'EU' });
  return id;
}

async function rowsOf(query: string, options: object = {}): Promise<Record<string, unknown>[]> {
  const [rows] = await client.query({ query, ...options });
  return JSON.parse(JSON.stringify(rows));
}

async function errorOf(
  work: Promise<unknown>,
): Promise<{ code: number; message: string; errors: { reason: string; message: string }[] }> {
  return work.then(
    () => {
      throw new Error('expected an error');
    },
    (error) => error,
  );
}

describe('queries', () => {
  test('every type comes back as the client knows it', async () => {
    const [row] = await rowsOf(`SELECT
      1 AS i, 1.5 AS f, NUMERIC '12.50' AS n, TRUE AS b, 'x' AS s, b'abc' AS by_,
      DATE '2026-01-02' AS d, TIME '01:02:03' AS t, DATETIME '2026-01-02 03:04:05' AS dt,
      TIMESTAMP '2026-01-01 00:00:00.123456' AS ts, JSON '{"a":1}' AS j,
      [1, 2] AS a, STRUCT(1 AS x, ['y'] AS y) AS st, CAST(NULL AS STRING) AS nothing,
      CAST(NULL AS ARRAY<INT64>) AS no_items`);
    expect(row).toEqual({
      i: 1,
      f: 1.5,
      n: '12.5',
      b: true,
      s: 'x',
      by_: { type: 'Buffer', data: [97, 98, 99] },
      d: { value: '2026-01-02' },
      t: { value: '01:02:03' },
      dt: { value: '2026-01-02T03:04:05' },
      ts: { value: '2026-01-01T00:00:00.123456000Z' },
      j: '{"a":1}',
      a: [1, 2],
      st: { x: 1, y: ['y'] },
      nothing: null,
      no_items: [],
    });
  });

  test('named, positional, array and struct parameters', async () => {
    const params = { n: 1, s: "it's", list: [1, 2], st: { x: 1, y: 'z' } };
    expect(await rowsOf('SELECT @n AS n, @s AS s, @list AS list, @st AS st', { params })).toEqual([
      params,
    ]);
    expect(
      await rowsOf('SELECT ? AS a, ? AS b', { params: [1.5, client.date('2026-01-01')] }),
    ).toEqual([{ a: 1.5, b: { value: '2026-01-01' } }]);
    expect(
      await rowsOf('SELECT @x IS NULL AS is_null', { params: { x: null }, types: { x: 'STRING' } }),
    ).toEqual([{ is_null: true }]);
  });

  test('pages of any size give all rows in order', async () => {
    const dataset = await newDataset();
    await client.query(`CREATE TABLE ${dataset}.t AS SELECT 0 AS n`);
    for (let rows = 1; rows < 64; rows *= 2) {
      await client.query(`INSERT INTO ${dataset}.t SELECT n + ${rows} FROM ${dataset}.t`);
    }
    const [job] = await client.createQueryJob(`SELECT n FROM ${dataset}.t ORDER BY n`);
    const seen: number[] = [];
    let options: object | null = { maxResults: 10, autoPaginate: false };
    while (options) {
      const [rows, next] = (await job.getQueryResults(options)) as unknown as [
        { n: number }[],
        object | null,
      ];
      expect(rows.length).toBeLessThanOrEqual(10);
      seen.push(...rows.map(({ n }) => n));
      options = next;
    }
    expect(seen).toEqual(Array.from({ length: 64 }, (_, index) => index));
    const [tail] = await job.getQueryResults({ startIndex: '60' });
    expect(tail).toEqual([{ n: 60 }, { n: 61 }, { n: 62 }, { n: 63 }]);
  });

  test('a big result is paged from a temporary table', async () => {
    const dataset = await newDataset();
    await client.query(`CREATE TABLE ${dataset}.t AS SELECT 0 AS n, 'some text' AS s`);
    for (let rows = 1; rows < 131_072; rows *= 2) {
      await client.query(`INSERT INTO ${dataset}.t SELECT n + ${rows}, s FROM ${dataset}.t`);
    }
    let sum = 0;
    let count = 0;
    for await (const { n } of client.createQueryStream(`SELECT n, s FROM ${dataset}.t`)) {
      sum += n;
      count += 1;
    }
    expect(count).toBe(131_072);
    expect(sum).toBe((131_072 * 131_071) / 2);
  });

  test('a dry run analyzes and estimates, and changes nothing', async () => {
    const dataset = await newDataset();
    await client.query(`CREATE TABLE ${dataset}.t AS SELECT 1 AS n, DATE '2026-01-01' AS d`);
    const [job] = await client.createQueryJob({
      query: `SELECT n FROM ${dataset}.t`,
      dryRun: true,
    });
    const { query, totalBytesProcessed } = job.metadata.statistics;
    expect(query.statementType).toBe('SELECT');
    expect(query.schema.fields).toEqual([{ name: 'n', type: 'INTEGER', mode: 'NULLABLE' }]);
    expect(Number(totalBytesProcessed)).toBe(16);
    const script = `CREATE TABLE ${dataset}.u AS SELECT 1 AS a; SELECT a FROM ${dataset}.u`;
    await client.createQueryJob({ query: script, dryRun: true });
    expect(await client.dataset(dataset).table('u').exists()).toEqual([false]);
    const error = await errorOf(client.createQueryJob({ query: 'SELECT nope', dryRun: true }));
    expect(error.errors[0]).toMatchObject({ reason: 'invalidQuery' });
  });

  test('scripts with variables, temporary tables and DML', async () => {
    const dataset = await newDataset();
    const rows = await rowsOf(`
      DECLARE factor INT64 DEFAULT 3;
      CREATE TEMP TABLE numbers AS SELECT 1 AS n UNION ALL SELECT 2;
      CREATE TABLE ${dataset}.t AS SELECT n * factor AS n FROM numbers;
      SET factor = (SELECT MAX(n) FROM ${dataset}.t);
      SELECT n, factor FROM ${dataset}.t ORDER BY n;`);
    expect(rows).toEqual([
      { n: 3, factor: 6 },
      { n: 6, factor: 6 },
    ]);
    const [job] = await client.createQueryJob(`UPDATE ${dataset}.t SET n = 0 WHERE n = 3`);
    await job.getQueryResults();
    const [metadata] = await job.getMetadata();
    expect(metadata.statistics.query).toMatchObject({
      statementType: 'UPDATE',
      numDmlAffectedRows: '1',
    });
  });
});

describe('errors', () => {
  test.each([
    ['SELECT nope', 400, 'invalidQuery'],
    ['SELECT 1 FROM nowhere.t', 404, 'notFound'],
    ['SELECT 1 / 0', 400, 'invalidQuery'],
    ['SELECT ((', 400, 'invalidQuery'],
  ])('%s', async (query, code, reason) => {
    const error = await errorOf(client.query(query));
    expect(error.code).toBe(code);
    expect(error.errors[0]?.reason).toBe(reason);
  });

  test('the place of an error is its place in the script', async () => {
    const error = await errorOf(client.query('SELECT 1;\nSELECT\n  nope'));
    expect(error.message).toContain('[3:3]');
  });

  test('a job whose second statement fails leaves nothing behind', async () => {
    const dataset = await newDataset();
    await errorOf(
      client.query(`
        CREATE SCHEMA half_made;
        CREATE TABLE ${dataset}.half AS SELECT 1 AS a;
        INSERT INTO ${dataset}.half VALUES (2);
        SELECT 1 / 0`),
    );
    expect(await client.dataset(dataset).table('half').exists()).toEqual([false]);
    expect(await client.dataset('half_made').exists()).toEqual([false]);
  });

  test('a replaced table survives a failing script', async () => {
    const dataset = await newDataset();
    await client.query(`CREATE TABLE ${dataset}.t AS SELECT 1 AS a`);
    await errorOf(
      client.query(`CREATE OR REPLACE TABLE ${dataset}.t AS SELECT 'x' AS b; SELECT 1 / 0`),
    );
    expect(await rowsOf(`SELECT * FROM ${dataset}.t`)).toEqual([{ a: 1 }]);
  });

  test('CREATE TABLE of an existing table is a duplicate', async () => {
    const dataset = await newDataset();
    await client.query(`CREATE TABLE ${dataset}.t AS SELECT 1 AS a`);
    const error = await errorOf(client.query(`CREATE TABLE ${dataset}.t AS SELECT 1 AS a`));
    expect(error).toMatchObject({ code: 409, errors: [{ reason: 'duplicate' }] });
  });

  test('web pages and other host names are refused', async () => {
    const path = `/bigquery/v2/projects/${projectId}/datasets`;
    const fromPage = await fetch(server.url + path, { headers: { origin: 'http://evil.test' } });
    expect(fromPage.status).toBe(400);
    const unknown = await fetch(`${server.url}/bigquery/v2/projects/p/routines`);
    expect(unknown.status).toBe(501);
  });
});

describe('datasets and tables', () => {
  test('create, list, get, patch and delete', async () => {
    const id = await newDataset();
    const dataset = client.dataset(id);
    expect(await errorOf(client.createDataset(id))).toMatchObject({ code: 409 });
    await dataset.setMetadata({ description: 'about it', labels: { team: 'x' } });
    const [metadata] = await dataset.getMetadata();
    expect(metadata).toMatchObject({
      location: 'EU',
      description: 'about it',
      labels: { team: 'x' },
    });
    await dataset.createTable('t', { schema: 'a:string' });
    expect((await dataset.getTables())[0].map((table) => table.id)).toEqual(['t']);
    expect(await errorOf(dataset.delete())).toMatchObject({ code: 400 });
    await dataset.delete({ force: true });
    expect(await dataset.exists()).toEqual([false]);
  });

  test('a table keeps its schema, descriptions, partitioning and clustering', async () => {
    const dataset = client.dataset(await newDataset());
    const fields = [
      { name: 'id', type: 'STRING', mode: 'REQUIRED', description: 'the key' },
      { name: 'at', type: 'TIMESTAMP', mode: 'NULLABLE' },
      {
        name: 'items',
        type: 'RECORD',
        mode: 'REPEATED',
        fields: [{ name: 'sku', type: 'STRING', mode: 'NULLABLE', description: 'stock unit' }],
      },
    ];
    await dataset.createTable('t', {
      schema: { fields },
      timePartitioning: { type: 'DAY', field: 'at' },
      clustering: { fields: ['id'] },
      description: 'one row per id',
    });
    const [metadata] = await dataset.table('t').getMetadata();
    expect(metadata).toMatchObject({
      type: 'TABLE',
      numRows: '0',
      description: 'one row per id',
      timePartitioning: { type: 'DAY', field: 'at' },
      clustering: { fields: ['id'] },
      schema: { fields },
    });
    const error = await errorOf(
      client.query(`INSERT INTO ${dataset.id}.t (at) VALUES (CURRENT_TIMESTAMP())`),
    );
    expect(error.code).toBe(400);
    await dataset.table('t').setMetadata({
      schema: { fields: [...fields, { name: 'extra', type: 'INTEGER' }] },
    });
    await client.query(`INSERT INTO ${dataset.id}.t (id, extra) VALUES ('a', 7)`);
    expect((await dataset.table('t').getRows())[0]).toEqual([
      { id: 'a', at: null, items: [], extra: 7 },
    ]);
    const gone = dataset.table('t').setMetadata({ schema: { fields: fields.slice(0, 1) } });
    expect((await errorOf(gone)).message).toContain('at is missing in new schema');
  });

  test('views are analyzed when they are made, and expanded where they are read', async () => {
    const dataset = client.dataset(await newDataset());
    await client.query(`CREATE TABLE ${dataset.id}.t AS SELECT 1 AS a`);
    await dataset.createTable('v', { view: `SELECT a + 1 AS b FROM ${dataset.id}.t` });
    expect(await rowsOf(`SELECT * FROM ${dataset.id}.v`)).toEqual([{ b: 2 }]);
    const [metadata] = await dataset.table('v').getMetadata();
    expect(metadata).toMatchObject({ type: 'VIEW', schema: { fields: [{ name: 'b' }] } });
    const bad = dataset.createTable('w', { view: `SELECT nope FROM ${dataset.id}.t` });
    expect((await errorOf(bad)).message).toContain('nope');
    const drop = client.query(`DROP TABLE ${dataset.id}.v`);
    expect((await errorOf(drop)).message).toContain('write DROP VIEW');
  });
});

/** A load job from URIs; the client's own types know only files and Cloud Storage objects. */
async function loadByUri(
  uri: string,
  load: object,
): Promise<{ status: { state: string; errorResult?: { message: string } } }> {
  const response = await fetch(`${server.url}/bigquery/v2/projects/${projectId}/jobs`, {
    method: 'POST',
    body: JSON.stringify({ configuration: { load: { sourceUris: [uri], ...load } } }),
  });
  return (await response.json()) as Awaited<ReturnType<typeof loadByUri>>;
}

describe('load jobs', () => {
  const schema = {
    fields: [
      { name: 'id', type: 'STRING', mode: 'REQUIRED' },
      { name: 'n', type: 'INTEGER' },
      { name: 'amount', type: 'NUMERIC' },
      { name: 'at', type: 'TIMESTAMP' },
      { name: 'data', type: 'JSON' },
      { name: 'items', type: 'RECORD', mode: 'REPEATED', fields: [{ name: 'q', type: 'INTEGER' }] },
    ],
  };
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  test('NDJSON: appended, truncated, refused when not empty', async () => {
    const table = client.dataset(await newDataset()).table('t');
    const lines = file(
      'rows.ndjson',
      `{"id":"a","n":"1","amount":"0.123456789","at":"2026-01-01 00:00:00 UTC","data":{"k":[1]},"items":[{"q":2}]}
{"id":"b","n":2,"at":1767225600.5}\n`,
    );
    const options = { sourceFormat: 'NEWLINE_DELIMITED_JSON', schema };
    await table.load(lines, options);
    expect(JSON.parse(JSON.stringify((await table.getRows())[0]))).toEqual([
      {
        id: 'a',
        n: 1,
        amount: '0.123456789',
        at: { value: '2026-01-01T00:00:00.000Z' },
        data: '{"k":[1]}',
        items: [{ q: 2 }],
      },
      {
        id: 'b',
        n: 2,
        amount: null,
        at: { value: '2026-01-01T00:00:00.500Z' },
        data: null,
        items: [],
      },
    ]);
    await table.load(lines, { sourceFormat: 'NEWLINE_DELIMITED_JSON' });
    expect((await table.getMetadata())[0].numRows).toBe('4');
    await table.load(lines, { ...options, writeDisposition: 'WRITE_TRUNCATE' });
    expect((await table.getMetadata())[0].numRows).toBe('2');
    const full = table.load(lines, { ...options, writeDisposition: 'WRITE_EMPTY' });
    expect((await errorOf(full)).errors[0]?.reason).toBe('duplicate');
  });

  test('the same job id loads once', async () => {
    const table = client.dataset(await newDataset()).table('t');
    const lines = file('once.ndjson', '{"id":"a"}\n');
    const options = { sourceFormat: 'NEWLINE_DELIMITED_JSON', schema, jobId: 'load_once' };
    await table.load(lines, options);
    expect(await errorOf(table.load(lines, options))).toMatchObject({ code: 409 });
    expect((await table.getMetadata())[0].numRows).toBe('1');
  });

  test.each([
    [
      'a value that is none',
      '{"id":"a"}\n{"id":"b","n":"many"}\n',
      "row 2: could not read 'many' as INT64 for field n",
    ],
    ['a missing required field', '{"id":"a"}\n{"n":1}\n', 'row 2: required field id is missing'],
    ['an unknown field', '{"id":"a","colour":"red"}\n', 'No such field: colour'],
    ['an unknown nested field', '{"id":"a","items":[{"p":1}]}\n', 'No such field: items.p'],
    ['a broken line', '{"id":"a"}\n{"id":\n', 'in line 3'],
  ])('%s: nothing is loaded', async (name, text, message) => {
    const table = client.dataset(await newDataset()).table('t');
    await table.create({ schema });
    const path = file(`${name.replaceAll(' ', '-')}.ndjson`, text);
    const error = await errorOf(table.load(path, { sourceFormat: 'NEWLINE_DELIMITED_JSON' }));
    expect(error.message).toContain(message);
    expect((await table.getMetadata())[0].numRows).toBe('0');
  });

  test('CSV by position, with quotes, NULLs and a header to skip', async () => {
    const table = client.dataset(await newDataset()).table('t');
    const path = file('rows.csv', 'id,n,day\n"a ""b"", c",1,2026-01-01\n"",,\n');
    await table.load(path, {
      sourceFormat: 'CSV',
      skipLeadingRows: 1,
      schema: {
        fields: [
          { name: 'id', type: 'STRING' },
          { name: 'n', type: 'INTEGER' },
          { name: 'day', type: 'DATE' },
        ],
      },
    });
    expect(JSON.parse(JSON.stringify((await table.getRows())[0]))).toEqual([
      { id: 'a "b", c', n: 1, day: { value: '2026-01-01' } },
      { id: '', n: null, day: null },
    ]);
  });

  test('EXPORT DATA as Parquet, loaded back with all types', async () => {
    const dataset = client.dataset(await newDataset());
    await client.query(`CREATE TABLE ${dataset.id}.t AS SELECT
      'a' AS s, 1 AS i, 1.5 AS f, NUMERIC '1.5' AS n, TIMESTAMP '2026-01-01' AS ts,
      DATE '2026-01-01' AS d, [STRUCT(1 AS q)] AS items`);
    const uri = `gs://bucket/${dataset.id}/part-*.parquet`;
    const exported = `EXPORT DATA OPTIONS (uri = '${uri}', format = 'PARQUET')
      AS SELECT * FROM ${dataset.id}.t`;
    await client.query(exported);
    expect((await errorOf(client.query(exported))).message).toContain('is not empty');
    const job = await loadByUri(uri, {
      sourceFormat: 'PARQUET',
      destinationTable: { projectId, datasetId: dataset.id, tableId: 'back' },
    });
    expect(job.status).toEqual({ state: 'DONE' });
    const rows = await rowsOf(`SELECT * FROM ${dataset.id}.t`);
    expect(await rowsOf(`SELECT * FROM ${dataset.id}.back`)).toEqual(rows);
  });

  test('files outside the warehouse cannot be loaded by URI', async () => {
    const dataset = await newDataset();
    for (const uri of ['file:///etc/passwd', 'gs://../../etc/passwd', '/etc/passwd']) {
      const { status } = await loadByUri(uri, {
        schema: { fields: [{ name: 'line', type: 'STRING' }] },
        destinationTable: { projectId, datasetId: dataset, tableId: 't' },
      });
      expect(status.errorResult?.message).toContain(`Cannot read ${uri}`);
    }
  });

  test('a resumable upload in pieces', async () => {
    const dataset = await newDataset();
    const url = `${server.url}/upload/bigquery/v2/projects/${projectId}/jobs?uploadType=resumable`;
    const load = {
      destinationTable: { projectId, datasetId: dataset, tableId: 't' },
      sourceFormat: 'NEWLINE_DELIMITED_JSON',
      schema: { fields: [{ name: 'a', type: 'INTEGER' }] },
    };
    const start = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ configuration: { load } }),
    });
    const location = start.headers.get('location') ?? '';
    const text = '{"a":1}\n{"a":2}\n';
    const first = await fetch(location, {
      method: 'PUT',
      headers: { 'content-range': 'bytes 0-9/16' },
      body: text.slice(0, 10),
    });
    expect([first.status, first.headers.get('range')]).toEqual([308, 'bytes=0-9']);
    const second = await fetch(location, {
      method: 'PUT',
      headers: { 'content-range': 'bytes 10-15/16' },
      body: text.slice(10),
    });
    expect(await second.json()).toMatchObject({ status: { state: 'DONE' } });
    expect(await rowsOf(`SELECT SUM(a) AS a FROM ${dataset}.t`)).toEqual([{ a: 3 }]);
  });
});

describe('insertAll', () => {
  test('good rows are stored; bad ones come back with their reason', async () => {
    const table = client.dataset(await newDataset()).table('t');
    await table.create({ schema: { fields: [{ name: 'a', type: 'INTEGER', mode: 'REQUIRED' }] } });
    await table.insert([{ a: 1 }, { a: 2 }]);
    const error = (await errorOf(
      table.insert([{ a: 3 }, { a: 'many' }, {}, { a: 4, b: 5 }], {
        skipInvalidRows: true,
        partialRetries: 0,
      }),
    )) as unknown as { name: string; errors: { errors: { message: string }[] }[] };
    expect(error.name).toBe('PartialFailureError');
    expect(error.errors.map(({ errors }) => errors[0]?.message)).toEqual([
      'Cannot convert value to int64: "many"',
      'Missing required field: a.',
      'no such field: b.',
    ]);
    expect(await rowsOf(`SELECT SUM(a) AS a FROM ${table.dataset.id}.t`)).toEqual([{ a: 6 }]);
    await errorOf(table.insert([{ a: 7 }, {}], { partialRetries: 0 }));
    expect(await rowsOf(`SELECT SUM(a) AS a FROM ${table.dataset.id}.t`)).toEqual([{ a: 6 }]);
  });
});

describe('jobs', () => {
  test('are listed, found by id, and unknown ones are not found', async () => {
    const [job] = await client.createQueryJob({ query: 'SELECT 1 AS a', jobId: 'known_job' });
    await job.getQueryResults();
    const [jobs] = await client.getJobs();
    expect(jobs.map(({ id }) => id)).toContain('known_job');
    expect(await errorOf(client.job('unknown_job').getMetadata())).toMatchObject({ code: 404 });
  });

  test('a query can be cancelled', async () => {
    const dataset = await newDataset();
    await client.query(`CREATE TABLE ${dataset}.t AS SELECT 0 AS n`);
    for (let rows = 1; rows < 8192; rows *= 2) {
      await client.query(`INSERT INTO ${dataset}.t SELECT n + ${rows} FROM ${dataset}.t`);
    }
    const [job] = await client.createQueryJob(
      `SELECT COUNT(*) AS c FROM ${dataset}.t a, ${dataset}.t b, ${dataset}.t c WHERE MOD(a.n * b.n + c.n, 7) = 3`,
    );
    await job.cancel();
    const error = await errorOf(job.getQueryResults());
    expect(error.errors[0]?.reason).toBe('stopped');
  });
});
