import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GoogleSqlType, parseType, toDuckType } from '@tributary/local/bigquery/sql/types';
import { createDataset } from '@tributary/local/bigquery/storage/dataset-changes';
import type { StoredTable } from '@tributary/local/bigquery/storage/entries';
import { knownSizes } from '@tributary/local/bigquery/storage/known-sizes';
import { Storage } from '@tributary/local/bigquery/storage/storage';
import { createTableAs, touchTable } from '@tributary/local/bigquery/storage/table-changes';
import { countRows, partBytes, tableBytes } from '@tributary/local/bigquery/storage/table-size';
import fc from 'fast-check';

let folder: string;
let storage: Storage;
const open = () => Storage.open({ warehouseDir: join(folder, 'w') });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-sizes-'));
  storage = await open();
  await storage.write((session) =>
    createDataset(session, { path: DATASET, location: '', ...TIMES }),
  );
});
afterAll(async () => {
  await storage.close();
  rmSync(folder, { recursive: true });
});

const TIMES = { createdAt: 0, modifiedAt: 0 };
const DATASET = { project: 'p', dataset: 'd' };

/** A value as DuckDB SQL, and its bytes as BigQuery's documentation counts them. */
interface Sized {
  readonly sql: string;
  readonly bytes: number;
}

/** Random values of a type; NULL among them. */
function values(type: GoogleSqlType): fc.Arbitrary<Sized> {
  const nothing = fc.constant({ sql: 'NULL', bytes: 0 });
  return fc.oneof({ arbitrary: nothing, weight: 1 }, { arbitrary: present(type), weight: 4 });
}

function present(type: GoogleSqlType): fc.Arbitrary<Sized> {
  switch (type.kind) {
    case 'ARRAY':
      return fc.array(present(type.element), { maxLength: 4 }).map((items) => ({
        sql: `[${items.map(({ sql }) => sql).join(', ')}]`,
        bytes: items.reduce((sum, { bytes }) => sum + bytes, 0),
      }));
    case 'STRUCT':
      return fc.tuple(...type.fields.map((field) => values(field.type))).map((fields) => ({
        sql: `{${fields.map(({ sql }, i) => `'${type.fields[i]?.name}': ${sql}`).join(', ')}}`,
        bytes: fields.reduce((sum, { bytes }) => sum + bytes, 0),
      }));
    case 'STRING':
      return fc
        .string({ unit: fc.constantFrom('a', 'ß', '€', '😀'), maxLength: 5 })
        .map((text) => ({ sql: `'${text}'`, bytes: 2 + Buffer.byteLength(text) }));
    case 'BOOL':
      return fc.constant({ sql: 'TRUE', bytes: 1 });
    case 'NUMERIC':
      return fc.constant({ sql: '1.5', bytes: 16 });
    default:
      return fc.constant({ sql: '7', bytes: 8 });
  }
}

const COLUMNS = {
  flag: 'BOOL',
  number: 'INT64',
  amount: 'NUMERIC',
  text: 'STRING',
  texts: 'ARRAY<STRING>',
  flags: 'ARRAY<BOOL>',
  nested: 'STRUCT<a STRING, b INT64, c STRUCT<d BOOL, e ARRAY<STRING>>>',
  items: 'ARRAY<STRUCT<sku STRING, counts ARRAY<INT64>, price STRUCT<amount NUMERIC>>>',
};
const columns = Object.entries(COLUMNS).map(([name, type]) => ({ name, type: parseType(type) }));

const rowOf = fc.tuple(...columns.map(({ type }) => values(type)));

async function makeTable(table: string, rows: readonly (readonly Sized[])[]): Promise<StoredTable> {
  const entry = { path: { ...DATASET, table }, kind: 'TABLE' as const, columns, ...TIMES };
  const selects = rows.map((row) => {
    const list = row.map(
      ({ sql }, i) => `CAST(${sql} AS ${toDuckType(columns[i]?.type as GoogleSqlType)})`,
    );
    return `SELECT ${list.join(', ')}`;
  });
  await storage.write((session) =>
    createTableAs(session, entry, selects.join(' UNION ALL '), true),
  );
  return storage.catalog.find(entry.path) as StoredTable;
}

test('a table has the bytes of its values, column by column', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rowOf, { minLength: 1, maxLength: 6 }), async (rows) => {
      const entry = await makeTable('random', rows);
      const expected = columns.map((_, i) =>
        rows.reduce((sum, row) => sum + (row[i]?.bytes ?? 0), 0),
      );
      const measured = await storage.read(async (session) => {
        const each: number[] = [];
        for (const { name } of columns) {
          each.push(await partBytes(session, entry, [{ column: name, path: [] }]));
        }
        return { each, all: await tableBytes(session, entry) };
      });
      expect(measured.each).toEqual(expected);
      expect(measured.all).toBe(expected.reduce((sum, bytes) => sum + bytes, 0));
    }),
    { numRuns: 25 },
  );
});

test('fields and rows of two parts count once', async () => {
  const row = (texts: Readonly<Record<string, Sized>>) =>
    columns.map(({ name }) => texts[name] ?? { sql: 'NULL', bytes: 0 });
  const one = { sql: '1', bytes: 8 };
  const nested = { sql: "{'a': 'x', 'b': 1, 'c': {'d': TRUE, 'e': ['yy']}}", bytes: 16 };
  const entry = await makeTable('shared', [row({ number: one, nested }), row({ nested })]);
  const bytes = (...parts: Parameters<typeof partBytes>[2]) =>
    storage.read((session) => partBytes(session, entry, parts));
  expect(await bytes({ column: 'nested', path: [0] })).toBe(6);
  expect(await bytes({ column: 'nested', path: [2, 1] })).toBe(8);
  expect(await bytes({ column: 'nested', path: [2] }, { column: 'nested', path: [2, 1] })).toBe(10);
  const where = '"number" = 1';
  expect(await bytes({ column: 'NESTED', path: [0], where })).toBe(3);
  expect(
    await bytes(
      { column: 'nested', path: [0], where },
      { column: 'nested', path: [0], where: '"number" IS NULL' },
    ),
  ).toBe(6);
  expect(await bytes({ column: 'nested', path: [], where }, { column: 'nested', path: [0] })).toBe(
    nested.bytes + 3,
  );
});

test('sizes outlive the process, and end with the rows they were measured on', async () => {
  const row = columns
    .map(({ name }) => (name === 'number' ? '1' : 'NULL'))
    .map((sql) => ({ sql, bytes: 0 }));
  const { path } = await makeTable('kept', [row]);
  await storage.read((session) => tableBytes(session, session.catalog.find(path) as StoredTable));
  await storage.close();
  storage = await open();
  const entry = () => storage.catalog.find(path) as StoredTable;
  expect(knownSizes(entry()).rowCount).toBe(1);
  expect(knownSizes(entry()).bytes.get('number')).toBe(8);
  await storage.write(async (session) => touchTable(session, path, 1));
  expect(knownSizes(entry())).toEqual({ rowCount: undefined, bytes: new Map() });
});

describe('what a transaction that writes measures', () => {
  const measured = async (name: string, end: () => void): Promise<StoredTable> => {
    const made = await makeTable(name, [columns.map(() => ({ sql: 'NULL', bytes: 0 }))]);
    // As after a restart of a killed process: nobody has counted.
    await storage.write(async (session) => touchTable(session, made.path, 1));
    const committed = storage.catalog.find(made.path) as StoredTable;
    const writing = storage.write(async (session) => {
      const table = `"p.d"."${name}"`;
      await session.connection.run(`INSERT INTO ${table} (number) VALUES (1), (2)`);
      expect(await countRows(session, committed)).toBe(3);
      expect(await tableBytes(session, committed)).toBe(16);
      expect(await storage.read((reader) => countRows(reader, committed))).toBe(1);
      expect(await storage.read((reader) => tableBytes(reader, committed))).toBe(0);
      touchTable(session, made.path, 2);
      end();
    });
    await writing.catch(() => undefined);
    return storage.catalog.find(made.path) as StoredTable;
  };
  const sizes = (entry: StoredTable) =>
    storage.read(async (session) => [
      await countRows(session, entry),
      await tableBytes(session, entry),
    ]);

  test('is unknown to readers of the last commit, and right after its own', async () => {
    expect(await sizes(await measured('committed', () => undefined))).toEqual([3, 16]);
  });

  test('is forgotten where it fails', async () => {
    const fail = () => {
      throw new Error('changed my mind');
    };
    expect(await sizes(await measured('undone', fail))).toEqual([1, 0]);
  });

  test('of tables that it leaves as they are, is known after its commit', async () => {
    const { path } = await makeTable('read', [columns.map(() => ({ sql: 'NULL', bytes: 0 }))]);
    const entry = storage.catalog.find(path) as StoredTable;
    await storage.write((session) => tableBytes(session, entry));
    expect(knownSizes(entry).bytes.get('number')).toBe(0);
  });
});
