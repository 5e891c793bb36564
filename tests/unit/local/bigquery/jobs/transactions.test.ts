import { checkTransactions } from '@tributary/local/bigquery/jobs/transactions';
import { splitScript } from '@tributary/local/bigquery/sql/script';

const check = (script: string) => () => checkTransactions(splitScript(script));

test.each([
  'SELECT 1',
  'BEGIN TRANSACTION; SELECT 1; COMMIT TRANSACTION',
  'begin; SELECT 1; commit; BEGIN TRANSACTION; COMMIT',
])('%s is in order', (script) => {
  expect(check(script)).not.toThrow();
});

test.each([
  [
    'SELECT 1;\nBEGIN TRANSACTION; SELECT 2',
    'The script ends in the middle of a transaction, and BigQuery would undo it: add COMMIT TRANSACTION at [2:1]',
  ],
  ['BEGIN; BEGIN; COMMIT', 'Transaction is already in progress: COMMIT TRANSACTION first at [1:8]'],
  [
    'BEGIN TRANSACTION; SELECT 1; ROLLBACK TRANSACTION',
    'does not support ROLLBACK TRANSACTION: a script that fails is undone as a whole; leave it out at [1:30]',
  ],
  ['COMMIT', 'There is no transaction to commit: BEGIN TRANSACTION first at [1:1]'],
])('%s is refused with its place', (script, message) => {
  expect(check(script)).toThrow(message);
});
