import type { Expression, FunctionCallExpression } from '../resolved-ast/expressions';
import { resolvedName } from './function-name';

/**
 * time + INTERVAL n PART as TIMESTAMP_ADD(time, INTERVAL n PART) and the like, which the
 * allow-list knows; there is no value of type INTERVAL. A DATE becomes a DATETIME by it.
 */
export function expandIntervalArithmetic(node: FunctionCallExpression): Expression {
  const name = resolvedName(node);
  if (name !== '$add' && name !== '$subtract') return node;
  const [left, right] = node.argumentList;
  if (!left || !right) return node;
  if (name === '$add' && isInterval(left)) return shift('add', right, left, node);
  if (isInterval(right)) return shift(name === '$add' ? 'add' : 'sub', left, right, node);
  return node;
}

function isInterval(node: Expression): node is FunctionCallExpression {
  return node.node === 'FunctionCall' && resolvedName(node) === '$interval';
}

function shift(
  direction: 'add' | 'sub',
  time: Expression,
  interval: FunctionCallExpression,
  from: FunctionCallExpression,
): Expression {
  const { location, type } = from;
  const place = location ? { location } : {};
  const isDate = time.type.kind === 'DATE';
  const start: Expression = isDate ? { node: 'Cast', type, expr: time, ...place } : time;
  const family = type.kind === 'TIMESTAMP' ? 'timestamp' : 'datetime';
  return {
    node: 'FunctionCall',
    function: { name: `${family}_${direction}` },
    type,
    argumentList: [start, ...interval.argumentList],
    ...place,
  };
}
