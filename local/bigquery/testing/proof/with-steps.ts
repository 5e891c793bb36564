import { closing, queryTokens } from './query-tokens';

/** A query that begins with WITH, taken apart. */
interface WithSteps {
  /** In order; each may read those before it. */
  readonly steps: readonly { readonly name: string; readonly sql: string }[];
  /** The query after them. */
  readonly last: string;
}

/** Undefined for a query without WITH, with WITH RECURSIVE, or in a form that is not known. */
export function withSteps(sql: string): WithSteps | undefined {
  const tokens = queryTokens(sql);
  const textAt = (index: number): string => tokens[index]?.text.toUpperCase() ?? '';
  if (textAt(0) !== 'WITH' || textAt(1) === 'RECURSIVE') return undefined;
  const steps: { name: string; sql: string }[] = [];
  let index = 1;
  while (true) {
    const [name, , open] = tokens.slice(index, index + 3);
    if (!name || textAt(index + 1) !== 'AS' || open?.text !== '(') return undefined;
    const end = tokens[closing(tokens, index + 2)];
    if (!end) return undefined;
    const step = sql.slice(open.offset + 1, end.offset);
    steps.push({ name: name.text.replaceAll('`', ''), sql: step });
    index = tokens.indexOf(end) + 1;
    if (textAt(index) === ',') index += 1;
    else return { steps, last: sql.slice(tokens[index]?.offset ?? sql.length) };
  }
}

/** What ends the last query of a union, but belongs to all of it; and other ways to put together. */
const OF_THE_WHOLE = new Set(['ORDER', 'LIMIT', 'DISTINCT', 'INTERSECT', 'EXCEPT', 'WITH']);

/** The queries that a UNION ALL puts together; undefined for any other form. */
export function unionParts(sql: string): readonly string[] | undefined {
  const tokens = queryTokens(sql);
  const parts: string[] = [];
  let start = 0;
  for (let index = 0; index < tokens.length; index++) {
    const text = tokens[index]?.text.toUpperCase() ?? '';
    if (text === '(') {
      index = closing(tokens, index);
      if (index < 0) return undefined;
    } else if (text === 'UNION' && tokens[index + 1]?.text.toUpperCase() === 'ALL') {
      parts.push(sql.slice(start, tokens[index]?.offset));
      start = (tokens[index + 1]?.offset ?? 0) + 'ALL'.length;
    } else if (text === 'UNION' || isOfTheWhole(text, tokens[index - 1]?.text)) return undefined;
  }
  return parts.length === 0 ? undefined : [...parts, sql.slice(start)];
}

/** SELECT DISTINCT belongs to its own query; so does SELECT * EXCEPT. */
const isOfTheWhole = (text: string, before = ''): boolean =>
  OF_THE_WHOLE.has(text) && before !== '*' && before.toUpperCase() !== 'SELECT';
