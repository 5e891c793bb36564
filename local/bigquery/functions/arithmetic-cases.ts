// Numbers on which arithmetic is proven.

export const INTS = '[NULL, 0, 1, -7, 9223372036854775807, -9223372036854775807]';
export const FLOATS =
  "[NULL, 0.0, 1.5, -7.25, 1e300, CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64)]";
export const NUMERICS =
  "[NULL, NUMERIC '0', NUMERIC '0.000000001', NUMERIC '-1.5', NUMERIC '123456789.987654321', NUMERIC '-0.333333333']";

/** Finite results at the very end of the range, results beyond it, and infinities that are given. */
export function overflowCases(operator: string): readonly string[] {
  const end = '1.7976931348623157e308';
  const infinity = "CAST('inf' AS FLOAT64)";
  const pairs: readonly (readonly [string, string])[] = [
    [end, '1.0'],
    [`-${end}`, '1.0'],
    [end, `-${end}`],
    [`-${end}`, end],
    [end, end],
    [end, '1e-10'],
    [infinity, end],
    [end, infinity],
    [infinity, '2.0'],
    ['1e200', '1e-200'],
  ];
  return pairs.flatMap(([a, b]) => [
    `${a} ${operator} ${b}`,
    `(SELECT x ${operator} y FROM (SELECT ${a} AS x, ${b} AS y))`,
  ]);
}
