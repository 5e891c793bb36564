import { BigQueryError } from '../sql/errors';
import { relocate, type ScriptStatement } from '../sql/script';
import { readTransaction } from '../sql/scripting';

const BLOCK = /^(BEGIN|IF|WHILE|LOOP|REPEAT|FOR|CASE|CREATE\s+(OR\s+REPLACE\s+)?PROCEDURE)\b/i;

/**
 * Refuses a DECLARE after another statement, as BigQuery does, before any of the script runs.
 *
 * @throws BigQueryError 'invalidQuery' with the place of the DECLARE
 */
export function checkDeclarations(statements: readonly ScriptStatement[]): void {
  const isDeclaration = ({ text }: ScriptStatement) => /^DECLARE\b/i.test(text);
  const first = statements.findIndex((statement) => !isDeclaration(statement));
  // A block may begin with its own; it is refused by its name, at its turn.
  const block = statements.findIndex(({ text }) => BLOCK.test(text) && !readTransaction(text));
  const after = first < 0 ? [] : statements.slice(first, block < 0 ? undefined : block);
  const late = after.find(isDeclaration);
  if (!late) return;
  const sentence =
    'Variable declarations are allowed only at the start of a block or script: move DECLARE before the other statements';
  throw relocate(new BigQueryError('invalidQuery', sentence, { line: 1, column: 1 }), late);
}
