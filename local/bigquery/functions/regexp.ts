import { UnsupportedError } from '../sql/errors';
import { quoteString } from '../sql/names';
import { constantText, each, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { patternOf, singleGroup } from './regexp-pattern';
import { EXTRACT_FROM_CASES, extractFrom } from './regexp-position';
import { bindOnce, raise } from './sql-text';
import { TEXTS } from './string';

/** The one function whose pattern a row may name: no group has to be known. */
function contains(call: FunctionCall): string {
  if (call.constants[1] === undefined && call.argTypes[0]?.kind === 'STRING')
    return `regexp_matches(${call.args[0]}, ${call.args[1]})`;
  return `regexp_matches(${call.args[0]}, ${patternOf(call, 'REGEXP_CONTAINS').sql})`;
}

/** The first match, or its one group; NULL without a match. */
function extract(call: FunctionCall): string {
  if (call.args.length > 2) return extractFrom(call);
  const { sql, group } = singleGroup(call, 'REGEXP_EXTRACT');
  // An anchored pattern has one match; asking for all and taking the first matches once, not twice.
  // With alternatives, groups cost ten times as much to find as whether there is a match.
  const pattern = String(call.constants[1]);
  if (/^(?:\(\?[is]+\))?\^/.test(pattern) && !pattern.includes('|')) {
    return `regexp_extract_all(${call.args[0]}, ${sql}, ${group})[1]`;
  }
  return bindOnce(
    [call.args[0] ?? ''],
    (text = '') =>
      `CASE WHEN regexp_matches(${text}, ${sql}) THEN regexp_extract(${text}, ${sql}, ${group}) END`,
  );
}

/** DuckDB finds one empty match more, at the end; patterns that match nothing fail on such rows. */
function extractAll(call: FunctionCall): string {
  const { sql, group } = singleGroup(call, 'REGEXP_EXTRACT_ALL');
  return bindOnce([call.args[0] ?? ''], (text) => {
    const empty = `list_contains(regexp_extract_all(${text}, ${sql}, 0), '')`;
    const failure = raise(
      'REGEXP_EXTRACT_ALL with a pattern that matches the empty text is not supported',
      call.type,
    );
    return `CASE WHEN ${text} IS NULL THEN NULL WHEN ${empty} THEN ${failure} ELSE regexp_extract_all(${text}, ${sql}, ${group}) END`;
  });
}

/** All matches are replaced; \\1 names a group in both engines. */
function replace(call: FunctionCall): string {
  const { sql, groups } = patternOf(call, 'REGEXP_REPLACE');
  const replacement = constantText(call, 2, 'REGEXP_REPLACE with a replacement');
  for (const [, digit = ''] of replacement.matchAll(/\\(.|$)/gs)) {
    if (digit !== '\\' && !(/\d/.test(digit) && Number(digit) <= groups.count)) {
      throw new UnsupportedError(`REGEXP_REPLACE with the replacement '${replacement}'`);
    }
  }
  return `regexp_replace(${call.args[0]}, ${sql}, ${quoteString(replacement)}, 'g')`;
}

const URLS =
  "[NULL, '', 'https://shop.example/a?utm_source=news&x=1', 'HTTP://Ä.example/ü?utm_source=', 'no', 'a\\nb', '/p/123/q/45']";

const PATTERNS_OF_ROWS =
  "[NULL, '', 'o', '^s', 'P$', '(?i)P$', '^$', 'a.b', '(?s)a.b', '(a)?(s|h)', '[[:alpha:]]{2}', '\\\\bshop\\\\b', '\\\\p{Lu}', '(?i)ü', '.*']";

export const regexpFunctions: readonly FunctionMapping[] = [
  scalar('regexp_contains', "REGEXP_CONTAINS(s, r'pattern')", contains, [
    each("REGEXP_CONTAINS(x, r'o')", TEXTS),
    each("REGEXP_CONTAINS(x, r'(?i)^h.*o')", TEXTS),
    each("REGEXP_CONTAINS(x, r'^$')", TEXTS),
    each("REGEXP_CONTAINS(x, r'\\d+|é')", TEXTS),
    each("REGEXP_CONTAINS(x, r'a.b')", URLS),
    each("REGEXP_CONTAINS(x, r'(?s)a.b')", URLS),
    each("REGEXP_CONTAINS(x, r'[[:alpha:]]{3,}')", URLS),
    each("REGEXP_CONTAINS(x, r'\\bshop\\b')", URLS),
    each("REGEXP_CONTAINS(x, '')", URLS),
    "REGEXP_CONTAINS('a', r'(')",
    ...['shop', 'a\\nb', '', 'Ü'].map((text) =>
      each(`REGEXP_CONTAINS('${text}', x)`, PATTERNS_OF_ROWS),
    ),
    "(SELECT REGEXP_CONTAINS('a', x) FROM UNNEST(['(']) AS x)",
    "(SELECT REGEXP_CONTAINS(CAST(NULL AS STRING), x) FROM UNNEST(['(']) AS x)",
    "REGEXP_CONTAINS('Ü', r'(?i)ü')",
  ]),
  scalar('regexp_extract', "REGEXP_EXTRACT(s, r'pattern'[, position[, occurrence]])", extract, [
    ...EXTRACT_FROM_CASES,
    each("REGEXP_EXTRACT(x, r'utm_source=([^&]*)')", URLS),
    each("REGEXP_EXTRACT(x, r'\\d+')", URLS),
    each("REGEXP_EXTRACT(x, r'^https?://([^/]+)')", URLS),
    each("REGEXP_EXTRACT(x, r'(?i)^https?://([^/?#]+)')", URLS),
    each("REGEXP_EXTRACT(x, r'(?:a|b)\\?')", URLS),
    each("REGEXP_EXTRACT(x, r'[(]?(h)')", TEXTS),
    each("REGEXP_EXTRACT(x, r'x?')", URLS),
    ...['^', '^h?', '^(h?)', '^([a-z]*)', '(?i)^(H*)', '^(?:https?:)?//([^/?#]*)', '^$'].flatMap(
      (pattern) => (pattern.includes('|') ? [] : [each(`REGEXP_EXTRACT(x, r'${pattern}')`, URLS)]),
    ),
    each("REGEXP_EXTRACT(x, r'(?:www[.])?(o|l)')", TEXTS),
    "REGEXP_EXTRACT('abc', r'(?P<name>b)')",
    "REGEXP_EXTRACT(CONCAT('a long text to be bound once: ', 'id=', '42', '&more'), r'id=(\\d+)')",
  ]),
  scalar('regexp_extract_all', "REGEXP_EXTRACT_ALL(s, r'pattern')", extractAll, [
    each("REGEXP_EXTRACT_ALL(x, r'\\d+')", URLS),
    each("REGEXP_EXTRACT_ALL(x, r'/(\\d)')", URLS),
    each("REGEXP_EXTRACT_ALL(x, r'[a-z]')", TEXTS),
    each("REGEXP_EXTRACT_ALL(x, r'[éo](l*)')", TEXTS),
    "REGEXP_EXTRACT_ALL(CAST(NULL AS STRING), r'a') IS NULL",
  ]),
  scalar('regexp_replace', "REGEXP_REPLACE(s, r'pattern', r'replacement')", replace, [
    each("REGEXP_REPLACE(x, r'[aeiou]', '*')", TEXTS),
    each("REGEXP_REPLACE(x, r'(\\w)(\\w)', r'\\2\\1')", TEXTS),
    each("REGEXP_REPLACE(x, r'^https?://', '')", URLS),
    each("REGEXP_REPLACE(x, r'[?].*$', '')", URLS),
    each("REGEXP_REPLACE(x, r'\\d', r'<\\0>')", URLS),
    each("REGEXP_REPLACE(x, r'', '-')", TEXTS),
    each("REGEXP_REPLACE(x, r'b*', '-')", "['abc', '', 'bb']"),
    "REGEXP_REPLACE('a', 'a', r'\\\\')",
    "REGEXP_REPLACE('a$1', 'a', '$1')",
  ]),
];
