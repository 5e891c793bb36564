import type { AggregateCall } from '../../functions/mapping';
import { UnsupportedError } from '../errors';
import type {
  AggregateCallExpression,
  AnalyticCallExpression,
  Expression,
} from '../resolved-ast/expressions';
import { describeCall } from './call';
import type { Compiler } from './compiler';
import { printFunctionName, resolvedName } from './function-name';
import { located } from './located';
import { checkNeighbour } from './neighbour';
import { compileOrder } from './order';
import { knownType } from './types';

const NULLS = { IGNORE_NULLS: 'IGNORE', RESPECT_NULLS: 'RESPECT' } as const;

/** A plain aggregate, or with `over` (the content of OVER) a window function. */
export function compileAggregate(node: Expression, compiler: Compiler, over?: string): string {
  if (node.node !== 'AggregateFunctionCall' && node.node !== 'AnalyticFunctionCall') {
    throw new UnsupportedError('this expression among aggregates', node.location);
  }
  const name = resolvedName(node);
  const mapping = compiler.functions.aggregates.get(name);
  if (!mapping) throw new UnsupportedError(printFunctionName(name), node.location);
  if (over !== undefined && mapping.windowed === false) {
    throw new UnsupportedError(`${printFunctionName(name)} with OVER`, node.location);
  }
  const call = describeAggregate(node, compiler, over);
  checkNeighbour(node, call);
  const sql = located(node, () => mapping.compile(call));
  return node.errorMode === 'SAFE_ERROR_MODE' ? `TRY(${sql})` : sql;
}

function describeAggregate(
  node: AggregateCallExpression | AnalyticCallExpression,
  compiler: Compiler,
  over: string | undefined,
): AggregateCall {
  if (node.withGroupRowsSubquery) throw new UnsupportedError('WITH GROUP ROWS', node.location);
  const modifier = node.nullHandlingModifier;
  const plain = node.node === 'AggregateFunctionCall' ? node : undefined;
  const having = plain?.havingModifier;
  return {
    ...describeCall(node.argumentList, node.type, compiler, node),
    distinct: node.distinct ?? false,
    nulls: modifier && modifier !== 'DEFAULT_NULL_HANDLING' ? NULLS[modifier] : undefined,
    orderBy: compileOrder(plain?.orderByItemList ?? [], compiler),
    limit: plain?.limit && compiler.expression(plain.limit),
    having: having && {
      kind: having.kind,
      value: compiler.expression(having.havingExpr),
      type: knownType(having.havingExpr.type, node.location),
    },
    over,
  };
}
