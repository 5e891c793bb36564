import { UnsupportedError } from '../errors';
import type {
  AggregateCallExpression,
  Expression,
  FunctionCallExpression,
  Literal,
  ResolvedColumn,
} from '../resolved-ast/expressions';
import type { AggregateScan } from '../resolved-ast/scans';
import { compileAggregate } from './aggregate-call';
import type { Compiler } from './compiler';
import { printFunctionName, resolvedName } from './function-name';
import { columnNames } from './select';
import { type Source, selectFrom } from './source';

/** Aggregates to which a NULL argument is no row. */
const BLIND_TO_NULL = new Set(
  (
    'sum avg min max count countif string_agg logical_and logical_or bit_and bit_or bit_xor ' +
    'stddev stddev_pop stddev_samp variance var_pop var_samp corr covar_pop covar_samp array_concat_agg'
  ).split(' '),
);

/**
 * SUM(x HAVING MAX y) as SUM(IF(y = m, x, NULL)), where m is the group's greatest y, computed
 * beside the rows. ANY_VALUE has a function of its own.
 */
export function expandHaving(
  node: AggregateScan,
  calls: readonly Expression[],
  source: Source,
  columns: readonly ResolvedColumn[],
  compiler: Compiler,
): { readonly calls: readonly Expression[]; readonly source: Source } {
  const extremes: string[] = [];
  const expanded = calls.map((call) => {
    if (call.node !== 'AggregateFunctionCall' || !call.havingModifier) return call;
    if (resolvedName(call) === 'any_value') return call;
    refuseOthers(node, call);
    const { kind, havingExpr } = call.havingModifier;
    const column: ResolvedColumn = {
      columnId: `${node.aggregateList[0]?.column.columnId}_extreme_${extremes.length}`,
      name: 'extreme',
      type: havingExpr.type,
    };
    extremes.push(`${extremeOf(kind, havingExpr, node, compiler)} AS ${compiler.column(column)}`);
    return onlyWhere(call, havingExpr, column);
  });
  if (extremes.length === 0) return { calls, source };
  const own = columns.length > 0 ? [columnNames(columns, compiler)] : [];
  const rows = selectFrom([...own, ...extremes].join(', '), source);
  return { calls: expanded, source: { from: `(${rows})`, where: [] } };
}

function refuseOthers(node: AggregateScan, call: AggregateCallExpression): void {
  const name = resolvedName(call);
  const isBlind = BLIND_TO_NULL.has(name) || call.nullHandlingModifier === 'IGNORE_NULLS';
  if (!isBlind) throw new UnsupportedError(`HAVING in ${printFunctionName(name)}`, call.location);
  if (node.groupingSetList.length > 0) {
    throw new UnsupportedError('HAVING in an aggregate of GROUPING SETS', call.location);
  }
}

/** MAX(y) OVER (PARTITION BY the keys of the group). */
function extremeOf(
  kind: 'MAX' | 'MIN',
  value: Expression,
  node: AggregateScan,
  compiler: Compiler,
): string {
  const keys = node.groupByList.map(({ expr }) => compiler.expression(expr));
  const call: AggregateCallExpression = {
    node: 'AggregateFunctionCall',
    function: { name: kind },
    type: value.type,
    argumentList: [value],
    orderByItemList: [],
  };
  return compileAggregate(call, compiler, keys.length > 0 ? `PARTITION BY ${keys.join(', ')}` : '');
}

function onlyWhere(
  call: AggregateCallExpression,
  value: Expression,
  extreme: ResolvedColumn,
): AggregateCallExpression {
  const { havingModifier: _, ...plain } = call;
  const [first, ...others] = call.argumentList;
  if (!first) return plain;
  const reference: Expression = { node: 'ColumnRef', type: extreme.type, column: extreme };
  const isBest = scalar('$equal', { kind: 'BOOL' }, [value, reference]);
  const none: Literal = { node: 'Literal', type: first.type, value: {} };
  return { ...plain, argumentList: [scalar('if', first.type, [isBest, first, none]), ...others] };
}

function scalar(
  name: string,
  type: Expression['type'],
  argumentList: readonly Expression[],
): FunctionCallExpression {
  return { node: 'FunctionCall', function: { name }, type, argumentList };
}
