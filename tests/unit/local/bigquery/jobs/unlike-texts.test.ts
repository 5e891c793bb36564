import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unlikeTexts } from '@tributary/local/bigquery/jobs/unlike-texts';
import type { Column } from '@tributary/local/bigquery/sql/catalog';
import { createDataset } from '@tributary/local/bigquery/storage/dataset-changes';
import type { StoredTable } from '@tributary/local/bigquery/storage/entries';
import { Storage } from '@tributary/local/bigquery/storage/storage';
import { createTableAs } from '@tributary/local/bigquery/storage/table-changes';

const TIMES = { createdAt: 0, modifiedAt: 0 };
const COLUMNS: readonly Column[] = [
  { name: 'id', type: { kind: 'STRING' } },
  { name: 'kind', type: { kind: 'STRING' } },
  { name: 'n', type: { kind: 'INT64' } },
];
const rowsOf = (count: number) =>
  `SELECT md5(i::VARCHAR), (i % 3)::VARCHAR, i FROM range(${count}) AS r(i)`;
const tableOf = (table: string): StoredTable => ({
  path: { project: 'p', dataset: 'd', table },
  kind: 'TABLE',
  columns: COLUMNS,
  ...TIMES,
});

let folder: string;
let storage: Storage;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-unlike-'));
  storage = await Storage.open({ warehouseDir: join(folder, 'w') });
  await storage.write(async (session) => {
    await createDataset(session, { path: { project: 'p', dataset: 'd' }, location: '', ...TIMES });
    await createTableAs(session, tableOf('many'), rowsOf(1_000_000));
    await createTableAs(session, tableOf('few'), rowsOf(1000));
  });
});
afterAll(async () => {
  await storage.close();
  rmSync(folder, { recursive: true });
});

test('of the texts of many rows ids alone hardly repeat', async () => {
  const found = (...tables: string[]) =>
    storage.read((session) =>
      unlikeTexts(
        session,
        COLUMNS,
        tables.map((table) => tableOf(table).path),
      ),
    );
  expect(await found('few', 'many', 'missing')).toEqual(new Set(['id']));
  expect(await found('few')).toEqual(new Set());
});

test('a table has the same rows with them written as they are, also where it is replaced', async () => {
  const rows = rowsOf(300_000);
  await storage.write(async (session) => {
    for (const replace of [false, true]) {
      const made = await createTableAs(session, tableOf('copy'), rows, replace, new Set(['id']));
      expect(made).toBe(300_000);
    }
  });
  const answer = (sql: string) =>
    storage.read(async ({ connection }) => (await connection.runAndReadAll(sql)).getRows());
  expect(await answer(`SELECT count(*) FROM (FROM "p.d".copy EXCEPT ALL (${rows}))`)).toEqual([
    [0n],
  ]);
  const written = (column: string) =>
    answer(
      `SELECT DISTINCT compression = 'Uncompressed' FROM pragma_storage_info('"p.d".copy')
       WHERE column_name = '${column}' AND segment_type = 'VARCHAR'`,
    );
  expect([await written('id'), await written('kind')]).toEqual([[[true]], [[false]]]);
});
