import { FLOATS, INTS, NUMERICS, overflowCases } from './arithmetic-cases';
import { each, fixed, scalar } from './entry';
import { floatOperation } from './float-overflow';
import type { FunctionCall, FunctionMapping } from './mapping';
import { divideNumeric, toBillionths } from './numeric';
import { bindOnce, raise } from './sql-text';

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

export const divisionFunctions: readonly FunctionMapping[] = [
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
];
