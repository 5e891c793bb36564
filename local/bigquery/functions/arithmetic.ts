import { UnsupportedError } from '../sql/errors';
import { FLOATS, INTS, NUMERICS, overflowCases } from './arithmetic-cases';
import { each, fixed, kindOf, scalar } from './entry';
import { floatOperation } from './float-overflow';
import type { FunctionCall, FunctionMapping } from './mapping';
import { multiplyNumeric } from './numeric';
import { dateInRange } from './range';
import { multiplyWhole } from './whole-numeric';

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
  scalar('$unary_minus', '-a', negate, [
    each('-x', '[NULL, 0, 5, -5]'),
    each('-x', '[NULL, 0.0, 2.5, -2.5]'),
    each('-x', NUMERICS),
    '-(-9223372036854775807 - 1)',
  ]),
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
