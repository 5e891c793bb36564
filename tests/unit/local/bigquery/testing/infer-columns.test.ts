import { printType } from '@tributary/local/bigquery/sql/types';
import { inferColumns } from '@tributary/local/bigquery/testing/infer-columns';

const infer = (file: string, ...rows: readonly Readonly<Record<string, unknown>>[]) =>
  Object.fromEntries(
    inferColumns('orders', [{ file, rows }]).map(({ name, type }) => [name, printType(type)]),
  );

test('types of YAML values', () => {
  const row = {
    id: 1,
    share: 0.5,
    paid: true,
    day: '2026-01-01',
    at: '2026-01-01 10:00:00',
    zoned: '2026-01-01T10:00:00.5Z',
    name: '12',
    tags: ['a'],
    items: [{ sku: 'a', count: 2 }],
    empty: null,
  };
  expect(infer('orders.yaml', row)).toEqual({
    id: 'INT64',
    share: 'FLOAT64',
    paid: 'BOOL',
    day: 'DATE',
    at: 'TIMESTAMP',
    zoned: 'TIMESTAMP',
    name: 'STRING',
    tags: 'ARRAY<STRING>',
    items: 'ARRAY<STRUCT<sku STRING, count INT64>>',
    empty: 'STRING',
  });
});

test('types of CSV cells; a code with a leading zero is no number', () => {
  const row = { id: '12', code: '007', share: '0.50', paid: 'true', day: '2026-01-01', name: 'x' };
  expect(infer('orders.csv', row)).toEqual({
    id: 'INT64',
    code: 'STRING',
    share: 'FLOAT64',
    paid: 'BOOL',
    day: 'DATE',
    name: 'STRING',
  });
});

test('NULL says nothing, and a whole number among others is a FLOAT64', () => {
  expect(infer('orders.yaml', { a: null, b: 1 }, { a: 1, b: 0.5 }, { c: 'x' })).toEqual({
    a: 'INT64',
    b: 'FLOAT64',
    c: 'STRING',
  });
});

test('types that contradict each other are refused with both files', () => {
  const files = [
    { file: 'one.yaml', rows: [{ id: 1 }] },
    { file: 'two.yaml', rows: [{ id: 'x' }] },
  ];
  expect(() => inferColumns('orders', files)).toThrow(
    'orders.id is INT64 in one.yaml and STRING in two.yaml: say its type in tests/schemas/orders.yaml.',
  );
});
