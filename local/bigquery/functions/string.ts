import { UnsupportedError } from '../sql/errors';
import { constantText, each, fixed, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce } from './sql-text';

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
  scalar('reverse', 'REVERSE(s)', reverse, [each('REVERSE(x)', TEXTS)]),
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
