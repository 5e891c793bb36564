import { equalValues } from '@tributary/local/bigquery/functions/proof/equal-values';
import type { SqlValue } from '@tributary/local/bigquery/sql/analyzer';
import type { GoogleSqlType } from '@tributary/local/bigquery/sql/types';

const FLOAT: GoogleSqlType = { kind: 'FLOAT64' };
const INT: GoogleSqlType = { kind: 'INT64' };
const PAIR: GoogleSqlType = {
  kind: 'STRUCT',
  fields: [
    { name: 'a', type: INT },
    { name: 'b', type: { kind: 'ARRAY', element: FLOAT } },
  ],
};

describe('equalValues', () => {
  it.each<[SqlValue, SqlValue, GoogleSqlType]>([
    [null, null, INT],
    [1n, 1n, INT],
    [0.1 + 0.2, 0.3, FLOAT],
    [Number.NaN, Number.NaN, FLOAT],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, FLOAT],
    [null, [], { kind: 'ARRAY', element: INT }],
    ['{"b":1,"a":2}', '{"a": 2, "b": 1}', { kind: 'JSON' }],
    [Uint8Array.of(1, 255), Uint8Array.of(1, 255), { kind: 'BYTES' }],
    [{ a: 1n, b: [0.5] }, { a: 1n, b: [0.5] }, PAIR],
  ])('%p equals %p', (a, b, type) => {
    expect(equalValues(a, b, type)).toBe(true);
  });

  it.each<[SqlValue, SqlValue, GoogleSqlType]>([
    [null, 0n, INT],
    [1n, 2n, INT],
    [1, 1 + 1e-11, FLOAT],
    [Number.NaN, 0, FLOAT],
    [Number.POSITIVE_INFINITY, 1e308, FLOAT],
    ['', null, { kind: 'STRING' }],
    ['a', 'A', { kind: 'STRING' }],
    [[1n], [1n, 2n], { kind: 'ARRAY', element: INT }],
    [Uint8Array.of(1), Uint8Array.of(2), { kind: 'BYTES' }],
    [{ a: 1n, b: [0.5] }, { a: 1n, b: [0.6] }, PAIR],
  ])('%p differs from %p', (a, b, type) => {
    expect(equalValues(a, b, type)).toBe(false);
  });
});
