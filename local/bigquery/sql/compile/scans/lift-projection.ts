import type { ComputedColumn, ResolvedColumn } from '../../resolved-ast/expressions';
import type { AnalyticScan, ProjectScan } from '../../resolved-ast/scans';
import { hasSubquery } from '../../resolved-ast/walk';

/** Window functions over the input without some of its computed columns, and these above them. */
interface Lifted {
  readonly windows: AnalyticScan;
  readonly above: ProjectScan;
}

/**
 * Takes computed columns that no window mentions from below the windows to above them, where they
 * are made from columns that pass through the windows anyway. Undefined where there are none.
 */
export function liftProjection(node: AnalyticScan): Lifted | undefined {
  const { inputScan } = node;
  if (inputScan.node !== 'ProjectScan') return undefined;
  const made = new Set(inputScan.exprList.map(({ column }) => column.columnId));
  const passing = new Set(node.columnList.map(({ columnId }) => columnId));
  const canRise = ({ column, expr }: ComputedColumn): boolean =>
    passing.has(column.columnId) &&
    !mentions(node.functionGroupList, (id) => id === column.columnId) &&
    !hasSubquery(expr) &&
    !mentions(expr, (id) => made.has(id) || !passing.has(id));
  const rising = inputScan.exprList.filter(canRise);
  if (rising.length === 0) return undefined;
  const risen = new Set(rising.map(({ column }) => column.columnId));
  const without = (columns: readonly ResolvedColumn[]) =>
    columns.filter(({ columnId }) => !risen.has(columnId));
  const below: ProjectScan = {
    ...inputScan,
    columnList: without(inputScan.columnList),
    exprList: inputScan.exprList.filter(({ column }) => !risen.has(column.columnId)),
  };
  const windows = { ...node, columnList: without(node.columnList), inputScan: below };
  const above: ProjectScan = {
    node: 'ProjectScan',
    columnList: node.columnList,
    exprList: rising,
    inputScan: windows,
  };
  return { windows, above };
}

/** Keys of windows are references too, but not as nodes: the ids alone tell. */
function mentions(part: unknown, condition: (columnId: string) => boolean): boolean {
  if (Array.isArray(part)) return part.some((item) => mentions(item, condition));
  if (part === null || typeof part !== 'object') return false;
  return Object.entries(part).some(([key, value]) =>
    key === 'columnId' ? condition(value) : mentions(value, condition),
  );
}
