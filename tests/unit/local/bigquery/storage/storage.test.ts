import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseType } from '@tributary/local/bigquery/sql/types';
import { createDataset, dropDataset } from '@tributary/local/bigquery/storage/dataset-changes';
import type { StoredTable } from '@tributary/local/bigquery/storage/entries';
import { Storage } from '@tributary/local/bigquery/storage/storage';
import {
  createTable,
  createTableAs,
  dropTable,
} from '@tributary/local/bigquery/storage/table-changes';
import { countRows } from '@tributary/local/bigquery/storage/table-size';

let folder: string;
let storage: Storage;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-storage-'));
  storage = await Storage.open({ warehouseDir: join(folder, 'w') });
  await storage.write((session) =>
    createDataset(session, { ...times, path: dataset, location: '' }),
  );
});
afterEach(async () => {
  await storage.close();
  rmSync(folder, { recursive: true });
});

const times = { createdAt: 0, modifiedAt: 0 };
const dataset = { project: 'p', dataset: 'd' };
const table = (name: string): StoredTable => ({
  ...times,
  path: { ...dataset, table: name },
  kind: 'TABLE',
  columns: [{ name: 'a', type: parseType('INT64') }],
});
const count = (entry: StoredTable) => storage.read((session) => countRows(session, entry));

test('a failing transaction undoes the data and the catalog', async () => {
  const failing = storage.write(async (session) => {
    await createTableAs(session, table('t'), 'SELECT 1');
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(storage.catalog.find(table('t').path)).toBeUndefined();
  await storage.write((session) => createTable(session, table('t')));
  expect(await count(table('t'))).toBe(0);
});

test('readers see data and catalog of one commit while a writer works', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const writing = storage.write(async (session) => {
    await createTableAs(session, table('t'), 'SELECT 1');
    await held;
  });
  const before = await storage.read(async ({ catalog }) => catalog.find(table('t').path));
  expect(before).toBeUndefined();
  release();
  await writing;
  expect(await count(table('t'))).toBe(1);
});

test('a table can be replaced by rows of itself', async () => {
  await storage.write((session) => createTableAs(session, table('t'), 'SELECT 1'));
  const doubled = 'SELECT a FROM "p.d"."t" UNION ALL SELECT a FROM "p.d"."t"';
  await storage.write((session) => createTableAs(session, table('t'), doubled, true));
  expect(await count(table('t'))).toBe(2);
});

test('names that differ in case only are refused, datasets in use too', async () => {
  await storage.write((session) => createTable(session, table('t')));
  const twin = storage.write((session) => createTable(session, table('T')));
  await expect(twin).rejects.toThrow('differs from t in upper and lower case only');
  const dropping = storage.write((session) => dropDataset(session, dataset, false));
  await expect(dropping).rejects.toMatchObject({ reason: 'resourceInUse' });
  await storage.write((session) => dropTable(session, table('t').path));
  await storage.write((session) => dropDataset(session, dataset, false));
  expect(storage.catalog.findDataset(dataset)).toBeUndefined();
});

test('SQL reaches neither files nor the network nor the settings', async () => {
  const attempts = [
    `SELECT * FROM read_csv('/etc/passwd')`,
    `COPY (SELECT 1) TO '/tmp/tributary-escape.csv'`,
    `ATTACH '/tmp/tributary-escape.duckdb'`,
    'INSTALL httpfs',
    'SET enable_external_access = true',
  ];
  for (const sql of attempts) {
    await expect(storage.read(({ connection }) => connection.run(sql))).rejects.toThrow();
  }
});

test('what a killed server left in uploads and temporary goes at the next start', async () => {
  await storage.close();
  const left = [storage.folder.uploads, storage.folder.temporary].map((dir) => join(dir, 'left'));
  for (const file of left) writeFileSync(file, 'x');
  storage = await Storage.open({ warehouseDir: join(folder, 'w') });
  expect(left.filter((file) => existsSync(file))).toEqual([]);
});
