import { UnsupportedError } from '../../errors';
import type {
  AnalyticCallExpression,
  OrderByItem,
  WindowBoundary,
} from '../../resolved-ast/expressions';
import type { AnalyticGroup, AnalyticScan } from '../../resolved-ast/scans';
import { compileAggregate } from '../aggregate-call';
import type { Compiler } from '../compiler';
import { compileOrder, compileSingleKey } from '../order';
import { columnNames } from '../select';
import { selectFrom, sourceOf } from '../source';
import { liftProjection } from './lift-projection';
import { projectedColumns } from './project';

/**
 * Window functions, beside the columns of the input. What the input computes and no window needs
 * is computed above them: DuckDB sorts every column that passes through a window.
 */
export function compileAnalyticScan(node: AnalyticScan, compiler: Compiler): string {
  const lifted = liftProjection(node);
  if (!lifted) return compileWindows(node, compiler);
  const windows = compileWindows(lifted.windows, compiler);
  return selectFrom(projectedColumns(lifted.above, compiler), { from: `(${windows})`, where: [] });
}

function compileWindows(node: AnalyticScan, compiler: Compiler): string {
  const computed = new Map<string, string>();
  for (const group of node.functionGroupList) {
    for (const { column, expr } of group.analyticFunctionList) {
      const over = windowOf(group, expr as AnalyticCallExpression, compiler);
      computed.set(compiler.column(column), compileAggregate(expr, compiler, over));
    }
  }
  const passed = node.columnList.filter((column) => !computed.has(compiler.column(column)));
  const windows = [...computed].map(([name, sql]) => `${sql} AS ${name}`);
  const columns = passed.length === 0 ? windows : [columnNames(passed, compiler), ...windows];
  return selectFrom(columns.join(', '), sourceOf(node.inputScan, compiler));
}

/** The content of OVER (...). */
function windowOf(group: AnalyticGroup, call: AnalyticCallExpression, compiler: Compiler): string {
  const parts: string[] = [];
  const keys = group.partitionBy?.partitionByList ?? [];
  if (keys.length > 0) {
    parts.push(`PARTITION BY ${keys.map((key) => compiler.column(key.column)).join(', ')}`);
  }
  const order = group.orderBy?.orderByItemList ?? [];
  if (order.length > 0) parts.push(`ORDER BY ${windowOrder(order, call, compiler)}`);
  const frame = call.windowFrame;
  if (frame) {
    const start = boundary(frame.startExpr, compiler);
    parts.push(`${frame.frameUnit} BETWEEN ${start} AND ${boundary(frame.endExpr, compiler)}`);
  }
  return parts.join(' ');
}

/** A RANGE frame with an offset adds it to its one key, which therefore stays bare. */
function windowOrder(
  order: readonly OrderByItem[],
  call: AnalyticCallExpression,
  compiler: Compiler,
): string {
  const { windowFrame: frame } = call;
  const bounds = [frame?.startExpr, frame?.endExpr];
  const hasOffset = bounds.some((bound) => bound?.expression !== undefined);
  const [first] = order;
  if (frame?.frameUnit !== 'RANGE' || !hasOffset || !first) return compileOrder(order, compiler);
  if (first.columnRef.type.kind === 'FLOAT64') {
    throw new UnsupportedError(
      'RANGE with an offset over FLOAT64 (NaN would be misplaced); order by INT64',
    );
  }
  return compileSingleKey(first, compiler);
}

function boundary(bound: WindowBoundary, compiler: Compiler): string {
  switch (bound.boundaryType) {
    case 'UNBOUNDED_PRECEDING':
      return 'UNBOUNDED PRECEDING';
    case 'UNBOUNDED_FOLLOWING':
      return 'UNBOUNDED FOLLOWING';
    case 'CURRENT_ROW':
      return 'CURRENT ROW';
  }
  if (!bound.expression) throw new UnsupportedError('this window frame');
  const side = bound.boundaryType === 'OFFSET_PRECEDING' ? 'PRECEDING' : 'FOLLOWING';
  return `${compiler.expression(bound.expression)} ${side}`;
}
