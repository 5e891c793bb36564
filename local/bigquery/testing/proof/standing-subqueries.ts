import { closing, queryTokens } from './query-tokens';

/** An uncorrelated-looking subquery after IN, with its place in the text. */
interface InSubquery {
  readonly sql: string;
  /** Offsets of what stands between the parentheses. */
  readonly start: number;
  readonly end: number;
}

/**
 * The subqueries of `IN (SELECT ...)` in a query, in order, none inside another. Whether one can
 * stand by itself only the engine can say.
 */
export function inSubqueries(sql: string): InSubquery[] {
  const found: InSubquery[] = [];
  const tokens = queryTokens(sql);
  for (let index = 0; index < tokens.length; index++) {
    const [word, open, select] = tokens.slice(index, index + 3);
    if (word?.text.toUpperCase() !== 'IN' || open?.text !== '(') continue;
    if (select?.text.toUpperCase() !== 'SELECT') continue;
    const close = closing(tokens, index + 1);
    const end = tokens[close];
    if (!end) continue;
    const start = open.offset + 1;
    found.push({ sql: sql.slice(start, end.offset), start, end: end.offset });
    index = close;
  }
  return found;
}
