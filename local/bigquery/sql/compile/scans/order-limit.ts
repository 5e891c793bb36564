import type { LimitOffsetScan, OrderByScan } from '../../resolved-ast/scans';
import type { Compiler } from '../compiler';
import { compileOrder } from '../order';
import { columnNames } from '../select';
import { selectFrom, sourceOf } from '../source';

export function compileOrderByScan(node: OrderByScan, compiler: Compiler): string {
  const select = selectFrom(
    columnNames(node.columnList, compiler),
    sourceOf(node.inputScan, compiler),
  );
  return `${select} ORDER BY ${compileOrder(node.orderByItemList, compiler)}`;
}

/** LIMIT stands in the same SELECT as the ORDER BY below it: only there the order counts. */
export function compileLimitScan(node: LimitOffsetScan, compiler: Compiler): string {
  const inner = node.inputScan;
  const select =
    inner.node === 'OrderByScan'
      ? compileOrderByScan({ ...inner, columnList: node.columnList }, compiler)
      : selectFrom(columnNames(node.columnList, compiler), sourceOf(inner, compiler));
  return select + limitClause(node, compiler);
}

/** ' LIMIT n OFFSET m'. */
export function limitClause(node: LimitOffsetScan, compiler: Compiler): string {
  const offset = node.offset ? ` OFFSET ${compiler.expression(node.offset)}` : '';
  return ` LIMIT ${compiler.expression(node.limit)}${offset}`;
}
