import { parseType } from '@tributary/local/bigquery/sql/types';
import { chooseKey, compareRows } from '@tributary/local/bigquery/testing/compare-rows';

const columns = [
  { name: 'id', type: parseType('STRING') },
  { name: 'share', type: parseType('FLOAT64') },
];
const row = (id: string, share: string | null) =>
  new Map([
    ['id', id],
    ['share', share],
  ]);

test('order and tiny differences of floats do not count', () => {
  const expected = [row('a', '0.1'), row('b', '0.2')];
  const actual = [row('b', '0.2'), row('a', '0.1000000000001')];
  expect(compareRows(columns, ['id'], expected, actual)).toEqual([]);
});

test('each difference is a line that begins with the key', () => {
  const expected = [row('a', '0.1'), row('b', null), row('c', '1.0')];
  const actual = [row('a', '0.1'), row('a', '0.1'), row('b', '0.2'), row('d', '1.0')];
  expect(compareRows(columns, ['id'], expected, actual)).toEqual([
    'id a: not expected, found {id: a, share: 0.1}',
    'id b: share expected NULL, found 0.2',
    'id c: missing, expected {id: c, share: 1.0}',
    'id d: not expected, found {id: d, share: 1.0}',
  ]);
});

test('the key is as short as it can be', () => {
  expect(chooseKey(['id', 'share'], [row('a', '1'), row('b', '1')])).toEqual(['id']);
  expect(chooseKey(['id', 'share'], [row('a', '1'), row('a', '2')])).toEqual(['id', 'share']);
});
