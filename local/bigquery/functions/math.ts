import { UnsupportedError } from '../sql/errors';
import { bound, each, fixed, kindOf, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';

const FLOAT = { kind: 'FLOAT64' } as const;
const FLOATS =
  "[NULL, 0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 1234.5678, -1e15, CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64), CAST('-inf' AS FLOAT64)]";
const NUMERICS =
  "[NULL, NUMERIC '0', NUMERIC '2.5', NUMERIC '-2.5', NUMERIC '1234.567891235', NUMERIC '-0.000000001', NUMERIC '99999999999999999999999999999.4']";

/** ROUND, TRUNC with digits: DuckDB wants the digits of a NUMERIC as a constant. */
function digits(name: 'round' | 'trunc'): (call: FunctionCall) => string {
  return (call) => {
    const [x = '', n] = call.args;
    const numeric = call.type.kind === 'NUMERIC';
    if (n === undefined) return numeric ? `CAST(${name}(${x}) AS DECIMAL(38,9))` : `${name}(${x})`;
    const constant = call.constants[1];
    if (constant === undefined)
      throw new UnsupportedError(
        `${name.toUpperCase()} to a number of digits that is not a constant`,
      );
    if (constant === null) return `CAST(NULL AS ${numeric ? 'DECIMAL(38,9)' : 'DOUBLE'})`;
    const places = Number(constant);
    return numeric ? numericDigits(name, x, places) : floatDigits(name, x, places);
  };
}

function numericDigits(name: 'round' | 'trunc', x: string, places: number): string {
  if (places >= 9) return x;
  if (places < -29) return `(${x} * 0)`;
  if (name === 'round') return `CAST(round(${x}, ${places}) AS DECIMAL(38,9))`;
  if (places === 0) return `CAST(trunc(${x}) AS DECIMAL(38,9))`;
  const unit = places > 0 ? `0.${'0'.repeat(places - 1)}1` : `1${'0'.repeat(-places)}`;
  return bindOnce([x], (v) => `(${v} - ${v} % CAST(${unit} AS DECIMAL(38,9)))`);
}

function floatDigits(name: 'round' | 'trunc', x: string, places: number): string {
  if (places > 300 || places < -308) return places > 0 ? x : `(${x} * 0)`;
  if (name === 'round') return roundFloat(x, places);
  const unit = `CAST('1e${Math.abs(places)}' AS DOUBLE)`;
  const [up, down] = places >= 0 ? ['*', '/'] : ['/', '*'];
  return bindOnce(
    [x],
    (v) =>
      `CASE WHEN isfinite(${v} ${up} ${unit}) THEN trunc(${v} ${up} ${unit}) ${down} ${unit} ELSE ${v} END`,
  );
}

/**
 * Rounds the exact binary value, halves away from zero: 2.675 is a little less than it looks and
 * becomes 2.67. Scaling may make a tie of what is none; then the digits decide.
 */
function roundFloat(x: string, places: number): string {
  const unit = `CAST('1e${Math.abs(places)}' AS DOUBLE)`;
  return bindOnce([x], (v) => {
    const scaled = places >= 0 ? `(${v} * ${unit})` : `(${v} / ${unit})`;
    const back = (n: string): string => (places >= 0 ? `${n} / ${unit}` : `${n} * ${unit}`);
    const below =
      places >= 0
        ? `substr(split_part(printf('%.${places + 40}f', abs(${v})), '.', 2), ${places + 1}, 1) = '4'`
        : `abs(${v}) < abs(trunc(${scaled}) + sign(${v}) * 0.5::DOUBLE) * ${unit}`;
    const tie = `abs(${scaled} - trunc(${scaled})) = 0.5 AND ${below}`;
    return `CASE WHEN NOT isfinite(${scaled}) OR ${places >= 0 ? `abs(${scaled}) >= 4503599627370496` : 'FALSE'} THEN ${v} WHEN ${tie} THEN ${back(`trunc(${scaled})`)} ELSE ${back(`round(${scaled})`)} END`;
  });
}

/** A whole number above or below; NUMERIC stays NUMERIC. */
function whole(name: 'ceil' | 'floor'): (call: FunctionCall) => string {
  return (call) =>
    call.type.kind === 'NUMERIC'
      ? `CAST(${name}(${call.args[0]}) AS DECIMAL(38,9))`
      : `${name}(${call.args[0]})`;
}

function floatOnly(
  name: string,
  build: (...args: string[]) => string,
): (call: FunctionCall) => string {
  return (call) => {
    if (call.type.kind !== 'FLOAT64') throw new UnsupportedError(`${name} of ${kindOf(call)}`);
    return bindOnce(call.args, build);
  };
}

function guarded(
  domain: (...args: string[]) => string,
  message: string,
  value: (...args: string[]) => string,
) {
  return (...args: string[]): string =>
    `CASE WHEN ${domain(...args)} THEN ${raise(message, FLOAT)} ELSE ${value(...args)} END`;
}

const positive = (name: string, build: (x: string) => string) =>
  floatOnly(
    name,
    guarded(
      (x = '') => `${x} <= 0`,
      `${name} of a number that is not positive`,
      (x = '') => build(x),
    ),
  );

/** Fails where a finite argument gives an infinite result, as GoogleSQL does. */
const unbounded = (name: string, build: (x: string) => string) =>
  floatOnly(
    name,
    guarded(
      (x = '') => `isfinite(${x}) AND isinf(${build(x)})`,
      `${name} overflows`,
      (x = '') => build(x),
    ),
  );

const angle = (name: string) =>
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

const plain = (name: string, values: string) =>
  scalar(
    name,
    `${name.toUpperCase()}(x)`,
    floatOnly(name.toUpperCase(), (x) => `${name}(${x})`),
    [each(`${name.toUpperCase()}(x)`, values)],
  );

function power(...[x = '', y = '']: string[]): string {
  const failure = `${x} = 0 AND ${y} < 0 OR ${x} < 0 AND isfinite(${x}) AND isfinite(${y}) AND ${y} <> trunc(${y})`;
  const overflow = `isfinite(${x}) AND isfinite(${y}) AND isinf(pow(${x}, ${y}))`;
  return `CASE WHEN ${failure} OR ${overflow} THEN ${raise('POW is not defined for these arguments', FLOAT)} ELSE pow(${x}, ${y}) END`;
}

const powCases = (name: string) => [
  each(`${name}(x, 2)`, FLOATS),
  each(`${name}(2, x)`, '[NULL, 0.0, 0.5, -2.0, 1023.0]'),
  `${name}(10, -3)`,
  `${name}(0, -1)`,
  `${name}(-8, 0.5)`,
  `${name}(-8, 3)`,
  `${name}(10, 400)`,
];

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
  scalar('round', 'ROUND(x[, digits])', digits('round'), [
    each('ROUND(x)', FLOATS),
    each('ROUND(x)', '[NULL, 0, -5]'),
    each(
      'ROUND(x, 2)',
      '[NULL, 2.675, 1.005, -1.005, 0.125, -0.125, 1234.5678, 1e300, 0.285, 1.115]',
    ),
    each('ROUND(x, 1)', FLOATS),
    each('ROUND(x, -2)', '[NULL, 1250.0, -1250.0, 1249.9, 49.0, 50.0]'),
    each('ROUND(x, -2)', '[NULL, 1250, -1250, 49]'),
    each('ROUND(x)', "[NULL, NUMERIC '2.5', NUMERIC '-2.5', NUMERIC '0.499999999']"),
    each('ROUND(x, 2)', "[NULL, NUMERIC '2.675', NUMERIC '-2.675', NUMERIC '1.004999999']"),
    each('ROUND(x, 6)', "[NULL, NUMERIC '1234.567891235', NUMERIC '-0.000000001']"),
    each('ROUND(x, -2)', "[NULL, NUMERIC '1250', NUMERIC '-1250', NUMERIC '49.9']"),
    "ROUND(NUMERIC '1.5', 12)",
    'ROUND(1.5, NULL)',
    'ROUND(2.5, 400)',
    'ROUND(2.5, -400)',
  ]),
  scalar('trunc', 'TRUNC(x[, digits])', digits('trunc'), [
    each('TRUNC(x)', FLOATS),
    each('TRUNC(x, 2)', '[NULL, 2.679, -2.679, 0.29, 1.15, 1e300, 4.35, 8.2]'),
    each('TRUNC(x, -2)', '[NULL, 1299.0, -1299.0, 99.0]'),
    each('TRUNC(x)', NUMERICS),
    each('TRUNC(x, 2)', "[NULL, NUMERIC '2.679', NUMERIC '-2.679', NUMERIC '0.009999999']"),
    each('TRUNC(x, -2)', "[NULL, NUMERIC '1299.9', NUMERIC '-1299.9', NUMERIC '99']"),
    "TRUNC(NUMERIC '1.5', 9)",
  ]),
  scalar('ceil', 'CEIL(x)', whole('ceil'), [
    each('CEIL(x)', FLOATS),
    each('CEIL(x)', "[NULL, NUMERIC '1.000000001', NUMERIC '-1.9']"),
    'CEIL(3)',
  ]),
  scalar('ceiling', 'CEILING(x)', whole('ceil'), [each('CEILING(x)', FLOATS)]),
  scalar('floor', 'FLOOR(x)', whole('floor'), [
    each('FLOOR(x)', FLOATS),
    each('FLOOR(x)', NUMERICS),
    'FLOOR(3)',
  ]),
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
      'LN(0)',
      'LN(-1)',
    ],
  ),
  scalar(
    'log10',
    'LOG10(x)',
    positive('LOG10', (x) => `log10(${x})`),
    [each('LOG10(x)', '[NULL, 1.0, 1000.0, 0.001, 5e-324]'), 'LOG10(0)'],
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
              (x, b) => `${x} <= 0 OR ${b} <= 0 OR ${b} = 1`,
              'LOG is not defined for these arguments',
              (x, b) => `(ln(${x}) / ln(${b}))`,
            ),
          )(call),
    [
      each('LOG(x)', '[NULL, 1.0, 10.0]'),
      each('LOG(x, 2)', '[NULL, 1.0, 8.0, 10.0, 0.25]'),
      'LOG(8, 1)',
      'LOG(0, 2)',
      'LOG(8, NULL)',
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
  angle('sin'),
  angle('cos'),
  angle('tan'),
  plain('atan', FLOATS),
  plain('tanh', FLOATS),
  plain('asinh', '[NULL, 0.0, 0.5, -3.0]'),
  plain('cbrt', FLOATS),
  scalar(
    'atan2',
    'ATAN2(y, x)',
    floatOnly('ATAN2', (y, x) => `atan2(${y}, ${x})`),
    [each('ATAN2(x, -1.5)', FLOATS), 'ATAN2(0, 0)', 'ATAN2(-1, 0)'],
  ),
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
    'range_bucket',
    'RANGE_BUCKET(point, boundaries)',
    bound(
      (x, list) =>
        `CASE WHEN ${x} IS NULL OR ${list} IS NULL THEN NULL ELSE len(list_filter(${list}, lambda edge: edge <= ${x})) END`,
    ),
    [
      each('RANGE_BUCKET(x, [10, 20, 30])', '[NULL, 0, 10, 15, 30, 99]'),
      'RANGE_BUCKET(5, ARRAY<INT64>[])',
      "RANGE_BUCKET('b', ['a', 'b', 'c'])",
      'RANGE_BUCKET(5, CAST(NULL AS ARRAY<INT64>))',
    ],
  ),
];
