import { each, scalar } from './entry';
import { FLOATS, floatOnly, guarded, plain, unbounded } from './float-functions';
import type { FunctionMapping } from './mapping';

/** DuckDB fails on infinity, GoogleSQL answers NaN. */
const angle = (name: string): FunctionMapping =>
  scalar(
    name,
    `${name.toUpperCase()}(x)`,
    floatOnly(
      name.toUpperCase(),
      (x) => `CASE WHEN isinf(${x}) THEN CAST('nan' AS DOUBLE) ELSE ${name}(${x}) END`,
    ),
    [
      each(`${name.toUpperCase()}(x)`, '[NULL, 0.0, 0.5, -0.5, 3.0]'),
      `${name.toUpperCase()}(CAST('nan' AS FLOAT64))`,
      `${name.toUpperCase()}(CAST('inf' AS FLOAT64))`,
    ],
  );

export const trigonometricFunctions: readonly FunctionMapping[] = [
  scalar(
    'acos',
    'ACOS(x)',
    floatOnly(
      'ACOS',
      guarded(
        (x) => `abs(${x}) > 1 AND NOT isnan(${x})`,
        'ACOS beyond 1',
        (x) => `acos(${x})`,
      ),
    ),
    [each('ACOS(x)', '[NULL, 0.0, 1.0, -1.0, 0.3]'), 'ACOS(2)'],
  ),
  scalar(
    'asin',
    'ASIN(x)',
    floatOnly(
      'ASIN',
      guarded(
        (x) => `abs(${x}) > 1 AND NOT isnan(${x})`,
        'ASIN beyond 1',
        (x) => `asin(${x})`,
      ),
    ),
    [each('ASIN(x)', '[NULL, 0.0, 1.0, -1.0, 0.3]'), 'ASIN(2)'],
  ),
  scalar(
    'sinh',
    'SINH(x)',
    unbounded('SINH', (x) => `sinh(${x})`),
    [each('SINH(x)', '[NULL, 0.0, 1.0, -1.0]'), 'SINH(1000)'],
  ),
  scalar(
    'cosh',
    'COSH(x)',
    unbounded('COSH', (x) => `cosh(${x})`),
    [each('COSH(x)', '[NULL, 0.0, 1.0, -1.0]'), 'COSH(1000)'],
  ),
  scalar(
    'atan2',
    'ATAN2(y, x)',
    floatOnly('ATAN2', (y, x) => `atan2(${y}, ${x})`),
    [each('ATAN2(x, -1.5)', FLOATS), 'ATAN2(0, 0)', 'ATAN2(-1, 0)'],
  ),
  angle('sin'),
  angle('cos'),
  angle('tan'),
  plain('atan', FLOATS),
  plain('tanh', FLOATS),
  plain('asinh', '[NULL, 0.0, 0.5, -3.0]'),
];
