import type { AggregateCall } from '../../functions/mapping';
import { BigQueryError } from '../errors';
import type { AggregateCallExpression, AnalyticCallExpression } from '../resolved-ast/expressions';
import { mentionsColumn } from '../resolved-ast/walk';
import { printFunctionName, resolvedName } from './function-name';

const NEIGHBOURS = new Set(['lag', 'lead']);

/**
 * Refuses what BigQuery says of LAG and LEAD when it runs, and DuckDB takes: an offset below 0,
 * which looks the other way there, and a default that differs by row.
 */
export function checkNeighbour(
  node: AggregateCallExpression | AnalyticCallExpression,
  call: AggregateCall,
): void {
  const name = resolvedName(node);
  if (!NEIGHBOURS.has(name)) return;
  const refuse = (what: string): never => {
    const sentence = what.replace('$', printFunctionName(name));
    throw new BigQueryError('invalidQuery', sentence, node.location);
  };
  const offset = call.constants[1];
  if (typeof offset === 'bigint' && offset < 0n) {
    refuse('The offset to the function $ must not be negative');
  }
  const other = node.argumentList[2];
  if (other && mentionsColumn(other, () => true)) {
    refuse('The third argument (the default expression) to $ must be constant');
  }
}
