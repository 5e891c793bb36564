import { each, scalar } from './entry';
import { FLOATS, floatOnly, guarded, plain, unbounded } from './float-functions';
import type { FunctionMapping } from './mapping';
import { raise } from './sql-text';

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

/** One over another function; fails where that is zero, NaN for infinity. */
const reciprocal = (name: string, of: string): FunctionMapping =>
  scalar(
    name,
    `${name.toUpperCase()}(x)`,
    floatOnly(name.toUpperCase(), (x) => {
      const infinite =
        of === 'sin' || of === 'cos' || of === 'tan' ? "CAST('nan' AS DOUBLE)" : `1 / ${of}(${x})`;
      return `CASE WHEN ${of}(0) = 0 AND abs(${x}) < 1e-308 THEN ${raise(`${name.toUpperCase()} of a number too near to zero`, { kind: 'FLOAT64' })} WHEN isinf(${x}) THEN ${infinite} ELSE 1 / ${of}(${x}) END`;
    }),
    [
      each(
        `${name.toUpperCase()}(x)`,
        "[NULL, 0.5, -0.5, 3.0, 100.0, CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64), CAST('-inf' AS FLOAT64)]",
      ),
      `${name.toUpperCase()}(0)`,
    ],
  );

const NAN = "CAST('nan' AS DOUBLE)";
const INFINITE = "[CAST('-inf' AS FLOAT64), CAST('inf' AS FLOAT64)]";

export const trigonometricFunctions: readonly FunctionMapping[] = [
  reciprocal('sec', 'cos'),
  reciprocal('csc', 'sin'),
  reciprocal('cot', 'tan'),
  reciprocal('sech', 'cosh'),
  reciprocal('csch', 'sinh'),
  reciprocal('coth', 'tanh'),
  scalar(
    'acosh',
    'ACOSH(x)',
    floatOnly(
      'ACOSH',
      guarded(
        (x) => `${x} < 1 AND isfinite(${x})`,
        'ACOSH below 1',
        (x) => `CASE WHEN ${x} < 1 THEN ${NAN} ELSE acosh(${x}) END`,
      ),
    ),
    [
      each('ACOSH(x)', "[NULL, 1.0, 1.5, 1e10, CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64)]"),
      'ACOSH(0.5)',
      "ACOSH(CAST('-inf' AS FLOAT64))",
    ],
  ),
  scalar(
    'atanh',
    'ATANH(x)',
    floatOnly(
      'ATANH',
      guarded(
        (x) => `abs(${x}) >= 1 AND isfinite(${x})`,
        'ATANH from 1 on',
        (x) => `CASE WHEN isinf(${x}) THEN ${NAN} ELSE atanh(${x}) END`,
      ),
    ),
    [
      each('ATANH(x)', "[NULL, 0.0, 0.5, -0.9, CAST('nan' AS FLOAT64)]"),
      'ATANH(1)',
      'ATANH(-2)',
      each('ATANH(x)', INFINITE),
    ],
  ),
  scalar(
    'acos',
    'ACOS(x)',
    floatOnly(
      'ACOS',
      guarded(
        (x) => `abs(${x}) > 1 AND isfinite(${x})`,
        'ACOS beyond 1',
        (x) => `CASE WHEN isinf(${x}) THEN ${NAN} ELSE acos(${x}) END`,
      ),
    ),
    [each('ACOS(x)', '[NULL, 0.0, 1.0, -1.0, 0.3]'), 'ACOS(2)', each('ACOS(x)', INFINITE)],
  ),
  scalar(
    'asin',
    'ASIN(x)',
    floatOnly(
      'ASIN',
      guarded(
        (x) => `abs(${x}) > 1 AND isfinite(${x})`,
        'ASIN beyond 1',
        (x) => `CASE WHEN isinf(${x}) THEN ${NAN} ELSE asin(${x}) END`,
      ),
    ),
    [each('ASIN(x)', '[NULL, 0.0, 1.0, -1.0, 0.3]'), 'ASIN(2)', each('ASIN(x)', INFINITE)],
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
