import { divideSmall, multiplySmall, whereSmall } from './small-numeric';
import { bindAlways, bindOnce, raise } from './sql-text';

const NUMERIC = { kind: 'NUMERIC' } as const;
const BILLION = 'CAST(1000000000 AS HUGEINT)';

/**
 * Exact NUMERIC product, rounded half away from zero at 9 decimals. The whole parts' products are
 * exact at that scale; only the product of the fractions, below 1, has 18 decimals to round.
 */
export function multiplyNumeric(a: string, b: string): string {
  return bindAlways([a, b], (x = '', y = '') => {
    const fractionOfX = `(${x} - trunc(${x}))`;
    const fractionOfY = `CAST(${y} - trunc(${y}) AS DECIMAL(9,9))`;
    const exact = `(trunc(${x}) * ${y} + ${fractionOfX} * trunc(${y}) + CAST(CAST(${fractionOfX} AS DECIMAL(9,9)) * ${fractionOfY} AS DECIMAL(38,9)))`;
    return whereSmall([x, y], (s = '', t = '') => multiplySmall(s, t, exact), exact);
  });
}

/** A NUMERIC as a HUGEINT count of billionths. */
export function toBillionths(x: string): string {
  return bindOnce(
    [x],
    (v) =>
      `(CAST(trunc(${v}) AS HUGEINT) * ${BILLION} + CAST(CAST(${v} - trunc(${v}) AS DECIMAL(9,9)) * CAST(1000000000 AS DECIMAL(10,0)) AS HUGEINT))`,
  );
}

/** The NUMERIC of a HUGEINT count of billionths; fails beyond 29 whole digits. */
function fromBillionths(x: string): string {
  return `(CAST(${x} AS DECIMAL(38,0)) * CAST(0.000000001 AS DECIMAL(9,9)))`;
}

/**
 * Exact NUMERIC quotient, rounded half away from zero at 9 decimals: whole part and remainder in
 * HUGEINT, then the remainder scaled. Divisors beyond 8e19 overflow, which is an error, and never
 * a wrong number. `zero` is the SQL answered for a zero divisor.
 */
export function divideNumeric(
  a: string,
  b: string,
  zero = raise('division by zero', NUMERIC),
): string {
  return bindAlways([a, b], (x = '', y = '') => {
    const exact = divideBillionths(toBillionths(x), toBillionths(y), zero);
    return whereSmall([x, y], (s = '', t = '') => divideSmall(s, t, zero, exact), exact);
  });
}

/** As `divideNumeric`, for a HUGEINT dividend and divisor of one scale. */
export function divideBillionths(
  a: string,
  b: string,
  zero = raise('division by zero', NUMERIC),
): string {
  return bindAlways([a, b], (n, d) => {
    const fraction = `((abs(${n} % ${d}) * 2 * ${BILLION} + abs(${d})) // (2 * abs(${d})))`;
    const signed = `CASE WHEN (${n} < 0) = (${d} < 0) THEN ${fraction} ELSE -${fraction} END`;
    return `CASE WHEN ${d} = 0 THEN ${zero} ELSE ${fromBillionths(`((${n} // ${d}) * ${BILLION} + ${signed})`)} END`;
  });
}

/** The NUMERIC nearest to a FLOAT64's exact binary value, halves away from zero. */
export function numericFromFloat(x: string): string {
  // A double below 1 and above 2^-31 is a whole multiple of 2^-83; smaller ones round to zero.
  const unit = 'CAST(9671406556917033397649408 AS HUGEINT)';
  return bindOnce([x], (v) => {
    const fraction = `abs(${v} - trunc(${v}))`;
    const billionths = `((CAST(${fraction} * CAST(${unit} AS DOUBLE) AS HUGEINT) * ${BILLION} + ${unit} // 2) // ${unit})`;
    return `(CAST(CAST(trunc(${v}) AS HUGEINT) AS DECIMAL(38,9)) + ${fromBillionths(`CASE WHEN ${v} < 0 THEN -${billionths} ELSE ${billionths} END`)})`;
  });
}
