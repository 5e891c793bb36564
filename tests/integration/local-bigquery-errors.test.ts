import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { errorResponse } from '@tributary/local/bigquery/rest/messages';
import { BigQueryError, type ErrorReason } from '@tributary/local/bigquery/sql/errors';
import {
  clientOf,
  errorOf,
  type LocalClient,
  openLocalClient,
  PROJECT_ID,
} from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
beforeAll(async () => {
  local = await openLocalClient();
});
afterAll(() => local?.close());

describe('queries fail with the status and the reason of BigQuery', () => {
  test.each([
    ['SELECT nope', 400, 'invalidQuery'],
    ['SELECT 1 FROM nowhere.t', 404, 'notFound'],
    ['SELECT 1 / 0', 400, 'invalidQuery'],
    ['SELECT ((', 400, 'invalidQuery'],
    ['CREATE SCHEMA twice; CREATE SCHEMA twice', 409, 'duplicate'],
    ['', 400, 'invalid'],
    ["SELECT CAST('a' AS INT64)", 400, 'invalidQuery'],
  ])('%s', async (query, code, reason) => {
    const error = await errorOf(
      local.client.createQueryJob({ query: query || ' ' }).then(([job]) => job.getQueryResults()),
    );
    expect(error.code).toBe(code);
    expect(error.errors[0]?.reason).toMatch(reason);
    expect(error.errors[0]?.message).not.toBe('');
  });

  test.each(['bad name;', 'x"y', 'day$20260101', ' blank', 'a'.repeat(1025)])(
    'no table is named %s',
    async (name) => {
      const dataset = await local.newDataset();
      const sql = `CREATE TABLE ${dataset}.\`${name}\` (a INT64)`;
      const errors = [
        await errorOf(local.client.query(sql)),
        await errorOf(local.client.dataset(dataset).createTable(name, { schema: 'a:INT64' })),
      ];
      for (const { code, message } of errors) {
        expect(code).toBe(400);
        expect(message).toContain(`Invalid table ID "${name}"`);
      }
    },
  );

  test.each([
    [
      'SELECT x + 1 FROM UNNEST([9223372036854775807]) x',
      'int64 overflow: 9223372036854775807 + 1',
    ],
    ['SELECT -x FROM UNNEST([-9223372036854775807 - 1]) x', 'int64 overflow'],
    ['SELECT SUM(x) FROM UNNEST([9223372036854775807, 1]) x', 'int64 overflow'],
    ["SELECT x + x FROM UNNEST([NUMERIC '99999999999999999999999999999']) x", 'numeric overflow'],
    ["SELECT x * x FROM UNNEST([NUMERIC '99999999999999999999999999999']) x", 'numeric overflow'],
    ["SELECT x / NUMERIC '0.1' FROM UNNEST([NUMERIC '9e28']) x", 'numeric overflow'],
    ["SELECT SUM(x) FROM UNNEST([NUMERIC '9e28', NUMERIC '9e28']) x", 'numeric overflow'],
    ['SELECT CAST(x AS NUMERIC) FROM UNNEST([1e40]) x', 'numeric out of range: 1e+40'],
    ["SELECT CAST(x AS INT64) FROM UNNEST([NUMERIC '9e28']) x", 'int64 out of range: 9'],
    ["SELECT CEIL(x) FROM UNNEST([NUMERIC '99999999999999999999999999999.9']) x", 'numeric out of'],
    ["SELECT CAST(x AS DATE) FROM UNNEST(['2024-02-30']) x", "Invalid date: '2024-02-30'"],
    ["SELECT CAST(x AS TIMESTAMP) FROM UNNEST(['2024-02-30 01:00:00']) x", 'Invalid date or time'],
    ['SELECT DATE(2024, x, 30) FROM UNNEST([2]) x', "Invalid date: '2024-2-30'"],
    [
      "SELECT DATE_ADD(DATE '2024-01-01', INTERVAL x MONTH) FROM UNNEST([9999999]) x",
      'The result leaves the years 1 to 9999',
    ],
    ["SELECT CAST(x AS STRING) FROM UNNEST([b'\\xff']) x", 'Invalid cast of bytes to UTF8 string'],
    ["SELECT FROM_BASE64(x) FROM UNNEST(['*']) x", 'Failed to decode invalid base64 string'],
    ["SELECT REGEXP_CONTAINS('a', '(')", 'Cannot parse regular expression: missing )'],
    ['SELECT 1 / x FROM UNNEST([0]) x', 'division by zero'],
    ['SELECT STDDEV(x) FROM UNNEST([1e308, -1e308]) x', 'double overflow'],
    ["SELECT PARSE_JSON(x) FROM UNNEST(['{']) x", 'Invalid input to PARSE_JSON'],
  ])('%s: %s', async (query, message) => {
    const error = await errorOf(local.client.query(query));
    expect(error.errors[0]?.reason).toBe('invalidQuery');
    expect(error.message).toContain(message);
    expect(error.message).not.toMatch(/DECIMAL|HUGEINT|INT128|INT32|DOUBLE|VARCHAR|BLOB|TRY_CAST/);
  });

  test('NULL for a required field is said with its name', async () => {
    const dataset = await local.newDataset();
    await local.client.query(`CREATE TABLE ${dataset}.t (a INT64 NOT NULL, b INT64)`);
    const error = await errorOf(local.client.query(`INSERT ${dataset}.t (b) VALUES (1)`));
    expect(error.message).toContain('Required field a cannot be null');
  });

  test('the place of an error is its place in the script', async () => {
    const error = await errorOf(local.client.query('SELECT 1;\nSELECT\n  nope'));
    expect(error.message).toContain('[3:3]');
  });

  test('a job whose second statement fails leaves nothing behind', async () => {
    const dataset = await local.newDataset();
    await errorOf(
      local.client.query(`
        CREATE SCHEMA half_made;
        CREATE TABLE ${dataset}.half AS SELECT 1 AS a;
        INSERT INTO ${dataset}.half VALUES (2);
        SELECT 1 / 0`),
    );
    expect(await local.client.dataset(dataset).table('half').exists()).toEqual([false]);
    expect(await local.client.dataset('half_made').exists()).toEqual([false]);
  });

  test('a replaced table survives a failing script', async () => {
    const dataset = await local.newDataset();
    await local.client.query(`CREATE TABLE ${dataset}.t AS SELECT 1 AS a`);
    await errorOf(
      local.client.query(`CREATE OR REPLACE TABLE ${dataset}.t AS SELECT 'x' AS b; SELECT 1 / 0`),
    );
    expect(await local.rowsOf(`SELECT * FROM ${dataset}.t`)).toEqual([{ a: 1 }]);
  });
});

describe('the retry rules of the client', () => {
  let flaky: Server;
  let url: string;
  let fault: ErrorReason | 'lost' | undefined;
  let faults = 0;
  const seen: string[] = [];

  // Stands before the local BigQuery, and puts the fault before or after one request.
  beforeAll(async () => {
    flaky = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      seen.push(`${request.method} ${request.url?.split('?')[0]?.split('/').at(-1)}`);
      const isFaulty = faults > 0;
      faults -= 1;
      if (isFaulty && fault !== 'lost') {
        const { status, body: answer } = errorResponse(
          new BigQueryError(fault as ErrorReason, 'try again'),
        );
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify(answer));
        return;
      }
      const answer = await fetch(local.server.url + request.url, {
        method: request.method ?? 'GET',
        ...(body.length > 0 && { body }),
      });
      const text = await answer.text();
      // The work is done, but the answer is lost on its way.
      if (isFaulty) response.writeHead(503).end();
      else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
    });
    await new Promise<void>((done) => flaky.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(flaky.address() as AddressInfo).port}`;
  });
  afterAll(() => flaky?.close());

  const retrying = () =>
    clientOf(url, { autoRetry: true, maxRetries: 3, retryOptions: { retryDelayMultiplier: 0.01 } });

  test.each(['backendError', 'internalError'] as const)('%s is tried again', async (reason) => {
    [fault, faults] = [reason, 1];
    seen.length = 0;
    expect(await retrying().dataset('none').exists()).toEqual([false]);
    expect(seen).toEqual(['GET none', 'GET none']);
  });

  test.each(['invalid', 'duplicate', 'accessDenied', 'stopped', 'notImplemented'] as const)(
    '%s is not',
    async (reason) => {
      [fault, faults] = [reason, 1];
      seen.length = 0;
      const error = await errorOf(retrying().dataset('none').getMetadata());
      expect(error.errors[0]?.reason).toBe(reason);
      expect(seen).toEqual(['GET none']);
    },
  );

  test('a query, a job and a streamed row whose answers were lost run once', async () => {
    const dataset = await local.newDataset();
    await local.client.query(`CREATE TABLE ${dataset}.t AS SELECT 0 AS n`);
    const client = retrying();
    [fault, faults] = ['lost', 1];
    await client.query(`INSERT INTO ${dataset}.t VALUES (1)`);
    [fault, faults] = ['lost', 1];
    const [job] = await client.createQueryJob(`INSERT INTO ${dataset}.t VALUES (2)`);
    await job.getQueryResults();
    [fault, faults] = ['lost', 1];
    await client.dataset(dataset).table('t').insert({ n: 3 });
    expect(await local.rowsOf(`SELECT n FROM ${dataset}.t ORDER BY n`)).toEqual(
      [0, 1, 2, 3].map((n) => ({ n })),
    );
  });
});

describe('the protocol', () => {
  const get = (path: string, headers?: object) => local.send('GET', path, undefined, headers);

  test('web pages are refused, and routes that are not served are named', async () => {
    expect((await get('/datasets', { origin: 'http://evil.test' })).status).toBe(400);
    const unknown = await get('/datasets/d/rowAccessPolicies');
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({
      error: {
        code: 404,
        status: 'NOT_FOUND',
        message: expect.stringMatching(/^GET .*rowAccessPolicies is not supported by the local/),
        errors: [{ reason: 'notFound', domain: 'global' }],
      },
    });
    expect((await local.send('HEAD', '/datasets/d')).status).toBe(404);
  });

  test('answers are cut down to `fields`', async () => {
    const dataset = await local.newDataset();
    await local.client.query(`CREATE TABLE ${dataset}.t AS SELECT 1 AS a, 2 AS b`);
    const json = async (fields: string) =>
      (await get(`/datasets/${dataset}/tables/t?fields=${encodeURIComponent(fields)}`)).json();
    expect(await json('kind')).toEqual({ kind: 'bigquery#table' });
    expect(await json('numRows,schema/fields(name)')).toEqual({
      numRows: '1',
      schema: { fields: [{ name: 'a' }, { name: 'b' }] },
    });
    expect(await json('tableReference/*')).toEqual({
      tableReference: { projectId: PROJECT_ID, datasetId: dataset, tableId: 't' },
    });
    expect(await json('a(b')).toMatchObject({ error: { message: 'Invalid field selection a(b' } });
  });

  test('bodies may be compressed, answers are where the client asks twice, and printed at will', async () => {
    const dataset = await local.newDataset();
    const url = `${local.server.url}/bigquery/v2/projects/${PROJECT_ID}/datasets/${dataset}`;
    const patched = await fetch(url, {
      method: 'PATCH',
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ description: 'compressed' })),
    });
    expect(await patched.json()).toMatchObject({ description: 'compressed' });
    const zipped = await fetch(url, { headers: { 'user-agent': 'test (gzip)' } });
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(await zipped.json()).toMatchObject({ description: 'compressed' });
    expect(await (await fetch(`${url}?prettyPrint=true`)).text()).toContain('\n  "kind"');
  });

  test('a change of an old version is refused where the client says which it means', async () => {
    const dataset = await local.newDataset();
    const { etag } = (await (await get(`/datasets/${dataset}`)).json()) as { etag: string };
    const patch = (ifMatch: string) =>
      local.send('PATCH', `/datasets/${dataset}`, { description: 'x' }, { 'if-match': ifMatch });
    const old = await patch('"1"');
    expect(old.status).toBe(412);
    expect(await old.json()).toMatchObject({ error: { errors: [{ reason: 'conditionNotMet' }] } });
    expect((await patch(etag)).status).toBe(200);
  });
});

describe('what is not done is refused by name', () => {
  const destinationTable = { projectId: PROJECT_ID, datasetId: 'd', tableId: 't' };
  const tableReference = destinationTable;
  const job = (configuration: object) => ({ configuration });
  const load = (options: object) => job({ load: { destinationTable, ...options } });
  const query = { query: 'SELECT 1' };
  const defaulted = { fields: [{ name: 'a', type: 'INTEGER', defaultValueExpression: '1' }] };

  // The unit test of the request fields goes through all of them; these go through the server.
  test.each<[string, object, string]>([
    ['/queries', { ...query, useLegacySql: true }, 'legacy SQL'],
    ['/queries', { ...query, createSession: true }, 'createSession is not supported'],
    ['/jobs', job({}), 'needs query, load, copy or extract'],
    ['/jobs', job({ query: { ...query, continuous: true } }), 'configuration.query.continuous'],
    ['/jobs', load({ sourceFormat: 'AVRO' }), 'configuration.load.sourceFormat'],
    ['/jobs', load({ maxBadRecords: 3 }), 'configuration.load.maxBadRecords'],
    ['/jobs', job({ ...load({}).configuration, dryRun: true }), 'Only a query job'],
    ['/jobs', job({ copy: { destinationTable, operationType: 'CLONE' } }), 'copy.operationType'],
    ['/datasets', { isCaseInsensitive: true }, 'isCaseInsensitive'],
    ['/datasets/d/tables', { tableReference, materializedView: query }, 'materializedView'],
    [
      '/datasets/d/tables',
      { tableReference, schema: defaulted },
      'fields.0.defaultValueExpression',
    ],
    ['/datasets/d/tables/t/insertAll', { rows: [{ json: {} }], templateSuffix: '_x' }, 'template'],
    ['/datasets/d/routines', { routineType: 'SCALAR_FUNCTION' }, 'routines'],
  ])('%s %j', async (path, body, message) => {
    const answer = await local.send('POST', path, body);
    expect([400, 501]).toContain(answer.status);
    const { error } = (await answer.json()) as { error: { message: string } };
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('\n');
  });
});
