/** Functions that add up FLOAT64s: values, their squares or products; CORR is a quotient of those. */
const DEGREES: Readonly<Record<string, number>> = {
  sum: 1,
  avg: 1,
  percentile_cont: 1,
  stddev: 1,
  stddev_samp: 1,
  stddev_pop: 1,
  variance: 2,
  var_samp: 2,
  var_pop: 2,
  covar_pop: 2,
  covar_samp: 2,
  corr: 0,
};
const ROUNDING = 1e-14;
/** Values whose squares are 0, or next to it. */
const SQUARES_VANISH = 1e-150;

/**
 * What two right answers to a call may differ by, besides their last digits: each engine adds in its own
 * order and way, which is right to the last digits of what is added, and where that cancels out they
 * are all that is left. The average of -2^63, 2^63 - 1, 10 and 2 is 3 to the reference engine, whose mean
 * goes from row to row in FLOAT64, and 2.75 to DuckDB (and on paper).
 */
export function roundingOf(name: string, expression: string): number {
  const degree = DEGREES[name];
  if (degree === undefined) return 0;
  const literals = expression.match(/\d+(\.\d+)?(e[+-]?\d+)?/g) ?? [];
  const greatest = literals.reduce((most, text) => Math.max(most, Number(text)), 0);
  return Math.max(SQUARES_VANISH, ROUNDING * greatest ** degree);
}
