import { byName, tablesNamed } from '@tributary/local/bigquery/testing/table-names';

const table = (database: string, schema: string, name: string) => ({ database, schema, name });
const targets = [
  table('p', 'raw', 'orders'),
  table('p', 'shop', 'orders'),
  table('p', 'shop', 'customers'),
  table('q', 'shop', 'customers'),
  table('p', 'shop', 'events'),
];

test('a table goes by the shortest name that no other has', () => {
  const names = byName(targets);
  expect(targets.map(names)).toEqual([
    'raw.orders',
    'shop.orders',
    'p.shop.customers',
    'q.shop.customers',
    'events',
  ]);
});

test('a file may spell a name longer than it must, and not shorter', () => {
  expect(tablesNamed(targets, 'shop.events')).toEqual([targets[4]]);
  expect(tablesNamed(targets, 'orders')).toHaveLength(2);
  expect(tablesNamed(targets, 'raw.orders')).toEqual([targets[0]]);
  expect(tablesNamed(targets, 'ders')).toEqual([]);
});
