import type { Compiler } from '../compile/compiler';
import { resolvedName } from '../compile/function-name';
import type { ColumnRef, ConstantRef, Expression } from '../resolved-ast/expressions';

const RANDOM = new Set(['rand', 'generate_uuid', 'error']);

/** True for what is known before a table is read: literals, parameters, their functions. */
export function isConstant(node: Expression, compiler: Compiler): boolean {
  return columnsOf(node)?.length === 0 && isKnown(node, compiler);
}

/** False where a variable is mentioned whose value a dry run does not know. */
export function isKnown(node: object, { variables }: Compiler): boolean {
  const unknown = (part: unknown): boolean => {
    if (part === null || typeof part !== 'object' || part instanceof Uint8Array) return false;
    if (Array.isArray(part)) return part.some(unknown);
    const { constant } = part as Partial<ConstantRef>;
    if (constant) return variables.get(constant.name.toLowerCase())?.isUnknown ?? false;
    return Object.values(part).some(unknown);
  };
  return !unknown(node);
}

/**
 * The columns that an expression mentions, each once; undefined where it holds more than columns
 * and constants, such as a subquery.
 */
export function columnsOf(node: Expression): ColumnRef[] | undefined {
  switch (node.node) {
    case 'Literal':
    case 'Parameter':
    case 'Constant':
      return [];
    case 'ColumnRef':
      return node.isCorrelated ? undefined : [node];
    case 'Cast':
      return join([node.expr, node.format, node.timeZone]);
    case 'GetStructField':
    case 'GetJsonField':
      return columnsOf(node.expr);
    case 'MakeStruct':
      return join(node.fieldList);
    case 'FunctionCall':
      if (RANDOM.has(resolvedName(node)) || node.genericArgumentList?.length) return undefined;
      return join(node.argumentList);
    default:
      return undefined;
  }
}

function join(nodes: readonly (Expression | undefined)[]): ColumnRef[] | undefined {
  const found = new Map<string, ColumnRef>();
  for (const node of nodes) {
    if (!node) continue;
    const columns = columnsOf(node);
    if (!columns) return undefined;
    for (const reference of columns) found.set(reference.column.columnId, reference);
  }
  return [...found.values()];
}
