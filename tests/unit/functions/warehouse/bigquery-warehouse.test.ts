import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { UserError } from '@tributary/functions/shared/errors';
import { rawTables } from '@tributary/functions/shared/raw-tables';
import { createBigQueryWarehouse } from '@tributary/functions/warehouse/bigquery-warehouse';
import { explain } from '@tributary/functions/warehouse/client';
import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';
import type { LocalBigQuery } from '@tributary/local/bigquery/server';
import { startLocalBigQuery } from '@tributary/local/bigquery/server';

const config = {
  projectId: 'tributary-local',
  rawDataset: 'raw',
  dataset: 'tributary',
  location: 'EU',
  exportBucket: 'exports-bucket',
};
const imported = (id: string): Row => ({
  import_id: id,
  kind: 'costs',
  file_name: 'costs.csv',
  file_sha256: 'x',
  row_count: 1,
  kept_aside_count: 0,
  imported_at: '2026-11-21T12:00:00Z',
});

describe('createBigQueryWarehouse on the local BigQuery', () => {
  let folder: string;
  let server: LocalBigQuery;
  let warehouse: Warehouse;
  const countOf = async (id: string) => {
    const [row] = await warehouse.query(
      'SELECT COUNT(*) AS row_count FROM raw.imports WHERE import_id = @id',
      { params: { id } },
    );
    return row?.row_count;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tributary-test-'));
    server = await startLocalBigQuery({
      warehouseDir: join(folder, 'warehouse'),
      defaultProject: config.projectId,
    });
    const exportDir = join(folder, 'warehouse', 'exports');
    warehouse = createBigQueryWarehouse({ ...config, apiEndpoint: server.url, exportDir });
    await warehouse.ensureRawTables();
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  it('makes the raw tables, partitioned and clustered, and leaves existing ones alone', async () => {
    await warehouse.load('imports', [imported('kept')]);
    await warehouse.ensureRawTables();
    expect(await countOf('kept')).toBe(1);
    const url = `${server.url}/bigquery/v2/projects/${config.projectId}/datasets/raw/tables`;
    for (const [name, table] of Object.entries(rawTables)) {
      const found = (await (await fetch(`${url}/${name}`)).json()) as Record<string, unknown>;
      expect(found).toMatchObject({
        timePartitioning: { type: 'DAY', field: table.partitionBy },
        clustering: { fields: table.clusterBy },
        schema: { fields: table.columns.map(({ name, type }) => ({ name, type })) },
      });
    }
  });

  it('loads the same job once, and a job that failed again', async () => {
    await warehouse.load('imports', [imported('once')], { jobId: 'job_once' });
    await warehouse.load('imports', [imported('once')], { jobId: 'job_once' });
    expect(await countOf('once')).toBe(1);

    const wrong = { ...imported('again'), row_count: 'many' };
    const load = (row: Row) => warehouse.load('imports', [row], { jobId: 'job_again' });
    await expect(load(wrong)).rejects.toThrow(/load into imports failed: .*row_count/);
    await expect(load(wrong)).rejects.toThrow(/load into imports failed/);
    await load(imported('again'));
    await load(imported('again'));
    expect(await countOf('again')).toBe(1);
  });

  it('loads all rows of a job or none', async () => {
    const rows = [imported('half'), { ...imported('half'), nobody_knows: 1 }];
    await expect(warehouse.load('imports', rows)).rejects.toThrow(/nobody_knows/);
    expect(await countOf('half')).toBe(0);
    await warehouse.load('imports', []);
  });

  it('loads Parquet files, and names files it can not load', async () => {
    const file = join(folder, 'rows.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(
      `COPY (SELECT 'parquet' AS import_id, 'costs' AS kind, 'f' AS file_name, 'x' AS file_sha256, 1::BIGINT AS row_count, 0::BIGINT AS kept_aside_count, TIMESTAMPTZ '2026-11-21 12:00:00+00' AS imported_at) TO '${file}' (FORMAT parquet)`,
    );
    await warehouse.loadFile('imports', file);
    expect(await countOf('parquet')).toBe(1);
    await expect(warehouse.loadFile('imports', join(folder, 'no.ndjson'))).rejects.toThrow(
      /no\.ndjson can't be read: check that the file exists/,
    );
    await expect(warehouse.loadFile('imports', 'rows.csv')).rejects.toThrow(/must end in .ndjson/);
  });

  it('answers values as the interface promises them', async () => {
    const [row] = await warehouse.query(
      `SELECT 1 AS small, 9007199254740993 AS large, 1.5 AS ratio, NUMERIC '1.230000001' AS amount,
        TIMESTAMP '2026-11-21 12:00:00+00' AS occurred_at, DATE '2026-11-21' AS day, TRUE AS flag,
        STRUCT('x' AS a, [1, 2] AS b) AS pair, CAST(NULL AS STRING) AS nothing,
        @text AS text, @list AS list, @none AS none, @empty AS empty`,
      { params: { text: "O'Neil", list: ['a', 'b'], none: null, empty: [] } },
    );
    expect(row).toEqual({
      small: 1,
      large: '9007199254740993',
      ratio: 1.5,
      amount: '1.230000001',
      occurred_at: '2026-11-21T12:00:00.000Z',
      day: '2026-11-21',
      flag: true,
      pair: { a: 'x', b: [1, 2] },
      nothing: null,
      text: "O'Neil",
      list: ['a', 'b'],
      none: null,
      empty: [],
    });
  });

  it('names a table that is not there, and what makes it', async () => {
    await expect(warehouse.query('SELECT 1 FROM raw.no_such_table')).rejects.toMatchObject({
      name: 'UserError',
      status: 404,
      message: expect.stringMatching(/raw\.no_such_table.*make it with `tributary run`/),
    });
  });

  it('exports Parquet to files on this machine, replacing the export of before', async () => {
    const sql = 'SELECT day FROM UNNEST(GENERATE_ARRAY(1, @count)) AS day';
    const files = await warehouse.exportParquet(sql, { params: { count: 1000 } });
    const again = await warehouse.exportParquet(sql, { params: { count: 1000 } });
    expect(again).toEqual(files);
    expect(files.every((file) => existsSync(file))).toBe(true);
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const list = files.map((file) => `'${file}'`).join(', ');
    const read = await connection.runAndReadAll(
      `SELECT COUNT(*)::INTEGER AS n, SUM(day)::INTEGER AS s FROM read_parquet([${list}])`,
    );
    expect(read.getRowObjects()).toEqual([{ n: 1000, s: 500500 }]);
  });
});

describe('what a person can mend is one sentence', () => {
  const lost = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });

  test.each([
    ['nobody listens here', lost, 'http://127.0.0.1:1', 'start the local one'],
    [
      'the cloud is away',
      lost,
      undefined,
      "BigQuery in the cloud can't be reached: check the network",
    ],
    [
      'nobody signed in',
      new Error('Could not load the default credentials.'),
      undefined,
      'gcloud auth',
    ],
  ])('%s', (_name, error, apiEndpoint, sentence) => {
    const explained = explain(error, { ...config, ...(apiEndpoint && { apiEndpoint }) });
    expect(explained).toBeInstanceOf(UserError);
    expect((explained as UserError).message).toContain(sentence);
    expect((explained as UserError).message.includes('tributary serve')).toBe(
      apiEndpoint !== undefined,
    );
  });
});

describe('createBigQueryWarehouse without a server', () => {
  it('says in one sentence that nobody listens', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tributary-test-'));
    const file = join(folder, 'rows.ndjson');
    await writeFile(file, '{}\n');
    // Port 1 needs privileges to listen on: nobody does.
    const warehouse = createBigQueryWarehouse({ ...config, apiEndpoint: 'http://127.0.0.1:1' });
    await expect(warehouse.loadFile('imports', file)).rejects.toThrow(
      /^BigQuery at http:\/\/127\.0\.0\.1:1 can't be reached: start the local one/,
    );
    await rm(folder, { recursive: true });
  });
});
