import type { ColumnRef, Expression, SubqueryExpression } from './expressions';
import type { Scan } from './scans';

type AnyNode = Readonly<Record<string, unknown>> & { readonly node: string };

/** Parts of a node that hold no nodes. */
const LEAVES = new Set(['type', 'table', 'location', 'function', 'value', 'columnList']);

/** True where the node or one below it fulfils the condition, subqueries included. */
export function someNode(root: unknown, condition: (node: AnyNode) => boolean): boolean {
  if (Array.isArray(root)) return root.some((item) => someNode(item, condition));
  if (root === null || typeof root !== 'object') return false;
  const fields = root as Readonly<Record<string, unknown>>;
  if (typeof fields.node === 'string' && condition(fields as AnyNode)) return true;
  return Object.entries(fields).some(
    ([key, value]) => !LEAVES.has(key) && someNode(value, condition),
  );
}

/** True where an expression asks for rows of its own. */
export function hasSubquery(expression: Expression): boolean {
  return someNode(expression, ({ node }) => node === 'SubqueryExpr');
}

/** True where an expression mentions a column that fulfils the condition, by its id. */
export function mentionsColumn(
  expression: Expression,
  condition: (columnId: string) => boolean,
): boolean {
  return someNode(expression, (node) => {
    return (
      node.node === 'ColumnRef' &&
      condition((node as unknown as { column: { columnId: string } }).column.columnId)
    );
  });
}

/** The ids of a scan's columns. */
export function columnIds(scan: Scan): ReadonlySet<string> {
  return new Set(scan.columnList.map(({ columnId }) => columnId));
}

/**
 * Columns of the query around the one that an expression stands in, and those of the ids given. A
 * subquery in the expression lists the columns that it takes from both.
 */
export function outerColumns(root: unknown, also: ReadonlySet<string>): ColumnRef[] {
  if (Array.isArray(root)) return root.flatMap((item) => outerColumns(item, also));
  if (root === null || typeof root !== 'object') return [];
  const fields = root as Readonly<Record<string, unknown>>;
  const isOuter = (reference: ColumnRef) =>
    reference.isCorrelated === true || also.has(reference.column.columnId);
  if (fields.node === 'ColumnRef') return [root as ColumnRef].filter(isOuter);
  if (fields.node === 'SubqueryExpr') {
    const { parameterList, inExpr } = root as SubqueryExpression;
    return [...parameterList.filter(isOuter), ...outerColumns(inExpr, also)];
  }
  return Object.entries(fields).flatMap(([key, value]) =>
    LEAVES.has(key) ? [] : outerColumns(value, also),
  );
}

/** The same nodes as a subquery around them would hold them: columns of the ids given are outer. */
export function asOuter<Node>(root: Node, ids: ReadonlySet<string>): Node {
  if (Array.isArray(root)) return root.map((item) => asOuter(item, ids)) as Node;
  if (root === null || typeof root !== 'object' || root instanceof Uint8Array) return root;
  const fields = Object.entries(root).map(([key, value]) => {
    return [key, LEAVES.has(key) ? value : asOuter(value, ids)] as const;
  });
  const copy = Object.fromEntries(fields) as { column?: { columnId?: string } };
  const isOuter = 'isCorrelated' in root && ids.has(copy.column?.columnId ?? '');
  return (isOuter ? { ...copy, isCorrelated: true } : copy) as Node;
}
