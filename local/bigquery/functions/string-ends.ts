import { each, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { bindOnce, raise } from './sql-text';
import { requireText, TEXTS } from './string';

// What takes from the ends of a text, or adds to them.

const STRING = { kind: 'STRING' } as const;

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

export const stringEndFunctions: readonly FunctionMapping[] = [
  scalar('trim', 'TRIM(s[, characters])', trim('trim'), trimCases('TRIM')),
  scalar('ltrim', 'LTRIM(s[, characters])', trim('ltrim'), trimCases('LTRIM')),
  scalar('rtrim', 'RTRIM(s[, characters])', trim('rtrim'), trimCases('RTRIM')),
  scalar('lpad', 'LPAD(s, length[, pattern])', pad('lpad'), padCases('LPAD')),
  scalar('rpad', 'RPAD(s, length[, pattern])', pad('rpad'), padCases('RPAD')),
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
];
