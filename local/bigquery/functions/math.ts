import { each, fixed, kindOf, scalar } from './entry';
import { FLOATS, floatOnly, guarded, NUMERICS, plain, unbounded } from './float-functions';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';

const NAN = "CAST('nan' AS DOUBLE)";

/** Logarithms: of minus infinity no number. */
const positive = (name: string, build: (x: string) => string) =>
  floatOnly(
    name,
    guarded(
      (x = '') => `${x} <= 0 AND isfinite(${x})`,
      `${name} of a number that is not positive`,
      (x = '') => `CASE WHEN ${x} < 0 THEN ${NAN} ELSE ${build(x)} END`,
    ),
  );

function power(...[x = '', y = '']: string[]): string {
  const failure = `${x} = 0 AND ${y} < 0 AND isfinite(${y}) OR ${x} < 0 AND isfinite(${x}) AND isfinite(${y}) AND ${y} <> trunc(${y})`;
  const overflow = `isfinite(${x}) AND isfinite(${y}) AND isinf(pow(${x}, ${y}))`;
  return `CASE WHEN ${failure} OR ${overflow} THEN ${raise('POW is not defined for these arguments', { kind: 'FLOAT64' })} ELSE pow(${x}, ${y}) END`;
}

function rangeBucket(call: FunctionCall): string {
  const fail = (what: string): string => raise(`RANGE_BUCKET with ${what}`, { kind: 'INT64' });
  return bindOnce(call.args, (x = '', list = '') => {
    const floats = kindOf(call) === 'FLOAT64';
    const noPoint = floats ? `${x} IS NULL OR isnan(${x})` : `${x} IS NULL`;
    const noNumber = floats
      ? ` WHEN isnan(list_max(${list})) THEN ${fail('a boundary that is not a number')}`
      : '';
    return `CASE WHEN ${noPoint} OR ${list} IS NULL THEN NULL WHEN len(${list}) > list_count(${list}) THEN ${fail('a NULL boundary')} WHEN ${list} <> list_sort(${list}) THEN ${fail('boundaries out of order')}${noNumber} ELSE len(list_filter(${list}, lambda edge: edge <= ${x})) END`;
  });
}

const powCases = (name: string) => [
  each(`${name}(x, 2)`, FLOATS),
  each(`${name}(2, x)`, '[NULL, 0.0, 0.5, -2.0, 1023.0]'),
  `${name}(10, -3)`,
  `${name}(0, -1)`,
  `${name}(0, CAST('-inf' AS FLOAT64))`,
  `${name}(-8, 0.5)`,
  `${name}(-8, 3)`,
  `${name}(10, 400)`,
];

const INFINITE = "[CAST('-inf' AS FLOAT64), CAST('inf' AS FLOAT64), CAST('nan' AS FLOAT64)]";

export const mathFunctions: readonly FunctionMapping[] = [
  scalar(
    'abs',
    'ABS(x)',
    fixed((x) => `abs(${x})`),
    [
      each('ABS(x)', '[NULL, 0, -5, 5, -9223372036854775807]'),
      'ABS(-9223372036854775807 - 1)',
      each('ABS(x)', FLOATS),
      each('ABS(x)', NUMERICS),
    ],
  ),
  scalar(
    'sign',
    'SIGN(x)',
    (call) =>
      call.type.kind === 'FLOAT64'
        ? bindOnce(
            call.args,
            (x) => `CASE WHEN isnan(${x}) THEN ${x} ELSE CAST(sign(${x}) AS DOUBLE) END`,
          )
        : `CAST(sign(${call.args[0]}) AS ${call.type.kind === 'NUMERIC' ? 'DECIMAL(38,9)' : 'BIGINT'})`,
    [each('SIGN(x)', '[NULL, 0, -5, 5]'), each('SIGN(x)', FLOATS), each('SIGN(x)', NUMERICS)],
  ),
  scalar(
    'sqrt',
    'SQRT(x)',
    floatOnly(
      'SQRT',
      guarded(
        (x) => `${x} < 0`,
        'SQRT of a negative number',
        (x) => `sqrt(${x})`,
      ),
    ),
    [
      each('SQRT(x)', "[NULL, 0.0, 2.0, 1e300, CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64)]"),
      'SQRT(-1)',
    ],
  ),
  scalar('pow', 'POW(x, y)', floatOnly('POW', power), powCases('POW')),
  scalar('power', 'POWER(x, y)', floatOnly('POWER', power), powCases('POWER')),
  scalar(
    'exp',
    'EXP(x)',
    unbounded('EXP', (x) => `exp(${x})`),
    [
      each(
        'EXP(x)',
        "[NULL, 0.0, 1.0, -1.0, -1000.0, CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64), CAST('-inf' AS FLOAT64)]",
      ),
      'EXP(1000)',
    ],
  ),
  scalar(
    'ln',
    'LN(x)',
    positive('LN', (x) => `ln(${x})`),
    [
      each('LN(x)', "[NULL, 1.0, 0.5, 1e300, CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64)]"),
      each('LN(x)', INFINITE),
      'LN(0)',
      'LN(-1)',
    ],
  ),
  scalar(
    'log10',
    'LOG10(x)',
    positive('LOG10', (x) => `log10(${x})`),
    [
      each('LOG10(x)', '[NULL, 1.0, 1000.0, 0.001, 5e-324]'),
      each('LOG10(x)', INFINITE),
      'LOG10(0)',
    ],
  ),
  scalar(
    'log',
    'LOG(x[, base])',
    (call) =>
      call.args.length === 1
        ? positive('LOG', (x) => `ln(${x})`)(call)
        : floatOnly(
            'LOG',
            guarded(
              (x, b) =>
                `isfinite(${x}) AND isfinite(${b}) AND (${x} <= 0 OR ${b} <= 0 OR ${b} = 1)`,
              'LOG is not defined for these arguments',
              (x, b) =>
                `CASE WHEN ${x} IS NULL OR ${b} IS NULL THEN NULL WHEN NOT isfinite(${b}) OR ${b} <= 0 OR ${x} < 0 THEN ${NAN} WHEN isinf(${x}) THEN CASE WHEN ${b} < 1 THEN -${x} ELSE ${x} END ELSE ln(${x}) / ln(${b}) END`,
            ),
          )(call),
    [
      each('LOG(x)', '[NULL, 1.0, 10.0]'),
      each('LOG(x)', INFINITE),
      each('LOG(x, 2)', '[NULL, 1.0, 8.0, 10.0, 0.25]'),
      ...['-1', '0', '0.5', '1', '2', "CAST('inf' AS FLOAT64)", "CAST('nan' AS FLOAT64)"].map((b) =>
        each(`LOG(x, ${b})`, INFINITE),
      ),
      ...['-1', '0', '1', '2'].flatMap((x) =>
        ['-inf', 'inf', 'nan'].map((b) => `LOG(${x}, CAST('${b}' AS FLOAT64))`),
      ),
      'LOG(8, 1)',
      'LOG(0, 2)',
      'LOG(8, NULL)',
      'LOG(-1, NULL)',
      'LOG(NULL, 2)',
      "LOG(8, CAST('-inf' AS FLOAT64))",
      "LOG(8, CAST('inf' AS FLOAT64))",
    ],
  ),
  scalar(
    'is_nan',
    'IS_NAN(x)',
    fixed((x) => `isnan(${x})`),
    [each('IS_NAN(x)', FLOATS)],
  ),
  scalar(
    'is_inf',
    'IS_INF(x)',
    fixed((x) => `isinf(${x})`),
    [each('IS_INF(x)', FLOATS)],
  ),
  plain('cbrt', FLOATS),
  scalar('range_bucket', 'RANGE_BUCKET(point, boundaries)', rangeBucket, [
    each('RANGE_BUCKET(x, [10, 20, 30])', '[NULL, 0, 10, 15, 30, 99]'),
    'RANGE_BUCKET(5, ARRAY<INT64>[])',
    'RANGE_BUCKET(5, [1, NULL])',
    each('RANGE_BUCKET(x, [0.0, 1.0])', FLOATS),
    ...['[0.0]', '[1.0, 0.0]', '[NULL]', "[CAST('nan' AS FLOAT64)]"].flatMap((edges) => [
      `RANGE_BUCKET(CAST('nan' AS FLOAT64), ${edges})`,
      `RANGE_BUCKET(1.0, ARRAY_CONCAT(${edges}, [2.0]))`,
      `RANGE_BUCKET(1.0, ARRAY_CONCAT([0.5], ${edges}))`,
    ]),
    'RANGE_BUCKET(5, [3, 1])',
    'RANGE_BUCKET(5, [1, 5, 5, 9])',
    "RANGE_BUCKET('b', ['a', 'b', 'c'])",
    'RANGE_BUCKET(5, CAST(NULL AS ARRAY<INT64>))',
  ]),
];
