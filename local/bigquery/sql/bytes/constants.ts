import type { Compiler } from '../compile/compiler';
import { resolvedName } from '../compile/function-name';
import type { ColumnRef, Expression } from '../resolved-ast/expressions';

const RANDOM = new Set(['rand', 'generate_uuid', 'error']);

/** True for what BigQuery knows before it reads a table: literals, parameters, their functions. */
export function isConstant(node: Expression, compiler: Compiler): boolean {
  return columnsOf(node, compiler)?.length === 0;
}

/**
 * The columns that an expression mentions, each once; undefined where it holds more than columns
 * and constants, such as a subquery or a variable whose value is not known.
 */
export function columnsOf(node: Expression, compiler: Compiler): ColumnRef[] | undefined {
  switch (node.node) {
    case 'Literal':
    case 'Parameter':
      return [];
    case 'Constant':
      return compiler.variables.get(node.constant.name.toLowerCase())?.isUnknown ? undefined : [];
    case 'ColumnRef':
      return node.isCorrelated ? undefined : [node];
    case 'Cast':
      return join([node.expr, node.format, node.timeZone], compiler);
    case 'GetStructField':
    case 'GetJsonField':
      return columnsOf(node.expr, compiler);
    case 'MakeStruct':
      return join(node.fieldList, compiler);
    case 'FunctionCall':
      if (RANDOM.has(resolvedName(node)) || node.genericArgumentList?.length) return undefined;
      return join(node.argumentList, compiler);
    default:
      return undefined;
  }
}

function join(
  nodes: readonly (Expression | undefined)[],
  compiler: Compiler,
): ColumnRef[] | undefined {
  const found = new Map<string, ColumnRef>();
  for (const node of nodes) {
    if (!node) continue;
    const columns = columnsOf(node, compiler);
    if (!columns) return undefined;
    for (const reference of columns) found.set(reference.column.columnId, reference);
  }
  return [...found.values()];
}
