import type { Catalog, TableEntry } from '@tributary/local/bigquery/sql/catalog';
import { CatalogMemo } from '@tributary/local/bigquery/sql/catalog-memo';

const path = (table: string) => ({ project: 'p', dataset: 'd', table });
const entry = (table: string, ...columns: string[]): TableEntry => ({
  path: path(table),
  kind: 'TABLE',
  columns: columns.map((name) => ({ name, type: { kind: 'INT64' } })),
});
const catalogOf = (tables: Readonly<Record<string, TableEntry>>): Catalog => ({
  find: ({ table }) => tables[table],
});

let made: number;
const count =
  (...tables: string[]) =>
  async (catalog: Catalog): Promise<number> => {
    for (const table of tables) catalog.find(path(table));
    return ++made;
  };
beforeEach(() => {
  made = 0;
});

test('a value is made again only when a table that it needed looks different, or is there now', async () => {
  const memo = new CatalogMemo<number>(9);
  const [a, b] = [entry('a'), entry('b')];
  const get = (tables: Readonly<Record<string, TableEntry>>) =>
    memo.get('key', catalogOf(tables), count('a', 'new'));
  expect(await get({ a, b })).toBe(1);
  expect(await get({ a, b: entry('b') })).toBe(1);
  expect(await get({ a: { ...entry('a'), createdAt: 7, description: 'made anew' }, b })).toBe(1);
  expect(await get({ a: entry('a', 'x'), b })).toBe(2);
  expect(await get({ a: { ...entry('a', 'x'), kind: 'VIEW', viewSql: 'SELECT 1 AS x' }, b })).toBe(
    3,
  );
  expect(await get({ b })).toBe(4);
  expect(await get({ b, new: entry('new') })).toBe(5);
});

test('a table that looks as it did before has the value of then; a few looks are kept', async () => {
  const memo = new CatalogMemo<number>(9);
  const get = (...columns: string[]) =>
    memo.get('key', catalogOf({ a: entry('a', ...columns) }), count('a'));
  expect([await get('x'), await get('y'), await get('x'), await get('y')]).toEqual([1, 2, 1, 2]);
  for (const column of ['p', 'q', 'r']) await get(column);
  expect([await get('y'), await get('x')]).toEqual([2, 6]);
});

test('a value found inside another one passes on what it looked up', async () => {
  const [inner, outer] = [new CatalogMemo<number>(9), new CatalogMemo<number>(9)];
  const get = (a: TableEntry) =>
    outer.get('o', catalogOf({ a }), async (catalog) => {
      await inner.get('i', catalog, count('a'));
      return made;
    });
  const a = entry('a');
  await get(a);
  await inner.get('i', catalogOf({ a }), count('a'));
  expect(await get(a)).toBe(1);
  expect(await get(entry('a', 'x'))).toBe(2);
});

test('the tables of a dataset are the same ones, or the value is made again', async () => {
  const memo = new CatalogMemo<number>(9);
  const list = async (catalog: Catalog) => {
    catalog.listTables?.({ project: 'p', dataset: 'd' });
    return ++made;
  };
  const get = (tables: readonly TableEntry[]) =>
    memo.get('key', { find: () => undefined, listTables: () => tables }, list);
  const a = entry('a');
  // The newest of them may say what columns the others have.
  expect([await get([a]), await get([a]), await get([{ ...a, createdAt: 7 }])]).toEqual([1, 1, 2]);
});

test('errors are not kept, and the oldest values go', async () => {
  const memo = new CatalogMemo<number>(2);
  const get = (key: string) => memo.get(key, catalogOf({}), count());
  const fail = () => Promise.reject(new Error('no'));
  await expect(memo.get('a', catalogOf({}), fail)).rejects.toThrow('no');
  expect([await get('a'), await get('b'), await get('a'), await get('c'), await get('a')]).toEqual([
    1, 2, 1, 3, 1,
  ]);
  expect(await get('b')).toBe(4);
});
