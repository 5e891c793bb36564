import { BigQueryError, UnsupportedError } from '../sql/errors';
import { relocate, type ScriptStatement } from '../sql/script';
import { readTransaction } from '../sql/scripting';

/**
 * Refuses a script whose transactions are not begun and committed in pairs, before any of it runs.
 * BigQuery undoes a transaction that its script leaves open; here a whole script is one
 * transaction, so leaving one open would mean to keep what BigQuery drops.
 *
 * @throws BigQueryError 'invalidQuery' with the place of the statement
 */
export function checkTransactions(statements: readonly ScriptStatement[]): void {
  let open: ScriptStatement | undefined;
  for (const statement of statements) {
    const action = readTransaction(statement.text);
    if (action === 'begin' && open) {
      throw refusal(statement, 'Transaction is already in progress: COMMIT TRANSACTION first');
    }
    if (action === 'commit' && !open) {
      throw refusal(statement, 'There is no transaction to commit: BEGIN TRANSACTION first');
    }
    if (action === 'rollback') {
      const what = 'ROLLBACK TRANSACTION: a script that fails is undone as a whole; leave it out';
      throw relocate(new UnsupportedError(what, { line: 1, column: 1 }), statement);
    }
    if (action === 'begin') open = statement;
    if (action === 'commit') open = undefined;
  }
  if (open) {
    throw refusal(
      open,
      'The script ends in the middle of a transaction, and BigQuery would undo it: add COMMIT TRANSACTION',
    );
  }
}

function refusal(statement: ScriptStatement, message: string): BigQueryError {
  return relocate(new BigQueryError('invalidQuery', message, { line: 1, column: 1 }), statement);
}
