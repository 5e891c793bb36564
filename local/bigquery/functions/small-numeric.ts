import { bindAlways } from './sql-text';

const BILLION = 'CAST(1000000000 AS BIGINT)';

/**
 * NUMERIC below a billion in 64 bits, where DuckDB divides about 30 times as fast as in 128: a
 * quotient by a count takes 0.3 µs instead of 5.6, a product 0.3 instead of 1.7 (a million rows,
 * one core). `small` is given the values as DECIMAL(18,9); NULLs and larger values get `large`.
 */
export function whereSmall(
  values: readonly string[],
  small: (...values: string[]) => string,
  large: string,
): string {
  const narrow = values.map((value) => `TRY_CAST(${value} AS DECIMAL(18,9))`);
  return bindAlways(narrow, (...names) => {
    const isLarge = names.map((name) => `${name} IS NULL`).join(' OR ');
    return `CASE WHEN ${isLarge} THEN ${large} ELSE ${small(...names)} END`;
  });
}

/**
 * The exact product of two small values, or `large` where it may reach a billion. Wholes and
 * fractions are multiplied apart; only the product of the fractions is rounded, half away from
 * zero. Both parts of a value have its sign, so that no sum of theirs crosses zero.
 */
export function multiplySmall(x: string, y: string, large: string): string {
  const parts = [whole(x), fraction(x), whole(y), fraction(y)];
  return bindAlways(parts, (a = '', f = '', b = '', g = '') => {
    const half = `CASE WHEN ${f} * ${g} < 0 THEN -500000000 ELSE 500000000 END`;
    const product = `(${a} * ${b} * ${BILLION} + ${a} * ${g} + ${f} * ${b} + (${f} * ${g} + ${half}) // ${BILLION})`;
    return `CASE WHEN (abs(${a}) + 1) * (abs(${b}) + 1) > 999999999 THEN ${large} ELSE ${fromSmallBillionths(product)} END`;
  });
}

/** The quotient of two small values, half away from zero, or `large` where the divisor has a fraction. */
export function divideSmall(x: string, y: string, zero: string, large: string): string {
  const billionths = `(${whole(x)} * ${BILLION} + ${fraction(x)})`;
  return bindAlways([billionths, whole(y), fraction(y)], (n = '', d = '', rest = '') => {
    const away = `CASE WHEN 2 * abs(${n} % ${d}) < abs(${d}) THEN 0 WHEN (${n} < 0) = (${d} < 0) THEN 1 ELSE -1 END`;
    const quotient = fromSmallBillionths(`(${n} // ${d} + ${away})`);
    return `CASE WHEN ${rest} <> 0 THEN ${large} WHEN ${d} = 0 THEN ${zero} ELSE ${quotient} END`;
  });
}

/** The whole part of a DECIMAL(18,9) as BIGINT. */
function whole(x: string): string {
  return `CAST(trunc(${x}) AS BIGINT)`;
}

/** Its fraction in billionths, with its sign. */
function fraction(x: string): string {
  return `CAST((${x} - trunc(${x})) * CAST(1000000000 AS DECIMAL(10,0)) AS BIGINT)`;
}

/** The NUMERIC of a BIGINT count of billionths, below 10^18. */
function fromSmallBillionths(count: string): string {
  return bindAlways([count], (n = '') => {
    const fractions = `CAST(${n} % ${BILLION} AS DECIMAL(9,0)) * CAST(0.000000001 AS DECIMAL(9,9))`;
    return `CAST(CAST(${n} // ${BILLION} AS DECIMAL(18,9)) + ${fractions} AS DECIMAL(38,9))`;
  });
}
