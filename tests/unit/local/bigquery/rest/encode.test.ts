import {
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
} from '@duckdb/node-api';
import { encodeDecimal, encodePage, encodeRows } from '@tributary/local/bigquery/rest/encode';
import { parseType } from '@tributary/local/bigquery/sql/types';
import fc from 'fast-check';

const column = (type: string) => ({ name: 'c', type: parseType(type) });
const int64 = { useInt64Timestamp: true };

test('NUMERIC is exact and has no trailing zeros', () => {
  const numeric = (value: bigint) => encodeDecimal({ value, scale: 9 });
  expect(numeric(12_500_000_000n)).toBe('12.5');
  expect(numeric(-1n)).toBe('-0.000000001');
  expect(numeric(0n)).toBe('0');
  expect(numeric(3_000_000_000n)).toBe('3');
});

test('any NUMERIC reads back as itself', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 37n), 10n ** 37n), (value) => {
      const [whole = '', fraction = ''] = encodeDecimal({ value, scale: 9 }).split('.');
      const digits = BigInt(whole.replace('-', '') + fraction.padEnd(9, '0'));
      expect(whole.startsWith('-') ? -digits : digits).toBe(value);
    }),
  );
});

test('TIMESTAMP is whole microseconds or seconds, as asked', () => {
  const values = [[new DuckDBTimestampTZValue(1_500_000n)]];
  expect(encodeRows([column('TIMESTAMP')], values, int64)).toEqual([{ f: [{ v: '1500000' }] }]);
  expect(encodeRows([column('TIMESTAMP')], values, { useInt64Timestamp: false })).toEqual([
    { f: [{ v: '1.5' }] },
  ]);
});

test('fractions of seconds have six digits, as BigQuery writes them', () => {
  const values = [[new DuckDBTimeValue(3_723_500_000n)], [new DuckDBTimestampValue(1_500_000n)]];
  expect(encodeRows([column('TIME'), column('DATETIME')], values, int64)).toEqual([
    { f: [{ v: '01:02:03.500000' }, { v: '1970-01-01T00:00:01.500000' }] },
  ]);
  expect(encodeRows([column('TIME')], [[new DuckDBTimeValue(0n)]], int64)).toEqual([
    { f: [{ v: '00:00:00' }] },
  ]);
});

test('nested values are wrapped, NULL arrays are empty', () => {
  const type = column('ARRAY<STRUCT<n NUMERIC, tags ARRAY<STRING>>>');
  const item = new DuckDBStructValue({ n: new DuckDBDecimalValue(1n, 38, 9), tags: null });
  const rows = encodeRows([type], [[new DuckDBListValue([item]), null]], int64);
  expect(rows).toEqual([
    { f: [{ v: [{ v: { f: [{ v: '0.000000001' }, { v: [] }] } }] }] },
    { f: [{ v: [] }] },
  ]);
});

test.each([
  [1, '1.0'],
  [0.1, '0.1'],
  [-0, '-0.0'],
  [1e300, '1e+300'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
])('FLOAT64 %d', (value, text) => {
  expect(encodeRows([column('FLOAT64')], [[value]], int64)).toEqual([{ f: [{ v: text }] }]);
});

test('a page ends with the row that fills it, and has at least one', async () => {
  const values = [['a'.repeat(100), 'b', 'c']];
  expect(await encodePage([column('STRING')], values, int64, 50)).toHaveLength(1);
  expect(await encodePage([column('STRING')], values, int64, 115)).toHaveLength(2);
});

test('a page of wide rows leaves time for other clients', async () => {
  const values = [Array.from({ length: 40 }, () => 'a'.repeat(100_000))];
  let isDone = false;
  const page = encodePage([column('STRING')], values, int64, 1e9).then(() => {
    isDone = true;
  });
  for (let turn = 0; turn < 5; turn++) {
    await new Promise(setImmediate);
    expect(isDone).toBe(false);
  }
  await page;
});
