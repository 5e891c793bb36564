import type { Rule } from '../rule';
import { closingBracket, type Token } from '../sqlx/sql-text';

export const lastCte: Rule = {
  name: 'last-cte',
  about: 'The last CTE is named `last_cte`, and the query selects an explicit list from it.',
  bad: 'WITH a AS (...) SELECT x FROM a JOIN b USING (x)',
  good: 'WITH a AS (...), final AS (SELECT x FROM a JOIN b USING (x)) SELECT x FROM final',
  text({ tokens }, report, { last_cte: wanted }) {
    if (wanted === undefined || tokens[0]?.upper !== 'WITH') return;
    const { name, end } = lastOf(tokens);
    const from = tokens.findIndex(({ upper }, i) => i > end && upper === 'FROM');
    const read = tokens[from + 1];
    if (name && name.text !== wanted) {
      report(name.offset, `the last CTE is ${name.text}; write ${wanted} as the last one`);
    } else if (from >= 0 && (read?.text !== wanted || tokens.length > from + 2)) {
      const offset = tokens[from]?.offset ?? 0;
      report(
        offset,
        `the query does more than read its last CTE; write it into ${wanted}, and SELECT ... FROM ${wanted}`,
      );
    }
  },
};

/** The name of the last CTE, and the index of the bracket that closes it. */
function lastOf(tokens: readonly Token[]): { name: Token | undefined; end: number } {
  let at = tokens[1]?.upper === 'RECURSIVE' ? 2 : 1;
  for (;;) {
    const name = tokens[at];
    const open = tokens.findIndex(({ text }, i) => i > at && text === '(');
    if (open < 0) return { name, end: at };
    const end = closingBracket(tokens, open);
    if (tokens[end + 1]?.text !== ',') return { name, end };
    at = end + 2;
  }
}
