import { parseType } from '@tributary/local/bigquery/sql/types';
import type { SqlRow } from '@tributary/local/bigquery/testing/proof/linked-columns';
import { rowDifferences } from '@tributary/local/bigquery/testing/proof/row-difference';

const columns = [
  { name: 'id', type: parseType('STRING') },
  { name: 'n', type: parseType('INT64') },
  { name: 'x', type: parseType('FLOAT64') },
  { name: 'list', type: parseType('ARRAY<FLOAT64>') },
];
const row = (id: string, n: bigint, x: number, list: number[] | null = []): SqlRow => ({
  id,
  n,
  x,
  list,
});
const compare = (left: SqlRow[], right: SqlRow[], key: string[] = []) =>
  rowDifferences({ columns, rows: left }, { columns, rows: right }, key);

test('order does not count, last bits of FLOAT64 neither, NULL arrays are empty', () => {
  const left = [row('a', 1n, 0.1 + 0.2), row('b', 2n, 5, null), row('b', 2n, 4)];
  const right = [row('b', 2n, 4), row('b', 2n, 5, []), row('a', 1n, 0.3)];
  expect(compare(left, right)).toEqual([]);
  expect(compare(left, right, ['id'])).toEqual([]);
});

test('a changed value is told by its key', () => {
  expect(compare([row('a', 1n, 1)], [row('a', 2n, 1)], ['id'])).toEqual([
    '"a": n is 1, in DuckDB 2',
  ]);
  expect(compare([row('a', 1n, 1)], [row('a', 1n, 1.00001)])).toEqual([
    'x is 1, in DuckDB 1.00001',
  ]);
});

test('repeated rows count', () => {
  const [only] = compare([row('a', 1n, 1), row('a', 1n, 1)], [row('a', 1n, 1)]);
  expect(only).toBe('only in the reference: {id "a", n 1, x 1, list []}');
});

test('NaN is refused, even on both sides, and within arrays', () => {
  expect(compare([row('a', 1n, Number.NaN)], [row('a', 1n, Number.NaN)])[0]).toMatch(
    /^x has values/,
  );
  const infinite = row('a', 1n, 1, [Number.POSITIVE_INFINITY]);
  expect(compare([infinite], [infinite])[0]).toMatch(/^list has values/);
});

test('other columns are a difference, and long lists end with their number', () => {
  const other = columns.slice(0, 2);
  expect(rowDifferences({ columns, rows: [] }, { columns: other, rows: [] })).toHaveLength(1);
  const many = Array.from({ length: 20 }, (_, index) => row(`r${index}`, 0n, 0));
  expect(compare(many, []).at(-1)).toBe('and 15 more differences');
});
