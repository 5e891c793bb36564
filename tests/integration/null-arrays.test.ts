import { join } from 'node:path';
import { parseType } from '@tributary/local/bigquery/sql/types';
import { Storage } from '@tributary/local/bigquery/storage/storage';
import { type LocalClient, openLocalClient } from '../support/local-client';

jest.setTimeout(60_000);

let local: LocalClient;
let dataset: string;
beforeAll(async () => {
  local = await openLocalClient();
  dataset = await local.newDataset();
});
afterAll(() => local?.close());

const TABLE = 'id INT64, list ARRAY<INT64>, record STRUCT<parts ARRAY<STRUCT<tags ARRAY<STRING>>>>';
let count = 0;

/** A new table, under its name for SQL. */
async function newTable(columns = TABLE): Promise<string> {
  count += 1;
  await local.rowsOf(`CREATE TABLE ${dataset}.t${count} (${columns})`);
  return `t${count}`;
}

/** BigQuery stores no NULL array, so none is NULL and each has a length. */
async function expectEmptyLists(table: string, rowCount = 1): Promise<void> {
  const [row] = await local.rowsOf(
    `SELECT COUNTIF(list IS NULL) AS null_lists, COUNTIF(ARRAY_LENGTH(list) = 0) AS empty_lists FROM ${dataset}.${table}`,
  );
  expect(row).toEqual({ null_lists: 0, empty_lists: rowCount });
}

describe('an ARRAY column that a row leaves out is empty, never NULL', () => {
  test.each([
    ['INSERT', (table: string) => `INSERT ${table} (id) VALUES (1)`],
    ['INSERT ... SELECT', (table: string) => `INSERT ${table} (id) SELECT 1`],
    ['DEFAULT', (table: string) => `INSERT ${table} (id, list) VALUES (1, DEFAULT)`],
    [
      'MERGE',
      (table: string) =>
        `MERGE ${table} t USING (SELECT 1 AS id) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)`,
    ],
  ])('%s', async (_, sql) => {
    const table = await newTable();
    await local.rowsOf(sql(`${dataset}.${table}`));
    await expectEmptyLists(table);
  });

  test('INSERT into a table made by CREATE TABLE AS', async () => {
    await local.rowsOf(`CREATE TABLE ${dataset}.made AS SELECT 1 AS id, [1] AS list`);
    await local.rowsOf(`INSERT ${dataset}.made (id) VALUES (2)`);
    await expectEmptyLists('made');
    const again = 'CREATE OR REPLACE TABLE';
    await local.rowsOf(`${again} ${dataset}.made AS SELECT * FROM ${dataset}.made WHERE id = 1`);
    await local.rowsOf(`INSERT ${dataset}.made (id) VALUES (3)`);
    await expectEmptyLists('made');
  });

  test('ALTER TABLE ADD COLUMN', async () => {
    const table = await newTable('id INT64');
    await local.rowsOf(`INSERT ${dataset}.${table} VALUES (1)`);
    await local.rowsOf(`ALTER TABLE ${dataset}.${table} ADD COLUMN list ARRAY<STRING>`);
    await local.rowsOf(`INSERT ${dataset}.${table} (id) VALUES (2)`);
    await expectEmptyLists(table, 2);
  });

  test('a query that appends fewer columns', async () => {
    const table = await newTable();
    await local.rowsOf('SELECT 1 AS id', {
      destination: local.client.dataset(dataset).table(table),
      writeDisposition: 'WRITE_APPEND',
    });
    await expectEmptyLists(table);
  });

  test('insertAll', async () => {
    const table = await newTable();
    await local.client
      .dataset(dataset)
      .table(table)
      .insert([{ id: 1 }, { id: 2, list: null }]);
    await expectEmptyLists(table, 2);
  });

  test('NDJSON, inside records too', async () => {
    const table = await newTable();
    const lines = ['{"id":1}', '{"id":2,"list":null,"record":{"parts":[{"tags":null},{}]}}'];
    const file = local.file('nulls.ndjson', [...lines, '{"id":3,"record":{}}'].join('\n'));
    await local.client
      .dataset(dataset)
      .table(table)
      .load(file, { sourceFormat: 'NEWLINE_DELIMITED_JSON' });
    await expectEmptyLists(table, 3);
    const rows = await local.rowsOf(
      `SELECT id, record IS NULL AS none, record.parts IS NULL AS no_parts, TO_JSON_STRING(record) AS record
       FROM ${dataset}.${table} ORDER BY id`,
    );
    expect(rows).toEqual([
      { id: 1, none: true, no_parts: true, record: 'null' },
      { id: 2, none: false, no_parts: false, record: '{"parts":[{"tags":[]},{"tags":[]}]}' },
      { id: 3, none: false, no_parts: false, record: '{"parts":[]}' },
    ]);
  });

  test('older tables of a wildcard', async () => {
    await local.rowsOf(`CREATE TABLE ${dataset}.w_1 AS SELECT 1 AS id, STRUCT(1 AS n) AS record`);
    await local.rowsOf(
      `CREATE TABLE ${dataset}.w_2 AS SELECT 2 AS id, [1] AS list, STRUCT(1 AS n, ['a'] AS tags) AS record`,
    );
    const rows = await local.rowsOf(
      `SELECT id, ARRAY_LENGTH(list) AS length, ARRAY_LENGTH(record.tags) AS tags FROM \`${dataset}.w_*\` ORDER BY id`,
    );
    expect(rows).toEqual([
      { id: 1, length: 0, tags: 0 },
      { id: 2, length: 1, tags: 1 },
    ]);
  });
});

test('NULL arrays of an older warehouse are empty once it is opened, and stay so', async () => {
  const warehouseDir = join(local.folder, 'older');
  const path = { project: 'p', dataset: 'd', table: 't' };
  const columns = ['list', 'other'].map((name) => ({ name, type: parseType('ARRAY<INT64>') }));
  let storage = await Storage.open({ warehouseDir });
  await storage.write(async ({ connection, catalog }) => {
    catalog.putTable({ path, kind: 'TABLE', columns, createdAt: 0, modifiedAt: 0 });
    await connection.run(
      'CREATE SCHEMA "p.d"; CREATE TABLE "p.d"."t" (list BIGINT[], other BIGINT[])',
    );
    await connection.run('INSERT INTO "p.d"."t" VALUES (NULL, NULL), ([7], NULL), (NULL, [8])');
  });
  for (const _ of ['mended', 'as it was']) {
    await storage.close();
    storage = await Storage.open({ warehouseDir });
  }
  const rows = await storage.write(async ({ connection }) => {
    await connection.run('INSERT INTO "p.d"."t" DEFAULT VALUES');
    const reader = await connection.runAndReadAll('SELECT CAST(t AS VARCHAR) FROM "p.d"."t" AS t');
    return reader.getRows().flat().sort();
  });
  await storage.close();
  const both = (list: string, other: string) => `{'list': ${list}, 'other': ${other}}`;
  expect(rows).toEqual([both('[7]', '[]'), both('[]', '[8]'), both('[]', '[]'), both('[]', '[]')]);
});
