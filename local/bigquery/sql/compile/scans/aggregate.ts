import { UnsupportedError } from '../../errors';
import type { Expression, ResolvedColumn } from '../../resolved-ast/expressions';
import type { AggregateScan, GroupingSet } from '../../resolved-ast/scans';
import { compileAggregate } from '../aggregate-call';
import { liftArguments } from '../aggregate-input';
import type { Compiler } from '../compiler';
import { NO_COLUMN } from '../select';
import { selectFrom } from '../source';

/** GROUP BY with its aggregates; SELECT DISTINCT arrives here too, as a GROUP BY of all columns. */
export function compileAggregateScan(node: AggregateScan, compiler: Compiler): string {
  const keys = node.groupByList.map(({ column, expr }) => {
    return `${compiler.expression(expr)} AS ${compiler.column(column)}`;
  });
  const { calls, source } = liftArguments(node, compiler);
  const aggregates = node.aggregateList.map(({ column }, i) => {
    return `${compileAggregate(calls[i] as Expression, compiler)} AS ${compiler.column(column)}`;
  });
  const groupings = node.groupingCallList.map(({ groupByColumn, outputColumn }) => {
    const key = compiler.column(groupByColumn.column);
    return `CAST(grouping(${key}) AS BIGINT) AS ${compiler.column(outputColumn)}`;
  });
  const columns = [...keys, ...aggregates, ...groupings].join(', ') || NO_COLUMN;
  return selectFrom(columns, source) + groupBy(node, compiler);
}

function groupBy(node: AggregateScan, compiler: Compiler): string {
  if (node.groupByList.length === 0 && node.groupingSetList.length === 0) {
    return node.aggregateList.length === 0 ? ' LIMIT 1' : '';
  }
  const name = (column: ResolvedColumn): string => compiler.column(column);
  if (node.groupingSetList.length === 0) {
    return ` GROUP BY ${node.groupByList.map(({ column }) => name(column)).join(', ')}`;
  }
  const sets = node.groupingSetList.map((set) => `(${setColumns(set, node).map(name).join(', ')})`);
  return ` GROUP BY GROUPING SETS (${sets.join(', ')})`;
}

function setColumns(set: GroupingSet, node: AggregateScan): ResolvedColumn[] {
  if (set.node !== 'GroupingSet') {
    throw new UnsupportedError('ROLLUP or CUBE inside GROUPING SETS', node.location);
  }
  return (set.groupByColumnList ?? []).map((reference) => reference.column);
}
