import { resolvedName } from '../../bigquery/sql/compile/function-name';
import type { Expression } from '../../bigquery/sql/resolved-ast/expressions';
import { type ColumnId, type Dependency, same } from './dependencies';
import { mentionedColumns } from './walk';

/**
 * What holds of columns in rows that meet a condition: equal ones follow from each other, those
 * that equal a literal are constant.
 */
export function conditionDependencies(
  condition: Expression,
  definitions: ReadonlyMap<ColumnId, Expression>,
): Dependency[] {
  if (condition.node === 'ColumnRef') {
    const to = condition.column.columnId;
    const definition = definitions.get(to);
    const inner = definition && definition !== condition ? definition : undefined;
    return [{ from: [], to }, ...(inner ? conditionDependencies(inner, new Map()) : [])];
  }
  if (condition.node !== 'FunctionCall') return [];
  const name = resolvedName(condition);
  if (name === '$and') {
    return condition.argumentList.flatMap((part) => conditionDependencies(part, definitions));
  }
  if (name !== '$equal') return [];
  const [left, right] = condition.argumentList;
  return left && right ? [...equality(left, right), ...equality(right, left)] : [];
}

function equality(left: Expression, right: Expression): Dependency[] {
  if (left.node !== 'ColumnRef') return [];
  const to = left.column.columnId;
  if (right.node === 'ColumnRef') return same(to, right.column.columnId);
  // A subquery is not followed: what it gives may depend on more than it mentions.
  if (right.node === 'SubqueryExpr') return [];
  return [{ from: mentionedColumns(right), to }];
}
