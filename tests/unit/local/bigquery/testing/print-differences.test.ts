import type { RowDifference } from '@tributary/local/bigquery/testing/compare-rows';
import { printDifferences } from '@tributary/local/bigquery/testing/print-differences';

const print = (differences: readonly RowDifference[], key: readonly string[] = ['order_id']) =>
  printDifferences(key, differences, { width: 76, limit: 3 });

const value = (key: string, expected: string, actual: string): RowDifference => ({
  kind: 'value',
  key: [key],
  column: 'amount',
  expected,
  actual,
});

test('values, missing rows and unexpected rows stand in one table', () => {
  const differences: RowDifference[] = [
    value('o1', '12.5', '12.4'),
    { kind: 'missing', key: ['o2'], row: 'amount: 3, status: paid' },
    { kind: 'unexpected', key: ['o3'], row: 'amount: 4, status: open' },
  ];
  expect(print(differences)).toEqual([
    'order_id  column  expected                 actual',
    '--------  ------  -----------------------  -----------------------',
    'o1        amount  12.5                     12.4',
    'o2        (row)   amount: 3, status: paid  missing',
    'o3        (row)   no row                   amount: 4, status: open',
  ]);
});

test('a key of several columns, and a row that is nothing but its key', () => {
  const missing: RowDifference = { kind: 'missing', key: ['2026-01-01', 'shop'], row: '' };
  expect(print([missing], ['day', 'site_id'])).toEqual([
    'day, site_id      column  expected  actual',
    '----------------  ------  --------  -------',
    '2026-01-01, shop  (row)   this row  missing',
  ]);
});

test('of many differences the rest is counted', () => {
  const many = ['a', 'b', 'c', 'd', 'e'].map((key) => value(key, '1', '2'));
  expect(print(many).at(-1)).toBe('and 2 more');
  expect(print(many)).toHaveLength(2 + 3 + 1);
});

test('long values are cut so that what differs can be seen, and no line is too wide', () => {
  const same = 'https://shop.example/a-very-long-path/that-both-values/begin-with';
  const lines = print([value('o1', `${same}/first`, `${same}/second`)]);
  expect(lines).toEqual([
    'order_id  column  expected                      actual',
    '--------  ------  ----------------------------  ----------------------------',
    'o1        amount  …oth-values/begin-with/first  …th-values/begin-with/second',
  ]);
  expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(76);
});

test('a value that is short leaves its room to the long one', () => {
  const [, , line] = print([value('o1', 'NULL', 'x'.repeat(100))]);
  expect([...(line ?? '')]).toHaveLength(76);
  expect(line).toMatch(/^o1 {8}amount {2}NULL {6}x{47}…$/);
});
