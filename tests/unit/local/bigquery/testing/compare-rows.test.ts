import type { WireValue } from '@tributary/local/bigquery/rest/encode';
import { parseType } from '@tributary/local/bigquery/sql/types';
import { chooseKey, compareRows } from '@tributary/local/bigquery/testing/compare-rows';

const columns = [
  { name: 'id', type: parseType('STRING') },
  { name: 'share', type: parseType('FLOAT64') },
];
const comparison = { columns, key: ['id'], tolerance: 1e-9 };
const row = (id: string, share: WireValue) =>
  new Map([
    ['id', id],
    ['share', share],
  ]);

test('order and tiny differences of floats do not count', () => {
  const expected = [row('a', '0.1'), row('b', '0.2')];
  const actual = [row('b', '0.2'), row('a', '0.1000000000001')];
  expect(compareRows(comparison, expected, actual)).toEqual([]);
});

test('the tolerance is a share of the size, and holds within arrays', () => {
  const lists = [{ name: 'share', type: parseType('ARRAY<FLOAT64>') }];
  const list = (...values: string[]) => new Map([['share', values.map((v) => ({ v }))]]);
  const compare = (tolerance: number) =>
    compareRows({ columns: lists, key: [], tolerance }, [list('2000', '1')], [list('2001', '1')]);
  expect(compare(1e-3)).toEqual([]);
  expect(compare(1e-4)).toHaveLength(1);
});

test('a difference is of a value, or of a whole row', () => {
  const expected = [row('a', '0.1'), row('b', null), row('c', '1.0')];
  const actual = [row('a', '0.1'), row('a', '0.1'), row('b', '0.2'), row('d', '1.0')];
  expect(compareRows(comparison, expected, actual)).toEqual([
    { kind: 'unexpected', key: ['a'], row: 'share: 0.1' },
    { kind: 'value', key: ['b'], column: 'share', expected: 'NULL', actual: '0.2' },
    { kind: 'missing', key: ['c'], row: 'share: 1.0' },
    { kind: 'unexpected', key: ['d'], row: 'share: 1.0' },
  ]);
});

test('repeated rows count', () => {
  const twice = [row('a', '1'), row('a', '1')];
  expect(compareRows(comparison, twice, twice.slice(1))).toEqual([
    { kind: 'missing', key: ['a'], row: 'share: 1' },
  ]);
});

test('NULL and the text NULL are told apart', () => {
  const names = { columns: columns.slice(0, 1), key: [] };
  const [difference] = compareRows(names, [new Map([['id', null]])], [new Map([['id', 'NULL']])]);
  expect(difference).toMatchObject({ expected: 'NULL', actual: "'NULL'" });
});

test('the key is as short as it can be', () => {
  expect(chooseKey(['id', 'share'], [row('a', '1'), row('b', '1')])).toEqual(['id']);
  expect(chooseKey(['id', 'share'], [row('a', '1'), row('a', '2')])).toEqual(['id', 'share']);
});
