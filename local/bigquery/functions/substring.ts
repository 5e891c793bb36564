import { UnsupportedError } from '../sql/errors';
import { each, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';
import { requireText, TEXTS } from './string';

const STRING = { kind: 'STRING' } as const;

/** DuckDB counts no further than 2^32; no text is as long. NULL stays NULL. */
function clamp(n: string | undefined): string {
  return `CASE WHEN ${n} > 2147483647 THEN 2147483647 ELSE ${n} END`;
}

/** Position 0 counts as 1 and a negative one beyond the start as the start; a negative length fails. */
function substr(call: FunctionCall): string {
  requireText(call, 'SUBSTR');
  const [x = '', position = '', length] = call.args;
  const known = call.constants[1];
  const knownLength = call.constants[2];
  const safeLength =
    length === undefined ||
    (typeof knownLength !== 'undefined' && knownLength !== null && Number(knownLength) >= 0);
  if (known !== undefined && known !== null && Number(known) >= 1 && safeLength) {
    return `substr(${call.args.join(', ')})`;
  }
  return bindOnce([x, position, ...(length === undefined ? [] : [length])], (text, p, n) => {
    const start = `CASE WHEN ${p} = 0 OR ${p} < -length(${text}) THEN 1 ELSE ${clamp(p)} END`;
    if (n === undefined) return `substr(${text}, ${start})`;
    return `CASE WHEN ${n} < 0 AND ${text} IS NOT NULL AND ${p} IS NOT NULL THEN ${raise('SUBSTR needs a length that is not negative', STRING)} ELSE substr(${text}, ${start}, ${clamp(n)}) END`;
  });
}

const substrCases = (name: string): readonly string[] => [
  each(`${name}(x, 2)`, TEXTS),
  each(`${name}(x, 2, 3)`, TEXTS),
  each(`${name}(x, -2)`, TEXTS),
  each(`${name}(x, -4, 2)`, TEXTS),
  each(`${name}(x, 0, 2)`, TEXTS),
  each(
    `${name}('héllo', x)`,
    '[NULL, -9223372036854775807, -9, -5, -1, 0, 1, 5, 6, 9223372036854775807]',
  ),
  each(`${name}('héllo', x, 2)`, '[NULL, -9, -5, -1, 0, 1, 5, 6]'),
  each(`${name}('héllo', 2, x)`, '[NULL, 0, 1, 9, 9223372036854775807]'),
  `${name}('abc', 1, -1)`,
  `${name}(CONCAT('a rather long text ', 'that is bound once ', 'and cut'), -3, 2)`,
];

function side(name: 'left' | 'right'): (call: FunctionCall) => string {
  return (call) => {
    requireText(call, name.toUpperCase());
    return bindOnce([call.args[1] ?? ''], (n) => {
      const length = `CASE WHEN ${n} < 0 THEN ${raise(`${name.toUpperCase()} needs a length that is not negative`, { kind: 'INT64' })} ELSE ${clamp(n)} END`;
      return `${name}(${call.args[0]}, ${length})`;
    });
  };
}

const sideCases = (name: string): readonly string[] => [
  each(`${name}(x, 2)`, TEXTS),
  each(`${name}('héllo', x)`, '[NULL, 0, 1, 5, 9, 9223372036854775807]'),
  `${name}('abc', -1)`,
];

function instr(call: FunctionCall): string {
  requireText(call, 'INSTR');
  const [x, y, position = 'CAST(1 AS BIGINT)', occurrence = 'CAST(1 AS BIGINT)'] = call.args;
  return `bq_instr(${x}, ${y}, ${position}, ${occurrence})`;
}

/** An empty text has one empty part; a NULL delimiter makes a NULL array. */
function split(call: FunctionCall): string {
  requireText(call, 'SPLIT');
  const [x, delimiter] = call.args;
  if (delimiter === undefined) return `string_split(${x}, ',')`;
  if (typeof call.constants[1] === 'string') return `string_split(${x}, ${delimiter})`;
  return `CASE WHEN ${delimiter} IS NOT NULL THEN string_split(${x}, ${delimiter}) END`;
}

/** Patterns without a backslash need no escape character, which lets DuckDB search directly. */
export function like(value: string, pattern: string, constant: unknown): string {
  if (typeof constant !== 'string') {
    return bindOnce(
      [pattern],
      (p) =>
        `(${value} LIKE CASE WHEN regexp_matches(${p}, '^([^\\\\]|\\\\.)*\\\\$', 's') THEN ${raise('LIKE pattern ends with a backslash', STRING)} ELSE ${p} END ESCAPE '\\')`,
    );
  }
  if (!constant.includes('\\')) return `(${value} LIKE ${pattern})`;
  if (/^(?:[^\\]|\\.)*\\$/s.test(constant))
    return `(${value} LIKE ${raise('LIKE pattern ends with a backslash', STRING)})`;
  return `(${value} LIKE ${pattern} ESCAPE '\\')`;
}

function likeCall(call: FunctionCall): string {
  requireText(call, 'LIKE');
  return like(call.args[0] ?? '', call.args[1] ?? '', call.constants[1]);
}

function likeMany(joiner: ' OR ' | ' AND '): (call: FunctionCall) => string {
  return (call) => {
    requireText(call, 'LIKE ANY');
    const [value = '', ...patterns] = call.args;
    return bindOnce(
      [value],
      (x = '') =>
        `(${patterns.map((pattern, index) => like(x, pattern, call.constants[index + 1])).join(joiner)})`,
    );
  };
}

function refuseBytes(call: FunctionCall, what: string): void {
  if (call.argTypes[0]?.kind === 'BYTES') throw new UnsupportedError(`${what} of BYTES`);
}

export const substringFunctions: readonly FunctionMapping[] = [
  scalar('substr', 'SUBSTR(s, position[, length])', substr, substrCases('SUBSTR')),
  scalar('substring', 'SUBSTRING(s, position[, length])', substr, substrCases('SUBSTRING')),
  scalar('left', 'LEFT(s, length)', side('left'), sideCases('LEFT')),
  scalar('right', 'RIGHT(s, length)', side('right'), sideCases('RIGHT')),
  scalar(
    'strpos',
    'STRPOS(s, part)',
    (call) => {
      refuseBytes(call, 'STRPOS');
      return `strpos(${call.args[0]}, ${call.args[1]})`;
    },
    [
      each("STRPOS(x, 'l')", TEXTS),
      each("STRPOS(x, '')", TEXTS),
      "STRPOS('a', NULL)",
      each("STRPOS(x, 'b')", TEXTS),
    ],
  ),
  scalar('instr', 'INSTR(s, part[, position[, occurrence]])', instr, [
    each("INSTR(x, 'a')", TEXTS),
    each("INSTR('banana', 'ana', x)", '[NULL, 1, 2, 3, 4, 5, 9, -1, -2, -3, -4, -9]'),
    each("INSTR('banana', 'ana', 1, x)", '[NULL, 1, 2, 3]'),
    each("INSTR('banana', 'ana', -1, x)", '[NULL, 1, 2, 3]'),
    "INSTR('helloooo', 'oo', 1, 3)",
    "INSTR('a😀b😀', '😀', 3)",
    "INSTR('abc', '')",
    "INSTR('', '')",
    "INSTR('abc', '', 3)",
    "INSTR('abc', '', 4)",
    "INSTR('abc', '', 1, 3)",
    "INSTR('abc', 'a', 0)",
    "INSTR('abc', 'a', 1, 0)",
  ]),
  scalar('split', 'SPLIT(s[, delimiter])', split, [
    each('SPLIT(x)', TEXTS),
    each("SPLIT(x, '')", TEXTS),
    each("SPLIT(x, 'll')", TEXTS),
    "SPLIT('', '')",
    "SPLIT('a', NULL)",
    each('SPLIT(x) IS NULL', TEXTS),
    each("SPLIT('a-b', x) IS NULL", "[NULL, '-']"),
    "SPLIT(',a,', ',')[OFFSET(0)]",
    "ARRAY_LENGTH(SPLIT('a,b', ','))",
  ]),
  scalar('$like', 'a LIKE pattern', likeCall, [
    each("x LIKE '%l%'", TEXTS),
    each("x LIKE '_'", TEXTS),
    each("x LIKE 'a%b'", TEXTS),
    each("x LIKE '100\\\\%'", TEXTS),
    each("x LIKE '%\\\\a%'", TEXTS),
    each("'a%b_c' LIKE x", "[NULL, 'a%', 'a\\\\%b\\\\_c', 'a\\\\_b%', '']"),
    "'a\\nb' LIKE 'a%b'",
    "'a\\nb' LIKE 'a_b'",
    "'a\\\\b' LIKE 'a\\\\\\\\b'",
    "'a' LIKE 'a\\\\'",
    "'A' LIKE 'a'",
    "'a' NOT LIKE 'b'",
    "'a' LIKE CAST(NULL AS STRING)",
  ]),
  scalar('$like_any', 'a LIKE ANY (b, c)', likeMany(' OR '), [
    each("x LIKE ANY ('a%', '%o%')", TEXTS),
    "'a' LIKE ANY (NULL, 'b')",
    "'a' LIKE ANY (NULL, 'a')",
  ]),
  scalar('$like_all', 'a LIKE ALL (b, c)', likeMany(' AND '), [
    each("x LIKE ALL ('%l%', '%o%')", TEXTS),
    "'a' LIKE ALL (NULL, 'b')",
    "'a' LIKE ALL (NULL, 'a')",
  ]),
];
