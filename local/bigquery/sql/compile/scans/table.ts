import { UnsupportedError } from '../../errors';
import { quoteIdentifier } from '../../names';
import type { TableScan } from '../../resolved-ast/scans';
import type { Compiler } from '../compiler';
import { NO_COLUMN } from '../select';

/** The columns of a table or view under their numbers. */
export function tableSelect(node: TableScan, compiler: Compiler): string {
  if (node.forSystemTimeExpr) throw new UnsupportedError('FOR SYSTEM_TIME AS OF', node.location);
  const columns = node.columnList.map((column) => {
    return `${quoteIdentifier(column.name)} AS ${compiler.column(column)}`;
  });
  const list = columns.length === 0 ? NO_COLUMN : columns.join(', ');
  return `SELECT ${list} FROM ${compiler.tableSource(node)}`;
}
