import { UnsupportedError } from '../errors';
import type { Expression, ResolvedColumn, SubqueryExpression } from '../resolved-ast/expressions';
import type { ArrayScan, Scan } from '../resolved-ast/scans';
import type { Compiler } from './compiler';
import { compileListAggregate } from './list-aggregate';
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
  const list = compileListAggregate(node, compiler) ?? compileListSubquery(node, compiler);
  if (list !== undefined) return list;
  const column = node.subquery.columnList[0];
  switch (node.subqueryType) {
    case 'SCALAR':
      return `(${compiler.scan(node.subquery)})`;
    case 'EXISTS':
      return `EXISTS (${compiler.scan(node.subquery)})`;
    case 'IN':
      if (!node.inExpr || !column) break;
      return inSubquery(node.inExpr, node.subquery, column, compiler);
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
function inSubquery(
  value: Expression,
  rows: Scan,
  output: ResolvedColumn,
  compiler: Compiler,
): string {
  const left = compiler.expression(value);
  const right = compiler.scan(rows);
  const column = compiler.column(output);
  switch (value.type.kind) {
    case 'STRUCT':
      return structInRows(value, right, output, compiler);
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

/** Field by field: TRUE where a row is equal, else NULL where one may be, else FALSE. */
function structInRows(
  value: Expression,
  rows: string,
  output: ResolvedColumn,
  compiler: Compiler,
): string {
  const item: Expression = { node: 'ColumnRef', type: output.type, column: output };
  const equal = compiler.expression({
    node: 'FunctionCall',
    function: { name: '$equal' },
    type: { kind: 'BOOL' },
    argumentList: [value, item],
  });
  const exists = (condition: string): string =>
    `EXISTS (SELECT 1 FROM (${rows}) WHERE ${condition})`;
  return (
    `CASE WHEN ${exists(equal)} THEN TRUE ` +
    `WHEN ${exists(`(${equal}) IS NULL`)} THEN CAST(NULL AS BOOLEAN) ELSE FALSE END`
  );
}

/** The order belongs to the aggregate: DuckDB promises none for the rows of a subquery. */
function arraySubquery(node: SubqueryExpression, column: string, compiler: Compiler): string {
  const { input, order } = splitOrder(node.subquery, compiler);
  const list = `list(${column}${order === '' ? '' : ` ORDER BY ${order}`})`;
  return `(SELECT coalesce(${list}, CAST([] AS ${duckTypeOf(node.type)})) FROM (${input}))`;
}

/**
 * Elements of one UNNEST stay in the order of their array. BigQuery does not promise it, but keeps
 * it; DuckDB does not where a filter becomes a join.
 */
function naturalOrder(scan: Scan, compiler: Compiler): { input: string; order: string } {
  const array = bareArray(scan);
  if (!array) return { input: compiler.scan(scan), order: '' };
  const offset = array.arrayOffsetColumn ?? {
    column: { columnId: `${array.elementColumn.columnId}_position`, name: 'position', type: INT64 },
  };
  const read = { ...array, arrayOffsetColumn: offset };
  const input = compiler.scan(withColumn(scan, array, read, offset.column));
  return { input, order: compiler.column(offset.column) };
}

const INT64 = { kind: 'INT64' } as const;

/** The UNNEST under projections and filters. */
function bareArray(scan: Scan): ArrayScan | undefined {
  if (scan.node === 'ProjectScan' || scan.node === 'FilterScan') return bareArray(scan.inputScan);
  return scan.node === 'ArrayScan' && !scan.inputScan ? scan : undefined;
}

/** The scan with another array at its bottom, whose column reaches the top. */
function withColumn(scan: Scan, old: Scan, array: ArrayScan, column: ResolvedColumn): Scan {
  const base = scan === old ? array : scan;
  const columnList = [...base.columnList, column];
  if (base.node !== 'ProjectScan' && base.node !== 'FilterScan') return { ...base, columnList };
  return { ...base, columnList, inputScan: withColumn(base.inputScan, old, array, column) };
}

/** Takes an outermost ORDER BY off a scan, keeping its keys in reach. */
function splitOrder(scan: Scan, compiler: Compiler): { input: string; order: string } {
  const inner = scan.node === 'LimitOffsetScan' ? scan.inputScan : scan;
  if (inner.node !== 'OrderByScan') return naturalOrder(scan, compiler);
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
