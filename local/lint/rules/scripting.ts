import type { Rule } from '../rule';
import type { SqlText } from '../sqlx/sql-text';

const STARTS = new Set([
  ...['IF', 'WHILE', 'LOOP', 'REPEAT', 'FOR', 'CASE', 'CALL', 'RETURN', 'RAISE', 'BREAK', 'LEAVE'],
  ...['CONTINUE', 'ITERATE', 'BEGIN', 'COMMIT', 'ROLLBACK', 'END'],
]);

/** Control flow can be neither analyzed nor tested; a model is a query. */
export const scripting: Rule = {
  name: 'scripting',
  about: 'No scripting beyond DECLARE ... DEFAULT and SET.',
  bad: 'IF (SELECT COUNT(*) FROM raw) > 0 THEN ... END IF',
  good: 'DECLARE newest DATE DEFAULT (SELECT MAX(day) FROM raw)',
  text(sql, report) {
    for (const start of statementStarts(sql)) {
      const token = sql.tokens[start];
      if (!token) continue;
      // What follows belongs to it.
      if (STARTS.has(token.upper)) {
        report(
          token.offset,
          `${token.upper} is scripting; write one query, or DECLARE ... DEFAULT`,
        );
        return;
      }
      if (token.upper === 'DECLARE' && !hasDefault(sql, start)) {
        report(token.offset, 'this DECLARE gives no value; write DECLARE name type DEFAULT value');
      }
    }
  },
};

function statementStarts({ tokens }: SqlText): number[] {
  return [0, ...tokens.flatMap(({ text }, i) => (text === ';' ? [i + 1] : []))];
}

function hasDefault({ tokens }: SqlText, from: number): boolean {
  for (let i = from; i < tokens.length && tokens[i]?.text !== ';'; i++) {
    if (tokens[i]?.upper === 'DEFAULT') return true;
  }
  return false;
}
