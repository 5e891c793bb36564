import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { installRuntime } from '@tributary/local/bigquery/functions';
import { divideNumeric, multiplyNumeric } from '@tributary/local/bigquery/functions/numeric';
import { roundingFunctions } from '@tributary/local/bigquery/functions/rounding';

const BILLION = 1_000_000_000n;

/** Around the borders of what 64 bits hold, of rounding and of sign. */
const VALUES = [
  ['0', '0.000000001', '0.000000005', '0.5', '1', '1.5', '2', '3', '7', '9.999999999'],
  ['31621.776601683', '31622.776601684', '99999', '123456.789012345', '999999998.000000001'],
  ['999999998', '999999999', '999999999.5', '999999999.999999999', '1000000000'],
  ['1000000000.000000001', '2147483648.5', '123456789012.345678901'],
]
  .flat()
  .flatMap((value) => [value, `-${value}`]);

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await installRuntime(connection);
  const list = VALUES.map((value) => `'${value}'`).join(', ');
  await connection.run(
    `CREATE TABLE pairs AS SELECT CAST(x AS DECIMAL(38,9)) AS a, CAST(y AS DECIMAL(38,9)) AS b FROM (SELECT unnest([${list}]) AS x), (SELECT unnest([${list}]) AS y)`,
  );
});
afterAll(() => connection.closeSync());

const billionths = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole) * BILLION + BigInt(fraction.padEnd(9, '0'));
  return text.startsWith('-') ? -size : size;
};

/** n / d, halves away from zero. */
const quotient = (n: bigint, d: bigint): bigint => {
  const [size, by] = [n < 0n ? -n : n, d < 0n ? -d : d];
  const rounded = (2n * size + by) / (2n * by);
  return n < 0n === d < 0n ? rounded : -rounded;
};

const round = (a: bigint, unit: bigint): bigint => quotient(a, unit) * unit;
const cut = (a: bigint, unit: bigint): bigint => (a / unit) * unit;

function rounding(name: string, digits: number): string {
  const mapping = roundingFunctions.find((one) => one.name === name);
  const types = [{ kind: 'NUMERIC' }, { kind: 'INT64' }] as const;
  const constants = [undefined, digits];
  const call = { args: ['a', String(digits)], argTypes: types, constants, type: types[0] };
  return mapping?.compile(call) ?? '';
}

const OPERATIONS: readonly [string, string, (a: bigint, b: bigint) => bigint][] = [
  ['a * b', multiplyNumeric('a', 'b'), (a, b) => quotient(a * b, BILLION)],
  ['a / b', divideNumeric('a', 'b', '0'), (a, b) => (b === 0n ? 0n : quotient(a * BILLION, b))],
  ['ROUND(a)', rounding('round', 0), (a) => round(a, BILLION)],
  ['ROUND(a, 8)', rounding('round', 8), (a) => round(a, 10n)],
  ['ROUND(a, -2)', rounding('round', -2), (a) => round(a, 100n * BILLION)],
  ['TRUNC(a)', rounding('trunc', 0), (a) => cut(a, BILLION)],
  ['TRUNC(a, 8)', rounding('trunc', 8), (a) => cut(a, 10n)],
];

test.each(OPERATIONS)('%s is exact, in 64 bits and beyond', async (_, sql, exact) => {
  const reader = await connection.runAndReadAll(
    `SELECT a::VARCHAR, b::VARCHAR, (${sql})::VARCHAR FROM pairs`,
  );
  const rows = reader.getRows().map((row) => row.map((text) => billionths(String(text))));
  const wrong = rows.filter(([a = 0n, b = 0n, got]) => got !== exact(a, b));
  expect(wrong).toEqual([]);
  expect(rows).toHaveLength(VALUES.length ** 2);
});
