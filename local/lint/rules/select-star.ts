import type { Rule } from '../rule';
import { closingBracket, type SqlText } from '../sqlx/sql-text';

/** A CTE that only brings a table in may take all of it; everything else names its columns. */
export const selectStar: Rule = {
  name: 'select-star',
  about:
    'SELECT * only in import CTEs: name AS (SELECT * FROM one table [WHERE ...]), in EXISTS, and as the rows that an assertion forbids.',
  bad: 'SELECT * FROM final',
  good: 'SELECT session_id, started_at FROM final',
  text(sql, report, _, kind) {
    sql.tokens.forEach((token, i) => {
      if (token.text !== '*' || !isStar(sql, i) || isImport(sql, i)) return;
      if (isInExists(sql, i) || (kind === 'assertion' && isOutermost(sql, i))) return;
      report(token.offset, 'SELECT * outside of an import CTE; write the columns');
    });
  },
};

/** Neither a product nor COUNT(*). */
function isStar({ tokens }: SqlText, i: number): boolean {
  const before = tokens[i - 1];
  if (before?.text === '.') return tokens[i - 2]?.kind !== 'symbol';
  if (before?.upper === 'SELECT') return true;
  if (before?.upper === 'DISTINCT' || before?.upper === 'ALL')
    return tokens[i - 2]?.upper === 'SELECT';
  return before?.text === ',' && /^(FROM|EXCEPT|REPLACE|,)$/.test(tokens[i + 1]?.upper ?? '');
}

/** EXISTS asks whether there are rows, whatever their columns are. */
function isInExists({ tokens }: SqlText, i: number): boolean {
  const words = [tokens[i - 3]?.upper, tokens[i - 2]?.text, tokens[i - 1]?.upper];
  return words.join(' ') === 'EXISTS ( SELECT';
}

/** Of an assertion only the number of rows counts: those that it finds may be shown whole. */
function isOutermost({ tokens }: SqlText, i: number): boolean {
  const before = tokens.slice(0, i).map(({ text }) => text);
  const count = (bracket: string) => before.filter((text) => text === bracket).length;
  return count('(') === count(')');
}

/** `AS ( SELECT * FROM table )`, with nothing but a filter behind. */
function isImport({ tokens }: SqlText, i: number): boolean {
  const [as, open, select] = [tokens[i - 3], tokens[i - 2], tokens[i - 1]];
  if (as?.upper !== 'AS' || open?.text !== '(' || select?.upper !== 'SELECT') return false;
  if (tokens[i + 1]?.upper !== 'FROM') return false;
  const end = closingBracket(tokens, i - 2);
  let after = i + 3;
  while (tokens[after]?.text === '.' || tokens[after]?.text === '-') after += 2;
  if (tokens[after]?.text === '(') after = closingBracket(tokens, after) + 1;
  return after === end || tokens[after]?.upper === 'WHERE';
}
