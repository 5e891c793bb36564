/**
 * The string literals that SQL compares a column with or gives it: { platform: ['google_ads'] }.
 * Found in the text, without resolving anything: a column of another table with the same name
 * gets them too, which does no harm to random values.
 */
export function columnLiterals(texts: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const add = (column: string | undefined, list: string | undefined): void => {
    const key = (column ?? '').toLowerCase();
    const values = found.get(key) ?? new Set();
    for (const [, value] of (list ?? '').matchAll(LITERAL)) values.add(value ?? '');
    found.set(key, values);
  };
  for (const text of new Set(texts)) {
    for (const { 1: column, 2: list } of text.matchAll(COMPARED)) add(column, list);
    for (const { 1: column, 2: list } of text.matchAll(REPLACED)) add(column, list);
    for (const { 1: list, 2: column } of text.matchAll(NAMED)) add(column, list);
    for (const { 1: column, 2: list } of text.matchAll(SWITCHED)) add(column, list);
  }
  return new Map([...found].map(([column, values]) => [column, [...values].sort()]));
}

const LITERAL = /r?'([^'\\]*)'/g;
const ONE = String.raw`r?'[^'\\]*'`;
const LIST = String.raw`${ONE}(?:\s*,\s*${ONE})*`;

/** `medium = 'cpc'`, `LOWER(medium) NOT IN ('cpc', 'ppc')`. */
const COMPARED = new RegExp(
  String.raw`\b([A-Za-z_]\w*)\)*\s*(?:=|!=|<>|\bNOT\s+IN\s*\(|\bIN\s*\()\s*(${LIST})`,
  'gi',
);
/** `COALESCE(medium, '')`. */
const REPLACED = new RegExp(
  String.raw`\b(?:COALESCE|IFNULL|NULLIF)\((?:\w+\.)?([A-Za-z_]\w*)\s*,\s*(${ONE})`,
  'gi',
);
/** `'imported' AS split_cause`. */
const NAMED = new RegExp(String.raw`(${ONE})\s+AS\s+([A-Za-z_]\w*)`, 'gi');
/** `CASE kind WHEN 'email' THEN`: the first branch tells that the column is one of names. */
const SWITCHED = new RegExp(String.raw`\bCASE\s+(?:\w+\.)?([A-Za-z_]\w*)\s+WHEN\s+(${ONE})`, 'gi');
