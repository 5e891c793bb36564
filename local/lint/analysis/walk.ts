import type { Location } from '../../bigquery/sql/resolved-ast/expressions';

/** Any node of a resolved statement, and its parts, without their types. */
export type AnyNode = Readonly<Record<string, unknown>>;

/** Parts that hold no nodes, and would lead out of the statement. */
const SKIPPED = new Set(['type', 'entry', 'value', 'location', 'annotations']);

/** Visits a node and everything below it, outermost first, with the nodes around each. */
export function walk(
  node: unknown,
  visit: (node: AnyNode, around: readonly AnyNode[]) => void,
  around: readonly AnyNode[] = [],
): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit, around);
    return;
  }
  if (node === null || typeof node !== 'object' || node instanceof Uint8Array) return;
  const any = node as AnyNode;
  visit(any, around);
  const inside = [...around, any];
  for (const [key, part] of Object.entries(any)) {
    // A computed value is an expression; a literal's is the protocol's.
    if (key === 'value' ? any.node === 'Literal' : SKIPPED.has(key)) continue;
    walk(part, visit, inside);
  }
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
