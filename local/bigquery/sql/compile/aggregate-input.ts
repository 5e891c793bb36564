import type {
  AggregateCallExpression,
  ComputedColumn,
  Expression,
  ResolvedColumn,
} from '../resolved-ast/expressions';
import type { AggregateScan } from '../resolved-ast/scans';
import { columnIds, hasSubquery, mentionsColumn } from '../resolved-ast/walk';
import { expandHaving } from './aggregate-having';
import type { Compiler } from './compiler';
import { type Source, sourceOf } from './source';

/**
 * The aggregates of a scan and the rows that they read. An argument without a column of these rows
 * is computed in the rows first: DuckDB gives SUM(x) to the query that x belongs to, so that in a
 * subquery SUM(outer.x) would be the outer query's; GoogleSQL's belongs where it stands.
 */
export function liftArguments(
  node: AggregateScan,
  compiler: Compiler,
): { readonly calls: readonly Expression[]; readonly source: Source } {
  const own = columnIds(node.inputScan);
  const lifted: ComputedColumn[] = [];
  const lift = (argument: Expression): Expression => {
    if (!mustBeLifted(argument, own)) return argument;
    const column: ResolvedColumn = {
      columnId: `${node.aggregateList[0]?.column.columnId}_${lifted.length}`,
      name: 'argument',
      type: argument.type,
    };
    lifted.push({ column, expr: argument });
    return { node: 'ColumnRef', type: argument.type, column };
  };
  const calls = node.aggregateList.map(({ expr }) =>
    expr.node === 'AggregateFunctionCall' ? liftCall(expr, lift) : expr,
  );
  if (lifted.length === 0) {
    const source = sourceOf(node.inputScan, compiler);
    return expandHaving(node, calls, source, node.inputScan.columnList, compiler);
  }
  const columnList = [...node.inputScan.columnList, ...lifted.map(({ column }) => column)];
  const { inputScan } = node;
  const rows = { node: 'ProjectScan', columnList, inputScan, exprList: lifted } as const;
  return expandHaving(node, calls, sourceOf(rows, compiler), columnList, compiler);
}

function liftCall(
  call: AggregateCallExpression,
  lift: (argument: Expression) => Expression,
): AggregateCallExpression {
  return { ...call, argumentList: call.argumentList.map(lift) };
}

/** Constants stay: functions read them at compile time. Elsewhere they are bound to no query. */
function mustBeLifted(argument: Expression, own: ReadonlySet<string>): boolean {
  if (argument.node === 'Literal' || argument.node === 'Parameter') return false;
  return hasSubquery(argument) || mentionsColumn(argument, (id) => !own.has(id));
}
