import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  errorOf,
  type LocalClient,
  openLocalClient,
  PROJECT_ID,
  storageFile,
} from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
beforeAll(async () => {
  local = await openLocalClient((folder) => ({ allowedPaths: [join(folder, 'allowed')] }));
});
afterAll(() => local?.close());

const newTable = async () => local.client.dataset(await local.newDataset()).table('t');
type Table = Awaited<ReturnType<typeof newTable>>;
const rowsOf = (table: Table) => local.rowsOf(`SELECT * FROM ${table.dataset.id}.${table.id}`);
const rowCount = async (table: Table) => (await table.getMetadata())[0].numRows;

describe('files of Cloud Storage', () => {
  test.each([
    ['csv', {}],
    ['csv', { gzip: true, fieldDelimiter: ';', printHeader: false }],
    ['json', {}],
    ['json', { gzip: true }],
    ['parquet', {}],
    ['parquet', { compression: 'SNAPPY' }],
  ])('%s %j: extracted and loaded back, the rows are the same', async (format, options) => {
    const table = await newTable();
    const nested =
      format === 'csv'
        ? ''
        : `, [STRUCT(1 AS q, TIMESTAMP '2026-01-01' AS seen, [DATETIME '2026-01-01'] AS dt)] AS items`;
    await local.client.query(`CREATE TABLE ${table.dataset.id}.t AS SELECT
      'a, "b"' AS s, 1 AS i, 1.5 AS f, NUMERIC '100' AS n, TIMESTAMP '2026-01-01 00:00:00.5' AS ts,
      DATETIME '2026-01-01 10:00:00' AS dt, TIME '10:00:00' AS t, TRUE AS b, b'abc' AS by_,
      DATE '2026-01-01' AS d, JSON '{"a":1.5}' AS j, CAST(NULL AS INT64) AS nothing ${nested}`);
    const file = storageFile('bucket', `${table.dataset.id}/rows-*.${format}`);
    const [job] = await table.extract(file, { format, ...options } as object);
    expect(job.statistics?.extract?.destinationUriFileCounts).toEqual(['1']);
    const back = local.client.dataset(table.dataset.id as string).table('back');
    const { schema: made } = (await table.getMetadata())[0];
    const csv = { fieldDelimiter: ';', skipLeadingRows: 0 };
    await back.load(file, {
      schema: made,
      ...(format === 'csv' && ('gzip' in options ? csv : { skipLeadingRows: 1 })),
    });
    expect(await rowsOf(back)).toEqual(await rowsOf(table));
    // An extract writes over what is there.
    await table.extract(file, { format, ...options } as object);
  });

  test('a wildcard names many files, of which none may be missing', async () => {
    const table = await newTable();
    const folder = table.dataset.id as string;
    for (const part of [1, 2]) {
      await local.client.query(
        `EXPORT DATA OPTIONS (uri = 'gs://bucket/${folder}/p${part}.json', format = 'JSON') AS SELECT ${part} AS n`,
      );
    }
    await table.load(storageFile('bucket', `${folder}/p*.json`), {
      schema: { fields: [{ name: 'n', type: 'INTEGER' }] },
    });
    expect(await local.rowsOf(`SELECT SUM(n) AS n FROM ${folder}.t`)).toEqual([{ n: 3 }]);
    const gone = table.load(storageFile('bucket', `${folder}/q*.json`), {
      schema: { fields: [{ name: 'n', type: 'INTEGER' }] },
    });
    expect((await errorOf(gone)).errors[0]?.reason).toBe('notFound');
  });

  test('EXPORT DATA does not write over files unless it is told to, nor what it does not know', async () => {
    const { dataset } = await newTable();
    const exported = (options: string) =>
      local.client.query(
        `EXPORT DATA OPTIONS (uri = 'gs://bucket/${dataset.id}/x.csv', format = 'CSV' ${options}) AS SELECT 1 AS n`,
      );
    await exported('');
    expect((await errorOf(exported(''))).message).toContain('is not empty');
    await exported(', overwrite = true, header = true');
    expect(
      (await errorOf(exported(', overwrite = true, use_avro_logical_types = true'))).message,
    ).toContain('use_avro_logical_types');
  });

  test('CSV holds no records', async () => {
    const table = await newTable();
    await local.client.query(`CREATE TABLE ${table.dataset.id}.t AS SELECT [1] AS list`);
    const error = await errorOf(table.extract(storageFile('bucket', 'list.csv')));
    expect(error.message).toContain('CSV cannot hold the field list');
  });
});

describe('copies', () => {
  test('of a table onto itself count the rows that were copied', async () => {
    const table = local.client.dataset(await local.newDataset()).table('t');
    const sourceFormat = 'NEWLINE_DELIMITED_JSON';
    await table.load(local.file('two.ndjson', '{"n":1}\n{"n":2}\n'), {
      sourceFormat,
      schema: { fields: [{ name: 'n', type: 'INTEGER' }] },
    });
    // A MERGE leaves the number of rows to be counted.
    await local.client.query(
      `MERGE ${table.dataset.id}.t USING (SELECT 3 AS m) ON n = m WHEN NOT MATCHED THEN INSERT VALUES (m)`,
    );
    for (const copied of ['3', '6']) {
      const [job] = await table.copy(table, { writeDisposition: 'WRITE_APPEND' });
      expect(job.statistics?.copy?.copiedRows).toBe(copied);
    }
    expect(await rowCount(table)).toBe('12');
  });

  test('take rows and layout of one table or of many', async () => {
    const dataset = local.client.dataset(await local.newDataset());
    const layout = { timePartitioning: { type: 'DAY', field: 'd' }, description: 'source' };
    const source = dataset.table('source');
    await source.create({ schema: 'n:integer,d:date', ...layout });
    await local.client.query(`INSERT INTO ${dataset.id}.source VALUES (1, DATE '2026-01-01')`);
    const copy = dataset.table('copy');
    const [job] = await source.copy(copy);
    expect(job.status?.state).toBe('DONE');
    expect((await copy.getMetadata())[0]).toMatchObject({ numRows: '1', ...layout });
    expect((await errorOf(source.copy(copy))).errors[0]?.reason).toBe('duplicate');
    await source.copy(copy, { writeDisposition: 'WRITE_APPEND' });
    await copy.copyFrom([source, source], { writeDisposition: 'WRITE_APPEND' } as object);
    expect(await rowCount(copy)).toBe('4');
    await source.copy(copy, { writeDisposition: 'WRITE_TRUNCATE' });
    expect(await rowCount(copy)).toBe('1');
    await dataset.createTable('other', { schema: 'n:string,d:date' });
    const wrong = source.copy(dataset.table('other'), { writeDisposition: 'WRITE_APPEND' });
    expect((await errorOf(wrong)).message).toContain('Incompatible table schemas');
    expect((await errorOf(dataset.table('gone').copy(copy))).errors[0]?.reason).toBe('notFound');
  });
});

describe('uploads', () => {
  const numbers = { fields: [{ name: 'a', type: 'INTEGER' }] };

  test('a stream of the client', async () => {
    const table = await newTable();
    const writable = table.createWriteStream({
      sourceFormat: 'NEWLINE_DELIMITED_JSON',
      schema: numbers,
    });
    const loaded = new Promise((resolve, reject) => {
      writable.on('complete', resolve).on('error', reject);
    });
    await pipeline(Readable.from(['{"a":1}\n', '{"a":2}\n']), writable);
    await loaded;
    expect(await rowCount(table)).toBe('2');
  });

  test('a resumable upload in pieces, one of them sent twice', async () => {
    const table = await newTable();
    const url = `${local.server.url}/upload/bigquery/v2/projects/${PROJECT_ID}/jobs?uploadType=resumable`;
    const load = {
      destinationTable: { projectId: PROJECT_ID, datasetId: table.dataset.id, tableId: 't' },
      sourceFormat: 'NEWLINE_DELIMITED_JSON',
      schema: numbers,
    };
    const start = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ configuration: { load } }),
    });
    const location = start.headers.get('location') ?? '';
    const text = '{"a":1}\n{"a":2}\n';
    const put = (range: string, body?: string) =>
      fetch(location, {
        method: 'PUT',
        headers: { 'content-range': `bytes ${range}/16` },
        ...(body && { body }),
      });
    for (const _ of ['sent', 'sent again']) {
      const first = await put('0-9', text.slice(0, 10));
      expect([first.status, first.headers.get('range')]).toEqual([308, 'bytes=0-9']);
    }
    expect((await put('*')).headers.get('range')).toBe('bytes=0-9');
    const second = await put('10-15', text.slice(10));
    expect(await second.json()).toMatchObject({ status: { state: 'DONE' } });
    expect(await rowsOf(table)).toEqual([{ a: 1 }, { a: 2 }]);
    expect((await put('0-9', text)).status).toBe(404);
  });
});

describe('files of this machine', () => {
  /** A load job from URIs; the client itself knows objects of Cloud Storage alone. */
  async function loadByUri(uri: string, table: Table): Promise<string> {
    const response = await local.send('POST', '/jobs', {
      configuration: {
        load: {
          sourceUris: [uri],
          schema: { fields: [{ name: 'line', type: 'STRING' }] },
          destinationTable: { projectId: PROJECT_ID, datasetId: table.dataset.id, tableId: 't' },
        },
      },
    });
    const { status } = (await response.json()) as {
      status: { errorResult?: { message: string } };
    };
    return status.errorResult?.message ?? 'loaded';
  }

  test('are loaded from allowed folders alone', async () => {
    const table = await newTable();
    mkdirSync(join(local.folder, 'allowed'));
    writeFileSync(join(local.folder, 'allowed', 'lines.csv'), 'a\n');
    expect(await loadByUri(`file://${local.folder}/allowed/*.csv`, table)).toBe('loaded');
    expect(await rowsOf(table)).toEqual([{ line: 'a' }]);
    const outside = ['file:///etc/passwd', 'gs://../../etc/passwd', '/etc/passwd'];
    for (const uri of [...outside, `file://${local.folder}/allowed/../warehouse/server.json`]) {
      expect(await loadByUri(uri, table)).toContain(`Cannot read ${uri}`);
    }
    const relative = 'file://../../etc/passwd';
    expect(await loadByUri(relative, table)).toContain(`Invalid source URI ${relative}`);
  });
});

test('readers see the last state while a writer is at work', async () => {
  const table = await newTable();
  const name = `${table.dataset.id}.t`;
  await local.client.query(`CREATE TABLE ${name} AS SELECT 0 AS n`);
  // The writer is at it until it is stopped: its second statement never ends.
  const [writer] = await local.client.createQueryJob(`
    INSERT INTO ${name} SELECT n FROM UNNEST(GENERATE_ARRAY(1, 1000)) AS n;
    UPDATE ${name} SET n = (SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 60000)) AS a,
      UNNEST(GENERATE_ARRAY(1, 60000)) AS b, UNNEST(GENERATE_ARRAY(1, 60000)) AS c
      WHERE MOD(a * b + c, 7) = 3) WHERE TRUE`);
  const read = () => local.rowsOf(`SELECT COUNT(*) AS c FROM ${name}`);
  expect(await Promise.all([read(), read(), read(), read()])).toEqual(
    Array.from({ length: 4 }, () => [{ c: 1 }]),
  );
  expect((await writer.getMetadata())[0].status.state).not.toBe('DONE');
  await writer.cancel();
  expect((await errorOf(writer.getQueryResults())).errors[0]?.reason).toBe('stopped');
  expect(await read()).toEqual([{ c: 1 }]);
});
