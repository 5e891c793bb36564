import type { Location } from '../../bigquery/sql/resolved-ast/expressions';

/** Any node of a resolved statement, and its parts, without their types. */
export type AnyNode = Readonly<Record<string, unknown>>;

/** Parts that hold no nodes, and would lead out of the statement. */
const SKIPPED = new Set(['type', 'entry', 'location', 'annotations']);

/**
 * Visits a node and everything below it, outermost first, with the nodes around each. The list of
 * those is the walk's own and goes on changing: who keeps it must copy it.
 */
export function walk(
  node: unknown,
  visit: (node: AnyNode, around: readonly AnyNode[]) => void,
  around: AnyNode[] = [],
): void {
  if (node === null || typeof node !== 'object' || node instanceof Uint8Array) return;
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit, around);
    return;
  }
  const any = node as AnyNode;
  visit(any, around);
  around.push(any);
  for (const key in any) {
    const part = any[key];
    if (typeof part !== 'object' || SKIPPED.has(key)) continue;
    // A literal's value is the protocol's; elsewhere it is an expression.
    if (key !== 'value' || any.node !== 'Literal') walk(part, visit, around);
  }
  around.pop();
}

/** The ids of all columns that an expression mentions, those of its subqueries included. */
export function mentionedColumns(expression: unknown): string[] {
  const ids: string[] = [];
  walk(expression, (node) => {
    if (node.node === 'ColumnRef' || 'isCorrelated' in node) {
      ids.push((node.column as { readonly columnId: string }).columnId);
    }
  });
  return ids;
}

/** The node's own place, or that of the first node below it, or of the closest around it. */
export function nearestPlace(node: AnyNode, around: readonly AnyNode[] = []): Location | undefined {
  let found = node.location as Location | undefined;
  if (found) return found;
  walk(node, (inner) => {
    found ??= inner.location as Location | undefined;
  });
  return found ?? (around.findLast(({ location }) => location)?.location as Location | undefined);
}
