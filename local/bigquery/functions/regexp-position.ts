import { UnsupportedError } from '../sql/errors';
import { each, scalar } from './entry';
import type { FunctionCall, FunctionMapping } from './mapping';
import { patternOf, singleGroup } from './regexp-pattern';
import { bindOnce, raise } from './sql-text';

const ONE = 'CAST(1 AS BIGINT)';

interface Search {
  /** The text from the position on, or NULL where the position is beyond its bytes (not characters). */
  readonly rest: string;
  readonly position: string;
  readonly occurrence: string;
  /** Conditions that are errors, with their SQL. */
  readonly failures: string;
}

/** Binds text, position and occurrence, and checks what GoogleSQL checks. */
function search(call: FunctionCall, what: string, build: (search: Search) => string): string {
  const [text = '', , position = ONE, occurrence = ONE] = call.args;
  return bindOnce([text, position, occurrence], (x = '', p = '', n = '') => {
    const failure = raise(`${what} needs a position and an occurrence from 1`, call.type);
    const rest = `CASE WHEN ${p} > strlen(${x}) THEN NULL ELSE substr(${x}, ${p}) END`;
    return bindOnce([rest], (part = '') =>
      build({
        rest: part,
        position: p,
        occurrence: n,
        failures: `WHEN ${x} IS NOT NULL AND ${p} IS NOT NULL AND ${n} IS NOT NULL AND (${p} < 1 OR ${n} < 1) THEN ${failure}`,
      }),
    );
  });
}

/** DuckDB finds one empty match more than GoogleSQL; such rows fail. */
function emptyMatch(call: FunctionCall, what: string, matches: string): string {
  return `WHEN list_contains(${matches}, '') THEN ${raise(`${what} with a pattern that matches the empty text is not supported`, call.type)}`;
}

/** REGEXP_EXTRACT from a position: GoogleSQL searches the text behind it as if it began there. */
export function extractFrom(call: FunctionCall): string {
  const what = 'REGEXP_EXTRACT with a position';
  const { sql, group } = singleGroup(call, what);
  return search(call, what, ({ rest, occurrence, failures }) => {
    const found = `regexp_extract_all(${rest}, ${sql}, 0)`;
    return `CASE ${failures} ${emptyMatch(call, what, found)} ELSE regexp_extract_all(${rest}, ${sql}, ${group})[${occurrence}] END`;
  });
}

/** REGEXP_INSTR: where the nth match begins, or the place behind its end; 0 without one. */
function instr(call: FunctionCall): string {
  const { sql, groups } = patternOf(call, 'REGEXP_INSTR');
  if (groups.count > 0) throw new UnsupportedError('REGEXP_INSTR with a group');
  const behind = call.constants[4];
  if (call.args.length > 4 && behind !== 0n && behind !== 1n) {
    throw new UnsupportedError('REGEXP_INSTR with a fifth argument other than 0 and 1');
  }
  return search(call, 'REGEXP_INSTR', ({ rest, position, occurrence, failures }) => {
    const matches = `regexp_extract_all(${rest}, ${sql}, 0)`;
    return bindOnce([matches], (found = '') => {
      const lengths = (list: string): string =>
        `coalesce(list_sum(list_transform(${list}, lambda piece: length(piece))), 0)`;
      const between = `regexp_split_to_array(${rest}, ${sql})[1:${occurrence}]`;
      const before = `${found}[1:${occurrence}${behind === 1n ? '' : ' - 1'}]`;
      const start = `CAST(${position} + ${lengths(between)} + ${lengths(before)} AS BIGINT)`;
      const nulls = call.args.map((arg) => `${arg} IS NULL`).join(' OR ');
      return `CASE WHEN ${nulls} THEN NULL ${failures} ${emptyMatch(call, 'REGEXP_INSTR', found)} WHEN ${rest} IS NULL THEN 0 WHEN len(${found}) < ${occurrence} THEN 0 ELSE ${start} END`;
    });
  });
}

const TEXTS = "[NULL, '', 'abcabc', 'é b c', 'bbb', 'x1y22z333']";

export const EXTRACT_FROM_CASES: readonly string[] = [
  each("REGEXP_EXTRACT(x, r'b', 3)", TEXTS),
  each("REGEXP_EXTRACT(x, r'[a-z]+', 1, 2)", TEXTS),
  each("REGEXP_EXTRACT(x, r'\\d+', 1, i + 1)", "['x1y22z333', 'x1y22z333', 'x1y22z333', 'x1']"),
  each("REGEXP_EXTRACT(x, r'(b)c', 2, 2)", TEXTS),
  each("REGEXP_EXTRACT('abcabc', r'^c', x)", '[NULL, 1, 3, 6, 7, 99]'),
  each("REGEXP_EXTRACT('abcabc', r'\\bb', x)", '[2, 3]'),
  // The second place of 'é' is behind its one letter, but not behind its two bytes.
  each("REGEXP_EXTRACT('é', r'é', x)", '[1, 2, 3]'),
  "REGEXP_EXTRACT('é', r'^$', 3)",
  "REGEXP_EXTRACT('abcabc', r'b', 0)",
  "REGEXP_EXTRACT('abcabc', r'b', 1, 0)",
  "REGEXP_EXTRACT(CAST(NULL AS STRING), r'b', 0)",
  "REGEXP_SUBSTR('abcabc', r'b', 3)",
];

export const regexpPositionFunctions: readonly FunctionMapping[] = [
  scalar('regexp_instr', "REGEXP_INSTR(s, r'pattern'[, position[, occurrence[, 0 | 1]]])", instr, [
    each("REGEXP_INSTR(x, r'b')", TEXTS),
    each("REGEXP_INSTR(x, r'[a-z]+', 1, 2)", TEXTS),
    each("REGEXP_INSTR(x, r'\\d+', 2, 2, 1)", TEXTS),
    each("REGEXP_INSTR(x, r'\\d+', 2, 2, 0)", TEXTS),
    each("REGEXP_INSTR('abcabc', r'b', x)", '[NULL, 1, 2, 3, 5, 6, 7, 99]'),
    each("REGEXP_INSTR('abcabc', r'[ab]', 1, x)", '[NULL, 1, 2, 3, 4, 5]'),
    "REGEXP_INSTR('abcabc', r'b', 0)",
    "REGEXP_INSTR('abcabc', r'b', 1, 0)",
  ]),
];
