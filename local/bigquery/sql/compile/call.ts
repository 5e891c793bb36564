import type { Constant, FunctionCall, FunctionMapping } from '../../functions/mapping';
import { UnsupportedError } from '../errors';
import type { Expression, FunctionCallExpression } from '../resolved-ast/expressions';
import type { GoogleSqlType } from '../types';
import { asksForRows } from './asks-for-rows';
import type { Compiler } from './compiler';
import { parameterValue, variableValue } from './expression';
import { printFunctionName, resolvedName } from './function-name';
import { expandIntervalArithmetic } from './interval-arithmetic';
import { literalConstant } from './literal';
import { isolateArguments } from './safe';
import { expandStructComparison } from './struct-comparison';
import { knownType } from './types';

/** A call of a scalar function or operator, through the allow-list. */
export function compileCall(node: FunctionCallExpression, compiler: Compiler): string {
  for (const expand of [expandStructComparison, expandIntervalArithmetic]) {
    const expanded = expand(node);
    if (expanded !== node) return compiler.expression(expanded);
  }
  const name = resolvedName(node);
  const mapping = compiler.functions.scalars.get(name);
  if (!mapping) throw new UnsupportedError(printFunctionName(name), node.location);
  if (
    node.argumentList.length === 0 &&
    node.genericArgumentList?.some((argument) => !argument.expr)
  ) {
    throw new UnsupportedError(`${printFunctionName(name)} with a lambda`, node.location);
  }
  const call = describeCall(node.argumentList, node.type, compiler, node);
  const safe = node.errorMode === 'SAFE_ERROR_MODE';
  if (!safe && !(call.args.some(asksForRows) && usesTry(call, mapping)))
    return mapping.compile(call);
  return isolateArguments(call.args, node.argumentList, (args) => {
    const sql = mapping.compile({ ...call, args });
    return safe ? `TRY(${sql})` : sql;
  });
}

/** True for mappings that hide errors by themselves (SAFE_DIVIDE): TRY takes no subquery. */
function usesTry(call: FunctionCall, mapping: FunctionMapping): boolean {
  const args = call.args.map((_, i) => `argument${i}`);
  return /\bTRY\(/.test(mapping.compile({ ...call, args }));
}

/** What a mapping is given: the arguments compiled, typed, and where constant by value. */
export function describeCall(
  args: readonly Expression[],
  type: FunctionCallExpression['type'],
  compiler: Compiler,
  node: { readonly location?: { readonly line: number; readonly column: number } },
): FunctionCall {
  return {
    args: args.map((argument) => compiler.expression(argument)),
    argTypes: args.map(argumentType),
    constants: args.map((argument) => constantOf(argument, compiler)),
    wholes: args.map(isWhole),
    type: knownType(type, node.location),
  };
}

/** Enums (date parts and the like) reach a mapping as constant strings. */
function argumentType(argument: Expression): GoogleSqlType {
  if (argument.node === 'Literal' && argument.type.kind === 'OTHER') return { kind: 'STRING' };
  return knownType(argument.type, argument.location);
}

function isWhole(argument: Expression): boolean {
  if (argument.node !== 'Cast' || argument.type.kind !== 'NUMERIC') return false;
  return argument.expr.type.kind === 'INT64';
}

function constantOf(argument: Expression, compiler: Compiler): Constant | undefined {
  if (argument.node === 'Literal') return literalConstant(argument);
  if (argument.node === 'Parameter') return parameterValue(argument, compiler).constant;
  if (argument.node === 'Constant') return variableValue(argument, compiler).constant;
  return undefined;
}
