import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BigQuery } from '@google-cloud/bigquery';
import { type LocalBigQuery, startLocalBigQuery } from '@tributary/local/bigquery/server';
import { parseType } from '@tributary/local/bigquery/sql/types';
import type { CompiledProject } from '@tributary/local/bigquery/testing/project';
import {
  checksumDifferences,
  type TableChecksum,
  warehouseChecksums,
} from '@tributary/local/bigquery/testing/proof/warehouse-checksums';
import { PassThroughClient } from 'google-auth-library';

const projectId = 'checked';
const target = (name: string) => ({ database: projectId, schema: 'shop', name });
const project = {
  projectId,
  models: new Map(),
  sources: new Map(['orders', 'missing'].map((name) => [name, target(name)])),
} as unknown as CompiledProject;

const columns = [
  { name: 'id', type: parseType('STRING') },
  { name: 'share', type: parseType('FLOAT64') },
  { name: 'items', type: parseType('ARRAY<STRUCT<name STRING, weight FLOAT64>>') },
  { name: 'properties', type: parseType('JSON') },
  { name: 'seen_at', type: parseType('TIMESTAMP') },
];
const schemas = { columnsOf: async () => columns };

const folder = mkdtempSync(join(tmpdir(), 'tributary-checksums-'));
let server: LocalBigQuery;
let client: BigQuery;

beforeAll(async () => {
  server = await startLocalBigQuery({ warehouseDir: folder, defaultProject: projectId });
  client = new BigQuery({
    projectId,
    apiEndpoint: server.url,
    authClient: new PassThroughClient(),
  });
  await client.query('CREATE SCHEMA shop');
});
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Checksums of a table with these rows, written as the fields of a struct. */
async function checksums(...rows: string[]): Promise<TableChecksum[]> {
  const structs = rows.map((row) => `STRUCT(${row})`).join(', ');
  await client.query(`CREATE OR REPLACE TABLE shop.orders AS
    SELECT * FROM UNNEST(ARRAY<STRUCT<id STRING, share FLOAT64,
      items ARRAY<STRUCT<name STRING, weight FLOAT64>>, properties JSON, seen_at TIMESTAMP>>[${structs}])`);
  return warehouseChecksums(project, schemas, async (sql) => (await client.query(sql))[0]);
}

const A = `'a', 0.3, [('x', 1.5), ('y', NULL)], JSON '{"b": 1, "a": 2}', TIMESTAMP '2026-01-01 00:00:00+00'`;
const B = `'b', NULL, [], NULL, NULL`;

test('the order of rows and the last bits of FLOAT64 do not count', async () => {
  const here = await checksums(A, B);
  expect(here[0]).toMatchObject({ table: 'shop.orders', rowCount: 2 });
  const there = await checksums(B, A.replace('0.3', '0.1 + 0.2'));
  expect(checksumDifferences(here, there)).toEqual([]);
});

test.each([
  ['a value', A.replace("'a', 0.3", "'a', 0.3001")],
  ['a value within an array', A.replace('1.5', '1.6')],
  ['NULL for a value', A.replace('0.3', 'NULL')],
  ['a key of JSON', A.replace('"b": 1', '"c": 1')],
  ['a microsecond', A.replace('00:00:00+00', '00:00:00.000001+00')],
])('%s that changed is seen', async (_, changed) => {
  const here = await checksums(A, B);
  const there = await checksums(changed, B);
  expect(checksumDifferences(here, there).map(({ table }) => table)).toEqual(['shop.orders']);
});

test('a table that is not there is told, and differs from an empty one', async () => {
  const missing = (await checksums(A))[1];
  expect(missing).toEqual({ table: 'shop.missing', rowCount: null, checksum: null });
  const empty = { table: 'shop.missing', rowCount: 0, checksum: null };
  expect(checksumDifferences([missing as TableChecksum], [empty])).toHaveLength(1);
  expect(checksumDifferences([], [empty])).toHaveLength(1);
});
