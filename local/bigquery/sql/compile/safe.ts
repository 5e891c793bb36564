import type { Expression } from '../resolved-ast/expressions';

/**
 * SAFE.f(x) hides the errors of the call alone, not those of its arguments: they are evaluated
 * outside the TRY, as fields of a one-element list. Columns too: DuckDB computes once what stands
 * twice in a query, before the TRY, but never what a lambda makes of its own parameter.
 */
export function isolateArguments(
  args: readonly string[],
  nodes: readonly Expression[],
  compile: (args: readonly string[]) => string,
): string {
  const fields: string[] = [];
  const names = args.map((arg, i) => {
    if (isConstant(nodes[i] as Expression)) return arg;
    fields.push(`s${i}: ${arg}`);
    return `safe.s${i}`;
  });
  if (fields.length === 0) return compile(args);
  return `list_transform([{${fields.join(', ')}}], lambda safe: ${compile(names)})[1]`;
}

const isConstant = ({ node }: Expression): boolean =>
  ['Literal', 'Parameter', 'Constant'].includes(node);
