import { UnsupportedError } from '../sql/errors';
import { each, fixed, kindOf, scalar } from './entry';
import { floatOperation } from './float-overflow';
import type { FunctionCall, FunctionMapping } from './mapping';
import { divideNumeric, multiplyNumeric, toBillionths } from './numeric';
import { dateInRange } from './range';
import { bindOnce, raise } from './sql-text';
import { multiplyWhole } from './whole-numeric';

const INTS = '[NULL, 0, 1, -7, 9223372036854775807, -9223372036854775807]';
const FLOATS = "[NULL, 0.0, 1.5, -7.25, 1e300, CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64)]";
const NUMERICS =
  "[NULL, NUMERIC '0', NUMERIC '0.000000001', NUMERIC '-1.5', NUMERIC '123456789.987654321', NUMERIC '-0.333333333']";

/** Finite results at the very end of the range, results beyond it, and infinities that are given. */
function overflowCases(operator: string): readonly string[] {
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

function sum(operator: '+' | '-'): (call: FunctionCall) => string {
  return (call) => {
    const [a = '', b = ''] = call.args;
    const kinds = [kindOf(call, 0), kindOf(call, 1)];
    if (call.type.kind === 'DATE') {
      const [date, days] = kinds[0] === 'DATE' ? [a, b] : [b, a];
      return dateInRange(`(${date} ${operator} CAST(${days} AS INTEGER))`, 'The sum');
    }
    if (!['INT64', 'FLOAT64', 'NUMERIC'].includes(call.type.kind)) {
      throw new UnsupportedError(`${operator} of ${kinds.join(' and ')}`);
    }
    if (call.type.kind === 'FLOAT64') return floatOperation(operator, call);
    return `(${a} ${operator} ${b})`;
  };
}

function product(call: FunctionCall): string {
  const [a = '', b = ''] = call.args;
  if (call.type.kind === 'NUMERIC') return multiplyWhole(call) ?? multiplyNumeric(a, b);
  if (call.type.kind === 'FLOAT64') return floatOperation('*', call);
  if (call.type.kind === 'INT64') return `(${a} * ${b})`;
  throw new UnsupportedError(`* of ${kindOf(call)}`);
}

function isNonZero(call: FunctionCall, index: number): boolean {
  const value = call.constants[index];
  return (typeof value === 'number' || typeof value === 'bigint') && Number(value) !== 0;
}

/** A quotient or remainder that fails where the divisor is zero and neither side is NULL. */
function divided(call: FunctionCall, build: (a: string, b: string) => string): string {
  const [dividend = '', divisor = ''] = call.args;
  if (isNonZero(call, 1)) return build(dividend, divisor);
  const failure = raise('division by zero', call.type);
  return bindOnce(
    [dividend, divisor],
    (a = '', b = '') =>
      `CASE WHEN ${b} = 0 AND ${a} IS NOT NULL THEN ${failure} ELSE ${build(a, b)} END`,
  );
}

function quotient(call: FunctionCall): string {
  if (call.type.kind === 'NUMERIC') return divideNumeric(call.args[0] ?? '', call.args[1] ?? '');
  return divided(call, (x, y) => floatOperation('/', { ...call, args: [x, y] }));
}

function safeDivide(call: FunctionCall): string {
  const [a = '', b = ''] = call.args;
  // Not TRY: a divisor too great for us must fail, not pass for a division by zero.
  if (call.type.kind === 'NUMERIC') return divideNumeric(a, b, 'CAST(NULL AS DECIMAL(38,9))');
  return `TRY(${floatOperation('/', { ...call, args: [a, `nullif(${b}, 0)`] })})`;
}

/** DuckDB finds that the least INT64 overflows when it is divided by -1, though nothing remains. */
function remainder(call: FunctionCall): string {
  const divisor = call.constants[1];
  const isHarmless = call.type.kind === 'NUMERIC' || (isNonZero(call, 1) && Number(divisor) !== -1);
  return divided(call, (a, b) =>
    isHarmless ? `(${a} % ${b})` : `(${a} % CASE WHEN ${b} = -1 THEN 1 ELSE ${b} END)`,
  );
}

function wholeQuotient(call: FunctionCall): string {
  return divided(call, (a, b) =>
    call.type.kind === 'NUMERIC'
      ? `CAST(CAST(${toBillionths(a)} // ${toBillionths(b)} AS DECIMAL(38,0)) AS DECIMAL(38,9))`
      : `(${a} // ${b})`,
  );
}

function safe(compile: (call: FunctionCall) => string): (call: FunctionCall) => string {
  return (call) => `TRY(${compile(call)})`;
}

/** Zero keeps its sign: GoogleSQL writes none, and `castToText` takes it off. */
const negate = fixed((a) => `(-${a})`);

export const arithmeticFunctions: readonly FunctionMapping[] = [
  scalar('$add', 'a + b', sum('+'), [
    each('x + 1', '[NULL, 0, -1, 9223372036854775806]'),
    '9223372036854775807 + 1',
    each('x + 0.25', FLOATS),
    ...overflowCases('+'),
    each("x + NUMERIC '0.000000001'", NUMERICS),
    "NUMERIC '99999999999999999999999999999.999999999' + NUMERIC '0.000000001'",
    "DATE '2024-02-28' + 2",
    "2 + DATE '2024-02-28'",
    "DATE '9999-12-31' + 1",
    "DATE '9999-12-30' + 1",
    "DATE '2024-01-01' + 99999999999",
    'CAST(NULL AS DATE) + 1',
    "1 + NUMERIC '1.5' + 2.5",
  ]),
  scalar('$subtract', 'a - b', sum('-'), [
    each('x - 1', '[NULL, 0, -1, -9223372036854775807]'),
    '-9223372036854775807 - 2',
    each('x - 0.25', FLOATS),
    ...overflowCases('-'),
    each("x - NUMERIC '0.000000002'", NUMERICS),
    "DATE '2024-03-01' - 1",
    "DATE '0001-01-01' - 1",
    "DATE '0001-01-02' - 1",
  ]),
  scalar('$multiply', 'a * b', product, [
    each('x * 1', INTS),
    '9223372036854775807 * 2',
    each('x * -0.5', FLOATS),
    ...overflowCases('*'),
    each("x * NUMERIC '0.5'", NUMERICS),
    each("x * NUMERIC '-0.333333333'", NUMERICS),
    each('x * x', NUMERICS),
    "NUMERIC '0.000000001' * NUMERIC '0.5'",
    "NUMERIC '-0.000000001' * NUMERIC '0.5'",
    "NUMERIC '99999999999999999999999999999' * NUMERIC '1.1'",
    "NUMERIC '12345678901234567890' * NUMERIC '1.123456789'",
    "(NUMERIC '1.1' * 3) * (NUMERIC '2.000000001' * NUMERIC '2.5') * NUMERIC '-0.7'",
    "2 * NUMERIC '3.25'",
    each("CAST(x AS NUMERIC) * NUMERIC '0.000000001'", INTS),
    each("NUMERIC '-0.01' * x", INTS),
    each("x * NUMERIC '1234567890.123456789'", INTS),
    each("x * NUMERIC '12345678901234567890.5'", INTS),
    "SAFE_CAST(7 AS NUMERIC) * NUMERIC '0.1'",
    each('x * CAST(x AS NUMERIC)', '[NULL, 0, -7, 9223372036854775807]'),
  ]),
  scalar('$divide', 'a / b', quotient, [
    each('x / 2', INTS),
    each('7 / x', '[NULL, 1, -2, 3]'),
    '1 / 0',
    'CAST(NULL AS INT64) / 0',
    each('x / i', '[NULL, 1]'),
    '1.0 / -0.0',
    each('x / 3.0', FLOATS),
    ...overflowCases('/'),
    each('1.0 / x', "[NULL, CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64), 1e-300]"),
    each("x / NUMERIC '3'", NUMERICS),
    each(
      "NUMERIC '2' / x",
      "[NULL, NUMERIC '3', NUMERIC '-3', NUMERIC '0.000000007', NUMERIC '1234567890.5']",
    ),
    "NUMERIC '1' / NUMERIC '0'",
    "NUMERIC '0.000000001' / NUMERIC '2'",
    "NUMERIC '-0.000000001' / NUMERIC '2'",
    "NUMERIC '99999999999999999999999999999.999999999' / NUMERIC '7'",
    "NUMERIC '99999999999999999999999999999.999999999' / NUMERIC '0.1'",
    "NUMERIC '10' / 4",
  ]),
  scalar('$unary_minus', '-a', negate, [
    each('-x', '[NULL, 0, 5, -5]'),
    each('-x', '[NULL, 0.0, 2.5, -2.5]'),
    each('-x', NUMERICS),
    '-(-9223372036854775807 - 1)',
  ]),
  scalar('div', 'DIV(a, b)', wholeQuotient, [
    each('DIV(x, 2)', INTS),
    each('DIV(7, x)', '[NULL, 2, -2, 8]'),
    'DIV(1, 0)',
    each('DIV(x, i)', '[NULL, 1]'),
    'DIV(-9223372036854775807 - 1, -1)',
    each("DIV(x, NUMERIC '0.4')", NUMERICS),
    "DIV(NUMERIC '1', NUMERIC '0')",
  ]),
  scalar('mod', 'MOD(a, b)', remainder, [
    'MOD(CAST(NULL AS INT64), 0)',
    each('MOD(x, i)', '[NULL, 1]'),
    each('MOD(x, 3)', INTS),
    each('MOD(7, x)', '[NULL, 2, -2, 8]'),
    'MOD(-9223372036854775807 - 1, -1)',
    each('MOD(-9223372036854775807 - 1, x)', '[NULL, -1, 1, 2]'),
    'MOD(1, 0)',
    each("MOD(x, NUMERIC '0.4')", NUMERICS),
  ]),
  scalar('safe_divide', 'SAFE_DIVIDE(a, b)', safeDivide, [
    each('SAFE_DIVIDE(1, x)', '[NULL, 0, 4, -3]'),
    each('SAFE_DIVIDE(x, 0.0)', FLOATS),
    each('SAFE_DIVIDE(x, 2.0)', FLOATS),
    'SAFE_DIVIDE(1e308, 1e-10)',
    each('SAFE_DIVIDE(x, 1e-10)', FLOATS),
    each("SAFE_DIVIDE(NUMERIC '1', x)", NUMERICS),
    'SAFE_DIVIDE(NULL, 0)',
  ]),
  scalar(
    'ieee_divide',
    'IEEE_DIVIDE(a, b)',
    fixed((a, b) => `(${a} / ${b})`),
    [
      each('IEEE_DIVIDE(1, x)', '[NULL, 0, 4, -3]'),
      each('IEEE_DIVIDE(x, 0.0)', FLOATS),
      'IEEE_DIVIDE(0, 0)',
    ],
  ),
  scalar('safe_add', 'SAFE_ADD(a, b)', safe(sum('+')), [
    each('SAFE_ADD(x, 1)', INTS),
    each('SAFE_ADD(x, 1e308)', "[1e308, 1.0, CAST('inf' AS FLOAT64)]"),
    each("SAFE_ADD(x, NUMERIC '99999999999999999999999999999')", NUMERICS),
  ]),
  scalar('safe_subtract', 'SAFE_SUBTRACT(a, b)', safe(sum('-')), [
    each('SAFE_SUBTRACT(x, 2)', INTS),
    each("SAFE_SUBTRACT(x, NUMERIC '99999999999999999999999999999.9')", NUMERICS),
  ]),
  scalar('safe_multiply', 'SAFE_MULTIPLY(a, b)', safe(product), [
    each('SAFE_MULTIPLY(x, 2)', INTS),
    each('SAFE_MULTIPLY(x, 1e10)', "[1e300, 1.0, CAST('-inf' AS FLOAT64)]"),
    each("SAFE_MULTIPLY(x, NUMERIC '9999999999999999999999999999.9')", NUMERICS),
  ]),
  scalar('safe_negate', 'SAFE_NEGATE(a)', safe(negate), [
    each('SAFE_NEGATE(x)', INTS),
    'SAFE_NEGATE(-9223372036854775807 - 1)',
    each('SAFE_NEGATE(x)', NUMERICS),
  ]),
];
