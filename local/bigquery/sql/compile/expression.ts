import { duckFieldNames } from '../duck-type';
import { UnsupportedError } from '../errors';
import { quoteString } from '../names';
import type {
  ConstantRef,
  Expression,
  GetStructField,
  MakeStruct,
  Parameter,
  WithExpression,
} from '../resolved-ast/expressions';
import { compileCall } from './call';
import { compileCast } from './cast';
import type { Compiler, TypedSql } from './compiler';
import { compileLiteral } from './literal';
import { describeNode } from './refusal';
import { compileSubquery } from './subquery';
import { knownType } from './types';

/** DuckDB SQL of one value. */
export function compileExpression(node: Expression, compiler: Compiler): string {
  switch (node.node) {
    case 'Literal':
      return compileLiteral(node);
    case 'ColumnRef':
      return compiler.column(node.column);
    case 'Parameter':
      return parameterValue(node, compiler).sql;
    case 'Constant':
      return variableValue(node, compiler).sql;
    case 'FunctionCall':
      return compileCall(node, compiler);
    case 'Cast':
      return compileCast(node, compiler);
    case 'MakeStruct':
      return makeStruct(node, compiler);
    case 'GetStructField':
      return getStructField(node, compiler);
    case 'GetJsonField':
      return `json_extract(${compiler.expression(node.expr)}, ${jsonField(node.fieldName)})`;
    case 'SubqueryExpr':
      return compileSubquery(node, compiler);
    case 'WithExpr':
      return withExpression(node, compiler);
    case 'Dmldefault':
      throw new UnsupportedError('DEFAULT as a value inside an expression', node.location);
    default:
      throw new UnsupportedError(describeNode(node.node), node.location);
  }
}

/** The value of '@name' or '?'. */
export function parameterValue(node: Parameter, compiler: Compiler): TypedSql {
  const { parameters } = compiler;
  const value =
    parameters?.mode === 'POSITIONAL'
      ? parameters.values[Number(node.position ?? 1) - 1]
      : parameters?.values.get((node.name ?? '').toLowerCase());
  if (!value) throw new UnsupportedError(`the query parameter ${node.name ?? '?'} without a value`);
  return value;
}

/** The value of a script's variable. */
export function variableValue(node: ConstantRef, compiler: Compiler): TypedSql {
  const value = compiler.variables.get(node.constant.name.toLowerCase());
  if (!value) throw new UnsupportedError(`the constant ${node.constant.name}`, node.location);
  return value;
}

function makeStruct(node: MakeStruct, compiler: Compiler): string {
  const type = knownType(node.type, node.location);
  if (type.kind !== 'STRUCT') throw new UnsupportedError('this STRUCT', node.location);
  if (type.fields.length === 0)
    throw new UnsupportedError('a STRUCT without fields', node.location);
  const names = duckFieldNames(type.fields);
  const fields = node.fieldList.map((field, i) => {
    return `${quoteString(names[i] as string)}: ${compiler.expression(field)}`;
  });
  return `{${fields.join(', ')}}`;
}

function getStructField(node: GetStructField, compiler: Compiler): string {
  const type = knownType(node.expr.type, node.location);
  if (type.kind !== 'STRUCT') throw new UnsupportedError('this field access', node.location);
  const name = duckFieldNames(type.fields)[Number(node.fieldIdx ?? 0)] as string;
  return `struct_extract(${compiler.expression(node.expr)}, ${quoteString(name)})`;
}

function jsonField(name: string): string {
  return quoteString(`$."${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
}

/** Values computed once and used by name, as the analyzer's rewrites write them. */
function withExpression(node: WithExpression, compiler: Compiler): string {
  const steps = node.assignmentList.reduce((from, { column, expr }) => {
    const value = `${compiler.expression(expr)} AS ${compiler.column(column)}`;
    return from === '' ? `(SELECT ${value})` : `(SELECT *, ${value} FROM ${from})`;
  }, '');
  return `(SELECT ${compiler.expression(node.expr)} FROM ${steps})`;
}
