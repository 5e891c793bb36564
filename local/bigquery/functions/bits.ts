import { UnsupportedError } from '../sql/errors';
import { each, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';

const INTS = '[NULL, 0, 1, -1, 6, 9223372036854775807, -9223372036854775807]';

function integers(build: (...args: string[]) => string): (call: FunctionCall) => string {
  return (call) => {
    if (call.argTypes[0]?.kind !== 'INT64') throw new UnsupportedError('bit operators on BYTES');
    return build(...call.args);
  };
}

/** Shifts by 64 bits and more empty the number; those by a negative number fail. */
function shift(sql: (x: string, n: string) => string): (call: FunctionCall) => string {
  return integers((...args) =>
    bindOnce(
      args,
      (x = '', n = '') =>
        `CASE WHEN ${x} IS NULL OR ${n} IS NULL THEN NULL WHEN ${n} < 0 THEN ${raise('Bitwise shift by a negative number', { kind: 'INT64' })} WHEN ${n} > 63 THEN 0 ELSE ${sql(x, n)} END`,
    ),
  );
}

const TWO_64 = 'CAST(18446744073709551616 AS HUGEINT)';

/** The 64 bits as a number without sign. */
const unsigned = (x: string): string =>
  `(CAST(${x} AS HUGEINT) + CASE WHEN ${x} < 0 THEN ${TWO_64} ELSE 0 END)`;

function left(x: string, n: string): string {
  const bits = `((${unsigned(x)} % (CAST(1 AS HUGEINT) << CAST(64 - ${n} AS HUGEINT))) << CAST(${n} AS HUGEINT))`;
  return `CAST(CASE WHEN ${bits} >= 9223372036854775808 THEN ${bits} - ${TWO_64} ELSE ${bits} END AS BIGINT)`;
}

function right(x: string, n: string): string {
  const bits = `(${unsigned(x)} // (CAST(1 AS HUGEINT) << CAST(${n} AS HUGEINT)))`;
  return `CAST(CASE WHEN ${bits} >= 9223372036854775808 THEN ${bits} - ${TWO_64} ELSE ${bits} END AS BIGINT)`;
}

export const bitFunctions: readonly FunctionMapping[] = [
  scalar(
    '$bitwise_and',
    'a & b',
    integers((a, b) => `(${a} & ${b})`),
    [each('x & 5', INTS), '1 & CAST(NULL AS INT64)'],
  ),
  scalar(
    '$bitwise_or',
    'a | b',
    integers((a, b) => `(${a} | ${b})`),
    [each('x | 5', INTS)],
  ),
  scalar(
    '$bitwise_xor',
    'a ^ b',
    integers((a, b) => `xor(${a}, ${b})`),
    [each('x ^ 5', INTS)],
  ),
  scalar(
    '$bitwise_not',
    '~a',
    integers((a) => `(~${a})`),
    [each('~x', INTS)],
  ),
  scalar('$bitwise_left_shift', 'a << n', shift(left), [
    each('x << 3', INTS),
    each('5 << x', '[NULL, 0, 1, 61, 62, 63, 64, 99]'),
    '1 << -1',
  ]),
  scalar('$bitwise_right_shift', 'a >> n', shift(right), [
    each('x >> 3', INTS),
    each('-5 >> x', '[NULL, 0, 1, 62, 63, 64, 99]'),
    '1 >> -1',
  ]),
  scalar(
    'bit_count',
    'BIT_COUNT(a)',
    integers((a) => `CAST(bit_count(${a}) AS BIGINT)`),
    [each('BIT_COUNT(x)', INTS)],
  ),
];
