import type { Expression, FunctionCallExpression } from '../resolved-ast/expressions';
import type { GoogleSqlType } from '../types';
import { resolvedName } from './function-name';

const BOOL: GoogleSqlType = { kind: 'BOOL' };

/**
 * Comparisons of structs as comparisons of their fields. DuckDB compares structs as wholes and
 * takes NULL fields as equal; GoogleSQL's answer is NULL where a field's is.
 */
export function expandStructComparison(node: FunctionCallExpression): Expression {
  const name = resolvedName(node);
  const [first, ...others] = node.argumentList;
  if (first?.type.kind !== 'STRUCT') return node;
  if (name === '$equal' || name === '$in') {
    return combine(
      '$or',
      others.map((other) => fieldsEqual(first, other)),
      node,
    );
  }
  if (name === '$not_equal') {
    return call(
      '$not',
      others.map((other) => fieldsEqual(first, other)),
      node,
    );
  }
  return node;

  function fieldsEqual(left: Expression, right: Expression): Expression {
    const rights = fieldsOf(right);
    const equal = fieldsOf(left).map((field, i) =>
      call('$equal', [field, rights[i] as Expression], node),
    );
    return combine('$and', equal, node);
  }
}

function fieldsOf(struct: Expression): readonly Expression[] {
  if (struct.node === 'MakeStruct') return struct.fieldList;
  if (struct.type.kind !== 'STRUCT') return [];
  return struct.type.fields.map((field, i) => ({
    node: 'GetStructField',
    type: field.type,
    expr: struct,
    fieldIdx: String(i),
  }));
}

function combine(
  name: string,
  parts: readonly Expression[],
  from: FunctionCallExpression,
): Expression {
  const [only] = parts;
  return parts.length === 1 && only ? only : call(name, parts, from);
}

function call(
  name: string,
  argumentList: readonly Expression[],
  from: FunctionCallExpression,
): FunctionCallExpression {
  const { location } = from;
  return {
    node: 'FunctionCall',
    function: { name },
    type: BOOL,
    argumentList,
    ...(location ? { location } : {}),
  };
}
