import type { Expression } from '../resolved-ast/expressions';

/**
 * SAFE.f(x) and SAFE_CAST(x) hide the errors of the call alone, not those of its arguments:
 * arguments that could fail are evaluated outside the TRY, as fields of a one-element list.
 */
export function isolateArguments(
  args: readonly string[],
  nodes: readonly Expression[],
  compile: (args: readonly string[]) => string,
): string {
  const fields: string[] = [];
  const names = args.map((arg, i) => {
    if (cannotFail(nodes[i] as Expression)) return arg;
    fields.push(`s${i}: ${arg}`);
    return `safe.s${i}`;
  });
  if (fields.length === 0) return compile(args);
  return `list_transform([{${fields.join(', ')}}], lambda safe: ${compile(names)})[1]`;
}

function cannotFail(node: Expression): boolean {
  if (node.node === 'GetStructField' || node.node === 'GetJsonField') return cannotFail(node.expr);
  return ['Literal', 'ColumnRef', 'Parameter', 'Constant'].includes(node.node);
}
