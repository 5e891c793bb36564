import { compare } from './comparison';
import { each, fixed, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raiseText } from './sql-text';

const BOOLS = '[NULL, TRUE, FALSE]';

/** CASE from pairs of condition and result, and an optional ELSE. */
function searchedCase(parts: readonly string[], condition: (sql: string) => string): string {
  const branches: string[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    branches.push(`WHEN ${condition(parts[index] ?? '')} THEN ${parts[index + 1]}`);
  }
  const otherwise = parts.length % 2 === 1 ? ` ELSE ${parts.at(-1)}` : '';
  return `CASE ${branches.join(' ')}${otherwise} END`;
}

function caseWithValue(call: FunctionCall): string {
  const [value = '', ...parts] = call.args;
  const type = call.argTypes[0];
  return bindOnce([value], (x = '') => searchedCase(parts, (item) => compare('=', x, item, type)));
}

export const logicFunctions: readonly FunctionMapping[] = [
  scalar(
    '$and',
    'a AND b',
    fixed((...args) => `(${args.join(' AND ')})`),
    [
      each('x AND TRUE', BOOLS),
      each('x AND FALSE', BOOLS),
      each('x AND NULL', BOOLS),
      each('x AND x AND TRUE', BOOLS),
    ],
  ),
  scalar(
    '$or',
    'a OR b',
    fixed((...args) => `(${args.join(' OR ')})`),
    [
      each('x OR TRUE', BOOLS),
      each('x OR FALSE', BOOLS),
      each('x OR NULL', BOOLS),
      each('FALSE OR x OR x AND TRUE', BOOLS),
    ],
  ),
  scalar(
    '$not',
    'NOT a',
    fixed((a) => `(NOT ${a})`),
    [each('NOT x', BOOLS)],
  ),
  scalar(
    '$is_true',
    'a IS TRUE',
    fixed((a) => `(${a} IS TRUE)`),
    [each('x IS TRUE', BOOLS), each('x IS NOT TRUE', BOOLS)],
  ),
  scalar(
    '$is_false',
    'a IS FALSE',
    fixed((a) => `(${a} IS FALSE)`),
    [each('x IS FALSE', BOOLS), each('x IS NOT FALSE', BOOLS)],
  ),
  scalar(
    'if',
    'IF(condition, a, b)',
    fixed((c, a, b) => `CASE WHEN ${c} THEN ${a} ELSE ${b} END`),
    [
      each("IF(x, 'yes', 'no')", BOOLS),
      each('IF(x, NULL, 1)', BOOLS),
      "IF(TRUE, 1, ERROR('not reached'))",
      'IF(1 > 2, DATE "2024-01-01", NULL)',
      'IF(TRUE, [1, 2], [])',
    ],
  ),
  scalar(
    'ifnull',
    'IFNULL(a, b)',
    fixed((a, b) => `coalesce(${a}, ${b})`),
    [
      each('IFNULL(x, 0)', '[NULL, 1, 0]'),
      "IFNULL(NULL, 'x')",
      "IFNULL(1, ERROR('not reached'))",
      'IFNULL(NULL, NULL)',
    ],
  ),
  scalar(
    'coalesce',
    'COALESCE(a, b, ...)',
    fixed((...args) => `coalesce(${args.join(', ')})`),
    [
      each('COALESCE(x, NULL, 7)', '[NULL, 1, 0]'),
      "COALESCE(NULL, '', 'x')",
      'COALESCE(CAST(NULL AS STRING), NULL)',
      "COALESCE(1, ERROR('not reached'))",
    ],
  ),
  scalar(
    'nullif',
    'NULLIF(a, b)',
    (call) =>
      bindOnce(
        [call.args[0] ?? ''],
        (a = '') =>
          `CASE WHEN ${compare('=', a, call.args[1] ?? '', call.argTypes[0])} THEN NULL ELSE ${a} END`,
      ),
    [
      each("NULLIF(x, '')", "[NULL, '', 'a', ' ']"),
      each('NULLIF(x, 0)', '[NULL, 0, 1]'),
      'NULLIF(1, NULL)',
      'NULLIF(NULL, 1)',
      "NULLIF(CAST('nan' AS FLOAT64), CAST('nan' AS FLOAT64))",
      "NULLIF(LOWER(TRIM('  NULL of a longer expression than fits ')), 'null of a longer expression than fits')",
    ],
  ),
  scalar(
    '$case_no_value',
    'CASE WHEN condition THEN a ... ELSE b END',
    fixed((...args) => searchedCase(args, (condition) => condition)),
    [
      each("CASE WHEN x > 1 THEN 'big' WHEN x = 1 THEN 'one' ELSE 'small' END", '[NULL, 0, 1, 2]'),
      each("CASE WHEN x > 1 THEN 'big' END", '[NULL, 0, 2]'),
      "CASE WHEN TRUE THEN 1 WHEN ERROR('not reached') THEN 2 END",
      'CASE WHEN NULL THEN 1 ELSE 2 END',
    ],
  ),
  scalar('$case_with_value', 'CASE a WHEN b THEN c ... ELSE d END', caseWithValue, [
    each("CASE x WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END", '[NULL, 1, 2, 3]'),
    each("CASE x WHEN NULL THEN 'null' WHEN 1 THEN 'one' END", '[NULL, 1, 2]'),
    each(
      "CASE x WHEN CAST('nan' AS FLOAT64) THEN 'nan' WHEN 1.0 THEN 'one' ELSE 'else' END",
      "[NULL, 1.0, CAST('nan' AS FLOAT64)]",
    ),
    each(
      "CASE CONCAT(LOWER(x), LOWER(x), LOWER(x), 'a long one to bind') WHEN 'aaaa long one to bind' THEN 1 ELSE 2 END",
      "[NULL, 'A', 'b']",
    ),
  ]),
  scalar('error', 'ERROR(message)', (call) => raiseText(call.args[0] ?? 'NULL', call.type), [
    "ERROR('message')",
    "IF(FALSE, ERROR('message'), 3)",
    each("IF(x > 1, 'ok', ERROR('message'))", '[2, 3]'),
    each("IF(x > 1, 'ok', ERROR('message'))", '[2, 1]'),
  ]),
];
