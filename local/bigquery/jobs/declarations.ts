import { BigQueryError } from '../sql/errors';
import { relocate, type ScriptStatement } from '../sql/script';

/**
 * Refuses a DECLARE after another statement, as BigQuery does, before any of the script runs.
 *
 * @throws BigQueryError 'invalidQuery' with the place of the DECLARE
 */
export function checkDeclarations(statements: readonly ScriptStatement[]): void {
  const isDeclaration = ({ text }: ScriptStatement) => /^DECLARE\b/i.test(text);
  const first = statements.findIndex((statement) => !isDeclaration(statement));
  const late = first < 0 ? undefined : statements.slice(first).find(isDeclaration);
  if (!late) return;
  const sentence =
    'Variable declarations are allowed only at the start of a block or script: move DECLARE before the other statements';
  throw relocate(new BigQueryError('invalidQuery', sentence, { line: 1, column: 1 }), late);
}
