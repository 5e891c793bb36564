import { UnsupportedError } from '../../errors';
import type { ResolvedColumn } from '../../resolved-ast/expressions';
import type { SetOperationItem, SetOperationScan } from '../../resolved-ast/scans';
import type { Compiler } from '../compiler';

const OPERATORS = {
  UNION_ALL: 'UNION ALL',
  UNION_DISTINCT: 'UNION',
  INTERSECT_ALL: 'INTERSECT ALL',
  INTERSECT_DISTINCT: 'INTERSECT',
  EXCEPT_ALL: 'EXCEPT ALL',
  EXCEPT_DISTINCT: 'EXCEPT',
} as const;

/** UNION, INTERSECT, EXCEPT: columns are matched by position. */
export function compileSetOperation(node: SetOperationScan, compiler: Compiler): string {
  if (node.columnMatchMode !== undefined && node.columnMatchMode !== 'BY_POSITION') {
    throw new UnsupportedError('CORRESPONDING in a set operation', node.location);
  }
  const items = node.inputItemList.map((item) => renamedItem(item, node.columnList, compiler));
  return items.join(` ${OPERATORS[node.opType ?? 'UNION_ALL']} `);
}

/** One input with its columns under the names of the result. */
export function renamedItem(
  item: SetOperationItem,
  names: readonly ResolvedColumn[],
  compiler: Compiler,
): string {
  const columns = item.outputColumnList.map((column, i) => {
    return `${compiler.column(column)} AS ${compiler.column(names[i] as ResolvedColumn)}`;
  });
  return `SELECT ${columns.join(', ')} FROM (${compiler.scan(item.scan)})`;
}
