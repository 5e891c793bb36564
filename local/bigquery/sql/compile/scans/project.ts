import type { ProjectScan } from '../../resolved-ast/scans';
import type { Compiler } from '../compiler';
import { compileOver } from '../outer-columns';
import { NO_COLUMN } from '../select';
import { selectFrom, sourceOf } from '../source';
import { shareJsonValues } from './shared-json';

/** The select list: columns of the input as they are, and those computed here. */
export function compileProjectScan(scan: ProjectScan, compiler: Compiler): string {
  const rows = sourceOf(scan.inputScan, compiler);
  const { node, source: input } = shareJsonValues({ node: scan, source: rows }, compiler);
  const { result, source } = compileOver(
    node.exprList.map(({ expr }) => expr),
    node.inputScan,
    input,
    compiler,
    () => projectedColumns(node, compiler),
  );
  return selectFrom(result, source);
}

/** 'c1, c2 + 1 AS c5'. */
export function projectedColumns(node: ProjectScan, compiler: Compiler): string {
  const computed = new Map(
    node.exprList.map(({ column, expr }) => [column.columnId, compiler.expression(expr)]),
  );
  const columns = new Map(
    node.columnList.map((column) => {
      const name = compiler.column(column);
      const sql = computed.get(column.columnId);
      return [name, sql === undefined ? name : `${sql} AS ${name}`];
    }),
  );
  return columns.size === 0 ? NO_COLUMN : [...columns.values()].join(', ');
}
