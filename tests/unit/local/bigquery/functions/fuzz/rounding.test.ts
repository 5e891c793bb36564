import { roundingOf } from '@tributary/local/bigquery/functions/fuzz/rounding';

/** Answers of both engines to calls that the fuzzer drew, and which are right. */
test.each([
  ['avg', '[(-9223372036854775807-1), 9223372036854775807, 10, 2]', 3, 2.75],
  ['avg', '[-2147483649, 0, 2147483648]', -0.33333333337213844, -0.3333333333333333],
  ['sum', '[-2.5, 1e-300, 2.5, -2.5]', 1e-300, 0],
  ['percentile_cont', '(x, 0.5) [5e-324, 5e-324]', 5e-324, 0],
  ['stddev', '[0.0, 1e-300]', 7.071067811865475e-301, 0],
  ['covar_pop', '[(1e-7, 2.5), (1e15, 0), (0, -2.5)]', 0, 0.08333333333333333],
  ['corr', '[(0.5, 9223372036854775807.0), (1.0, 0.1)]', -1.163392425e-14, -1.165608339e-14],
])('%s of %s may be %p and %p', (name, expression, a, b) => {
  expect(roundingOf(name, expression)).toBeGreaterThanOrEqual(Math.abs(a - b));
});

test.each([
  ['avg', '[1, 2, 4]', 2.3333333333, 2.3333333334],
  ['corr', '[(1, 5), (2, 7), (3, 1)]', -0.65465367, -0.65465368],
  ['safe_divide', '(1e18, 3)', 1e18 / 3, 1e18 / 3 + 1e3],
])('%s of %s may not be %p and %p', (name, expression, a, b) => {
  expect(roundingOf(name, expression)).toBeLessThan(Math.abs(a - b));
});
