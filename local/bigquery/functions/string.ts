import { UnsupportedError } from '../sql/errors';
import { constantText, each, fixed, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';

const STRING = { kind: 'STRING' } as const;
export const TEXTS =
  "[NULL, '', ' ', 'a', 'Hello World', 'héllo', 'e\\u0301a', 'İstanbul', 'straße', 'ΣΑΣ', '日本語', 'a\\U0001F600b', '\\t x\\n', 'a,b,,c', '100%', 'O\\'Neill']";

/** The functions of this file are proven for STRING; BYTES has its own few. */
export function requireText(call: FunctionCall, what: string): void {
  if (call.argTypes[0]?.kind !== 'STRING')
    throw new UnsupportedError(`${what} of ${call.argTypes[0]?.kind}`);
}

export function textOnly(
  what: string,
  build: (...args: string[]) => string,
): (call: FunctionCall) => string {
  return (call) => {
    requireText(call, what);
    return build(...call.args);
  };
}

/** ASCII is DuckDB's own, quick; its letters beyond ASCII lack the mappings to several letters. */
function changeCase(name: 'lower' | 'upper'): (call: FunctionCall) => string {
  return (call) => {
    if (call.argTypes[0]?.kind !== 'STRING')
      throw new UnsupportedError(`${name.toUpperCase()} of BYTES`);
    return bindOnce(
      call.args,
      (x) => `CASE WHEN strlen(${x}) = length(${x}) THEN ${name}(${x}) ELSE bq_${name}(${x}) END`,
    );
  };
}

/**
 * Without a set of characters white space is trimmed: all of Unicode's. To look for it takes 2.5 µs
 * a text, to see that both ends are visible ASCII 0.15.
 */
function trim(name: 'trim' | 'ltrim' | 'rtrim'): (call: FunctionCall) => string {
  return (call) => {
    requireText(call, name.toUpperCase());
    const [text = '', characters] = call.args;
    if (characters !== undefined) return `${name}(${text}, ${characters})`;
    return bindOnce([text], (x = '') => {
      const ends = [...(name === 'rtrim' ? [] : [1]), ...(name === 'ltrim' ? [] : [-1])];
      const isVisible = ends.map((end) => `(${x})[${end}] BETWEEN '!' AND '~'`).join(' AND ');
      return `CASE WHEN ${isVisible} THEN ${x} ELSE ${name}(${x}, ${WHITE_SPACE}) END`;
    });
  };
}

const WHITE_SPACE = `'${String.fromCodePoint(9, 10, 11, 12, 13, 32, 133, 160, 5760, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199, 8200, 8201, 8202, 8232, 8233, 8239, 8287, 12288)}'`;

const trimCases = (name: string): readonly string[] => [
  each(
    `${name}(x)`,
    "[NULL, '', '  a b  ', '\\t\\n\\r x \\u00a0', '\\u2003y\\u3000', '\\u200bz\\ufeff', '\\u180ew', 'a\\u00a0', '\\u2028a', 'a\\t', '\\u007f', ' a', 'é', 'aé', '!~', 'a']",
  ),
  each(`${name}(x, 'x*')`, "[NULL, '', '*xa*x', 'xx', 'ä*']"),
  `${name}('abc', '')`,
  `${name}('äbä', 'ä')`,
  `${name}('abc', NULL)`,
];

/** BigQuery's limit of what REPEAT, LPAD and RPAD make. */
const MAX_BYTES = 1_048_576;

function pad(name: 'lpad' | 'rpad'): (call: FunctionCall) => string {
  return (call) => {
    requireText(call, name.toUpperCase());
    const [x = '', length = '', pattern = "' '"] = call.args;
    return bindOnce([x, length, pattern], (text, n, fill) => {
      const failure = `${n} < 0 OR ${fill} = ''`;
      const padded = `${name}(${text}, CAST(${n} AS INTEGER), ${fill})`;
      // A letter has at most four bytes.
      const tooLong = `${n} > ${MAX_BYTES} OR (${n} > ${MAX_BYTES / 4} AND strlen(${padded}) > ${MAX_BYTES})`;
      return `CASE WHEN ${text} IS NULL OR ${fill} IS NULL THEN NULL WHEN ${failure} THEN ${raise(`${name.toUpperCase()} needs a length that is not negative and a pattern that is not empty`, STRING)} WHEN ${tooLong} THEN ${raise('Output of LPAD/RPAD exceeds max allowed output size of 1MB', STRING)} ELSE ${padded} END`;
    });
  };
}

const padCases = (name: string): readonly string[] => [
  each(`${name}(x, 3)`, TEXTS),
  each(`${name}(x, 7, 'äb')`, TEXTS),
  each(`${name}('abc', x, '-')`, '[NULL, 0, 1, 3, 8]'),
  `${name}('abc', -1)`,
  `${name}('abc', 5, '')`,
  `${name}('abc', 5, NULL)`,
  each(`LENGTH(${name}('a', x))`, '[1048576, 1048577, 4000000000]'),
  each(`LENGTH(${name}('a', x, 'é'))`, '[524288, 524289]'),
];

/** DuckDB's reverse keeps letters with their combining marks together; GoogleSQL does not. */
function reverse(call: FunctionCall): string {
  requireText(call, 'REVERSE');
  return `array_to_string(list_reverse(string_split(${call.args[0]}, '')), '')`;
}

function concat(call: FunctionCall): string {
  const kind = call.type.kind;
  if (kind === 'ARRAY') {
    return bindOnce(call.args, (...lists) => {
      const nulls = lists.map((list) => `${list} IS NULL`).join(' OR ');
      return `CASE WHEN ${nulls} THEN NULL ELSE ${lists.reduce((a, b) => `list_concat(${a}, ${b})`)} END`;
    });
  }
  if (kind !== 'STRING' && kind !== 'BYTES') throw new UnsupportedError(`|| of ${kind}`);
  return `(${call.args.join(' || ')})`;
}

export const stringFunctions: readonly FunctionMapping[] = [
  scalar('concat', 'CONCAT(a, b, ...)', concat, [
    each("CONCAT(x, '|', 'y')", TEXTS),
    "CONCAT('a')",
    "CONCAT('a', NULL)",
    "CONCAT(b'\\x00', b'\\xff')",
    "CONCAT('a', CAST(1 AS STRING))",
  ]),
  scalar('$concat_op', 'a || b', concat, [
    each("x || 'y'", TEXTS),
    "'a' || CAST(NULL AS STRING)",
    "b'a' || b'\\xff'",
    '[1, 2] || [3]',
    'ARRAY<INT64>[] || [1]',
    '[1] || CAST(NULL AS ARRAY<INT64>)',
  ]),
  scalar('lower', 'LOWER(s)', changeCase('lower'), [each('LOWER(x)', TEXTS)]),
  scalar('upper', 'UPPER(s)', changeCase('upper'), [each('UPPER(x)', TEXTS)]),
  scalar(
    'initcap',
    'INITCAP(s[, delimiters])',
    (call) => {
      const delimiters =
        call.args.length > 1 ? constantText(call, 1, 'INITCAP with delimiters') : undefined;
      return delimiters === undefined
        ? `bq_initcap(${call.args[0]})`
        : `bq_initcap_by(${call.args.join(', ')})`;
    },
    [
      each('INITCAP(x)', TEXTS),
      each("INITCAP(x, ' ,')", TEXTS),
      each(
        'INITCAP(x)',
        "['hello-world foo_bar', '\\u00a0x\\u2003y\\u200bz', 'a1b 2c', \"o'neill [x]\", 'x/y:z', 'a\\\\\\\\bc', 'été ß']",
      ),
      "INITCAP('a b', '')",
      "INITCAP('aXb', 'x')",
    ],
  ),
  scalar(
    'length',
    'LENGTH(s)',
    (call) =>
      call.argTypes[0]?.kind === 'BYTES'
        ? `octet_length(${call.args[0]})`
        : `length(${call.args[0]})`,
    [each('LENGTH(x)', TEXTS), each('LENGTH(x)', "[NULL, b'', b'\\x00\\xff']")],
  ),
  scalar(
    'char_length',
    'CHAR_LENGTH(s)',
    fixed((x) => `length(${x})`),
    [each('CHAR_LENGTH(x)', TEXTS)],
  ),
  scalar(
    'character_length',
    'CHARACTER_LENGTH(s)',
    fixed((x) => `length(${x})`),
    [each('CHARACTER_LENGTH(x)', TEXTS)],
  ),
  ...['byte_length', 'octet_length'].map((name) =>
    scalar(
      name,
      `${name.toUpperCase()}(s)`,
      (call) =>
        call.argTypes[0]?.kind === 'BYTES'
          ? `octet_length(${call.args[0]})`
          : `strlen(${call.args[0]})`,
      [
        each(`${name.toUpperCase()}(x)`, TEXTS),
        each(`${name.toUpperCase()}(x)`, "[NULL, b'', b'\\x00\\xff']"),
      ],
    ),
  ),
  scalar('trim', 'TRIM(s[, characters])', trim('trim'), trimCases('TRIM')),
  scalar('ltrim', 'LTRIM(s[, characters])', trim('ltrim'), trimCases('LTRIM')),
  scalar('rtrim', 'RTRIM(s[, characters])', trim('rtrim'), trimCases('RTRIM')),
  scalar('lpad', 'LPAD(s, length[, pattern])', pad('lpad'), padCases('LPAD')),
  scalar('rpad', 'RPAD(s, length[, pattern])', pad('rpad'), padCases('RPAD')),
  scalar('reverse', 'REVERSE(s)', reverse, [each('REVERSE(x)', TEXTS)]),
  scalar(
    'repeat',
    'REPEAT(s, n)',
    (call) => {
      requireText(call, 'REPEAT');
      return bindOnce(
        call.args,
        (text = '', n = '') =>
          `repeat(${text}, CASE WHEN ${n} < 0 AND ${text} IS NOT NULL THEN ${raise('REPEAT needs a number that is not negative', { kind: 'INT64' })} WHEN ${n} > 0 AND strlen(${text}) > ${MAX_BYTES} // ${n} THEN ${raise('Output of REPEAT exceeds max allowed output size of 1MB', { kind: 'INT64' })} ELSE ${n} END)`,
      );
    },
    [
      each('REPEAT(x, 2)', TEXTS),
      each("REPEAT('ab', x)", '[NULL, 0, 1, 3]'),
      "REPEAT('a', -1)",
      'REPEAT(CAST(NULL AS STRING), -1)',
      each("LENGTH(REPEAT('ab', x))", '[524288, 524289, 9223372036854775807]'),
      "REPEAT('', 9223372036854775807)",
    ],
  ),
  scalar(
    'replace',
    'REPLACE(s, from, to)',
    textOnly('REPLACE', (x, from, to) => `replace(${x}, ${from}, ${to})`),
    [
      each("REPLACE(x, 'a', 'bc')", TEXTS),
      each("REPLACE(x, '', 'z')", TEXTS),
      "REPLACE('aaa', 'aa', 'b')",
      "REPLACE('abc', 'b', '')",
      "REPLACE('abc', 'b', NULL)",
      "REPLACE('ABC', 'b', 'x')",
    ],
  ),
  scalar(
    'translate',
    'TRANSLATE(s, from, to)',
    (call) => {
      requireText(call, 'TRANSLATE');
      const from = constantText(call, 1, 'TRANSLATE from characters');
      if (new Set(from).size !== [...from].length)
        throw new UnsupportedError('TRANSLATE from repeated characters');
      return `translate(${call.args.join(', ')})`;
    },
    [
      each("TRANSLATE(x, 'aeo', 'xy')", TEXTS),
      each("TRANSLATE(x, 'äé日', 'aej')", TEXTS),
      "TRANSLATE('abc', '', '')",
    ],
  ),
  scalar(
    'starts_with',
    'STARTS_WITH(s, prefix)',
    textOnly('STARTS_WITH', (x, y) => `starts_with(${x}, ${y})`),
    [
      each("STARTS_WITH(x, 'a')", TEXTS),
      each("STARTS_WITH(x, '')", TEXTS),
      "STARTS_WITH('a', NULL)",
    ],
  ),
  scalar(
    'ends_with',
    'ENDS_WITH(s, suffix)',
    textOnly('ENDS_WITH', (x, y) => `ends_with(${x}, ${y})`),
    [each("ENDS_WITH(x, 'a')", TEXTS), each("ENDS_WITH(x, '')", TEXTS), "ENDS_WITH('a', NULL)"],
  ),
];
