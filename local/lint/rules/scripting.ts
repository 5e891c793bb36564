import type { Rule } from '../rule';
import { closingBracket, type SqlText } from '../sqlx/sql-text';

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
    let isInside = false;
    for (const start of statementStarts(sql)) {
      const token = sql.tokens[start];
      if (!token) continue;
      // The END of what was named is no mistake of its own.
      if (STARTS.has(token.upper) && !(isInside && token.upper === 'END')) {
        isInside = true;
        report(
          token.offset,
          `${token.upper} is scripting; write one query, or DECLARE ... DEFAULT`,
        );
      }
      if (token.upper === 'DECLARE' && !hasDefault(sql, start)) {
        report(token.offset, 'this DECLARE gives no value; write DECLARE name type DEFAULT value');
      }
    }
  },
};

/** After semicolons, and after the words behind which a block of statements begins. */
function statementStarts(sql: SqlText): number[] {
  const { tokens } = sql;
  const starts = new Set([0]);
  tokens.forEach(({ text, upper }, i) => {
    const isBlock = BLOCKS.has(upper) && starts.has(i);
    if (text === ';' || isBlock || (OPENS.has(upper) && isControl(sql, i + 1))) starts.add(i + 1);
  });
  return [...starts];
}

/** Statements that begin with statements. */
const BLOCKS = new Set(['LOOP', 'REPEAT', 'BEGIN']);
/** Words that stand before statements, and THEN and ELSE in CASE expressions too. */
const OPENS = new Set(['THEN', 'ELSE', 'DO']);

/** True for a word that only a statement begins with: not for the functions IF and REPEAT, nor CASE. */
function isControl({ tokens }: SqlText, at: number): boolean {
  const word = tokens[at]?.upper ?? '';
  if (!STARTS.has(word) || word === 'CASE' || word === 'END') return false;
  if (tokens[at + 1]?.text !== '(') return true;
  return tokens[closingBracket(tokens, at + 1) + 1]?.upper === (word === 'IF' ? 'THEN' : 'DO');
}

function hasDefault({ tokens }: SqlText, from: number): boolean {
  for (let i = from; i < tokens.length && tokens[i]?.text !== ';'; i++) {
    if (tokens[i]?.upper === 'DEFAULT') return true;
  }
  return false;
}
