import type { ArrayScan } from '../../resolved-ast/scans';
import type { Compiler } from '../compiler';
import { asTableFactor } from '../source';

/** UNNEST(array) [WITH OFFSET], alone or joined to the rows whose array it reads. */
export function arraySource(node: ArrayScan, compiler: Compiler): string {
  const element = compiler.column(node.elementColumn);
  const array = compiler.expression(node.arrayExpr);
  const offset = node.arrayOffsetColumn && compiler.column(node.arrayOffsetColumn.column);
  // Both unnest in step; DuckDB counts positions from 1.
  const position = offset && `, generate_subscripts(${array}, 1) - 1 AS ${offset}`;
  const rows = `(SELECT unnest(${array}) AS ${element}${position ?? ''})`;
  if (!node.inputScan) return rows;
  const input = asTableFactor(node.inputScan, compiler);
  const condition = node.joinExpr ? compiler.expression(node.joinExpr) : 'TRUE';
  return `${input} ${node.isOuter ? 'LEFT JOIN' : 'JOIN'} LATERAL ${rows} ON ${condition}`;
}
