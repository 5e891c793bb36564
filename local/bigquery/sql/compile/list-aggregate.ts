import { finiteOfList } from '../../functions/aggregate-sql';
import type {
  AggregateCallExpression,
  Expression,
  SubqueryExpression,
} from '../resolved-ast/expressions';
import type { AggregateScan, Scan } from '../resolved-ast/scans';
import type { Compiler } from './compiler';
import { resolvedName } from './function-name';
import { type ArrayQuery, buildList, readArrayQuery } from './list-query';

/**
 * (SELECT SUM(x.price) FROM UNNEST(items) AS x WHERE ...) as functions of the list, in place of a
 * correlated join: 5 s become 0.5 s for a million rows. Undefined where the shape differs.
 */
export function compileListAggregate(
  node: SubqueryExpression,
  compiler: Compiler,
): string | undefined {
  const { subquery } = node;
  const [output] = subquery.columnList;
  if (node.subqueryType !== 'SCALAR' || !output || subquery.columnList.length !== 1) return;
  if (subquery.node !== 'ProjectScan' || subquery.inputScan.node !== 'AggregateScan') return;
  const scan = subquery.inputScan;
  const input = plainInput(scan);
  if (!input) return;
  const values = scan.aggregateList.map(({ expr }) =>
    expr.node === 'AggregateFunctionCall' ? aggregateOf(expr, input, compiler) : undefined,
  );
  if (values.includes(undefined)) return;
  scan.aggregateList.forEach(({ column }, i) => {
    compiler.bindColumn(column, values[i] as string);
  });
  const computed = subquery.exprList.find(({ column }) => column.columnId === output.columnId);
  return computed ? `(${compiler.expression(computed.expr)})` : compiler.column(output);
}

/** The array under an aggregation of all its elements. */
function plainInput(scan: AggregateScan): ArrayQuery | undefined {
  if (scan.groupByList.length > 0 || scan.groupingSetList.length > 0) return undefined;
  const filters: Expression[] = [];
  let input: Scan = scan.inputScan;
  for (; input.node === 'FilterScan'; input = input.inputScan) filters.unshift(input.filterExpr);
  return readArrayQuery(input, filters);
}

function aggregateOf(
  call: AggregateCallExpression,
  input: ArrayQuery,
  compiler: Compiler,
): string | undefined {
  if (call.havingModifier || call.orderByItemList.length > 0 || call.limit || call.distinct) return;
  if (call.errorMode === 'SAFE_ERROR_MODE') return;
  const name = resolvedName(call);
  const [value, delimiter] = call.argumentList;
  if (name === '$count_star') {
    const list = buildList(input, compiler);
    return list && `coalesce(len(${list}), 0)`;
  }
  if (!value) return;
  const list = buildList({ ...input, value }, compiler);
  if (list === undefined) return;
  const known = `list_filter(${list}, lambda v: v IS NOT NULL)`;
  const isFloat = value.type.kind === 'FLOAT64';
  switch (name) {
    case 'count':
      return `coalesce(len(${known}), 0)`;
    case 'countif':
      return `coalesce(len(list_filter(${list}, lambda v: v)), 0)`;
    case 'sum':
      if (call.type.kind === 'INT64') return `CAST(list_sum(${list}) AS BIGINT)`;
      return isFloat ? finiteOfList('list_sum', list) : undefined;
    case 'avg':
      if (isFloat) return finiteOfList('list_avg', list);
      return call.type.kind === 'FLOAT64' ? `list_avg(${list})` : undefined;
    case 'max':
      return `list_max(${list})`;
    case 'min':
      return isFloat ? undefined : `list_min(${list})`;
    case 'logical_or':
      return `list_bool_or(${list})`;
    case 'logical_and':
      return `list_bool_and(${list})`;
    case 'string_agg': {
      if (value.type.kind !== 'STRING' || (delimiter && delimiter.node !== 'Literal')) return;
      const between = delimiter ? compiler.expression(delimiter) : "','";
      return `list_aggregate(${known}, 'string_agg', ${between})`;
    }
  }
  return undefined;
}
