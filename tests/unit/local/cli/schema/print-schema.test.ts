import { parseType } from '@tributary/local/bigquery/sql/types';
import { findTable, type TableDescription } from '@tributary/local/cli/schema/find-table';
import {
  firstSentence,
  printSchema,
  printTables,
  schemaFields,
} from '@tributary/local/cli/schema/print-schema';

const table: TableDescription = {
  name: 'orders',
  kind: 'table',
  file: 'definitions/orders.sqlx',
  description:
    'One row per order: its last known state, with amounts in its own currency and in the base currency.',
  partitionBy: 'order_date',
  clusterBy: ['order_id'],
  described: new Map([
    ['order_id', 'Order.'],
    ['items', 'What was bought, in the order in which the shop lists it, whatever that is.'],
    ['items.sku', 'Article.'],
  ]),
};
const columns = [
  { name: 'order_id', type: parseType('STRING'), required: true },
  { name: 'items', type: parseType('ARRAY<STRUCT<sku STRING, sizes ARRAY<INT64>>>') },
];

test('fields stand below their column, arrays are REPEATED', () => {
  const printed = printSchema(table, schemaFields(columns, table.described));
  expect(printed).toBe(`orders
One row per order: its last known state, with amounts in its own currency and in
the base currency.
table, definitions/orders.sqlx
partitioned by order_date
clustered by order_id

order_id  STRING REQUIRED  Order.
items     STRUCT REPEATED  What was bought, in the order in which the shop lists
                           it, whatever that is.
  sku     STRING           Article.
  sizes   INT64 REPEATED`);
});

test('what is not described is named', () => {
  const fields = schemaFields(columns, new Map([['items', 'Bought.']]));
  expect(printSchema(table, fields)).toMatch(/\nWithout description: order_id\.$/);
});

test('a source may leave its columns to the models', () => {
  const printed = printSchema({ ...table, kind: 'source' }, schemaFields(columns, new Map()));
  expect(printed).toContain('declares the table without describing its columns');
});

test('all tables are listed with their grain', () => {
  expect(printTables([table])).toBe('orders\n    One row per order.');
  expect(firstSentence('One row per x. More.')).toBe('One row per x.');
  expect(firstSentence('no end')).toBe('no end');
});

test('an unknown table is answered with near names', () => {
  const tables = ['sessions', 'session_events', 'rpt_paths'].map((name) => ({ ...table, name }));
  expect(findTable(tables, 'p.d.Sessions').name).toBe('sessions');
  expect(() => findTable(tables, 'sesions')).toThrow(/no table sesions\. Did you mean sessions\?/);
  expect(() => findTable(tables, 'session')).toThrow(/mean sessions, session_events\?/);
  expect(() => findTable(tables, 'zzz')).toThrow(/no table zzz\. `npx tributary schema` lists/);
});
