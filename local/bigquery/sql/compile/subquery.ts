import { UnsupportedError } from '../errors';
import type { Expression, SubqueryExpression } from '../resolved-ast/expressions';
import type { Scan } from '../resolved-ast/scans';
import type { Compiler } from './compiler';
import { compileListSubquery } from './list-subquery';
import { compileOrder } from './order';
import { columnNames } from './select';
import { duckTypeOf } from './types';

/** A subquery inside an expression. */
export function compileSubquery(node: SubqueryExpression, compiler: Compiler): string {
  compiler.nesting.depth += 1;
  try {
    return subquerySql(node, compiler);
  } finally {
    compiler.nesting.depth -= 1;
  }
}

function subquerySql(node: SubqueryExpression, compiler: Compiler): string {
  const list = compileListSubquery(node, compiler);
  if (list !== undefined) return list;
  const column = node.subquery.columnList[0];
  switch (node.subqueryType) {
    case 'SCALAR':
      return `(${compiler.scan(node.subquery)})`;
    case 'EXISTS':
      return `EXISTS (${compiler.scan(node.subquery)})`;
    case 'IN':
      if (!node.inExpr || !column) break;
      return inSubquery(node.inExpr, node.subquery, compiler.column(column), compiler);
    case 'ARRAY': {
      if (!column) break;
      return arraySubquery(node, compiler.column(column), compiler);
    }
  }
  throw new UnsupportedError(
    `a subquery with ${node.subqueryType.replace('_', ' ')}`,
    node.location,
  );
}

/** DuckDB finds NaN equal to NaN and NULL fields of structs equal; GoogleSQL finds neither. */
function inSubquery(value: Expression, rows: Scan, column: string, compiler: Compiler): string {
  const left = compiler.expression(value);
  const right = compiler.scan(rows);
  switch (value.type.kind) {
    case 'STRUCT':
    case 'ARRAY':
      throw new UnsupportedError(`IN (subquery) of ${value.type.kind}`, value.location);
    case 'FLOAT64':
      return (
        `CASE WHEN isnan(${left}) ` +
        `THEN ${left} IN (SELECT ${column} FROM (${right}) WHERE (NOT isnan(${column})) IS NOT FALSE) ` +
        `ELSE ${left} IN (${right}) END`
      );
  }
  return `(${left} IN (${right}))`;
}

/** The order belongs to the aggregate: DuckDB promises none for the rows of a subquery. */
function arraySubquery(node: SubqueryExpression, column: string, compiler: Compiler): string {
  const { input, order } = splitOrder(node.subquery, compiler);
  const list = `list(${column}${order === '' ? '' : ` ORDER BY ${order}`})`;
  return `(SELECT coalesce(${list}, CAST([] AS ${duckTypeOf(node.type)})) FROM (${input}))`;
}

/** Takes an outermost ORDER BY off a scan, keeping its keys in reach. */
function splitOrder(scan: Scan, compiler: Compiler): { input: string; order: string } {
  const inner = scan.node === 'LimitOffsetScan' ? scan.inputScan : scan;
  if (inner.node !== 'OrderByScan') return { input: compiler.scan(scan), order: '' };
  const order = compileOrder(inner.orderByItemList, compiler);
  const keys = inner.orderByItemList.map((item) => item.columnRef.column);
  const columnList = [...inner.columnList, ...keys];
  if (scan.node !== 'LimitOffsetScan') {
    const input = { ...inner.inputScan };
    return {
      input: `SELECT ${columnNames(columnList, compiler)} FROM (${compiler.scan(input)})`,
      order,
    };
  }
  const limited = { ...scan, columnList, inputScan: { ...inner, columnList } };
  return { input: compiler.scan(limited), order };
}
