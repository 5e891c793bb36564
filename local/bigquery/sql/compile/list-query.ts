import type { Expression } from '../resolved-ast/expressions';
import type { ArrayScan, Scan } from '../resolved-ast/scans';
import { asksForRows } from './asks-for-rows';
import type { Compiler } from './compiler';

/** The elements of one array that a subquery reads, and what it makes of each. */
export interface ArrayQuery {
  readonly array: ArrayScan;
  readonly filters: readonly Expression[];
  /** What to make of each element, or undefined for the element itself. */
  readonly value: Expression | undefined;
}

/** UNNEST(array) and nothing else. */
export function readArrayQuery(scan: Scan, filters: readonly Expression[]): ArrayQuery | undefined {
  if (scan.node !== 'ArrayScan' || scan.inputScan || scan.joinExpr) return undefined;
  return { array: scan, filters, value: undefined };
}

/** The list of values; undefined where DuckDB's lambdas cannot make it. */
export function buildList(query: ArrayQuery, compiler: Compiler): string | undefined {
  const { array, filters, value } = query;
  const element = compiler.column(array.elementColumn);
  const offset = array.arrayOffsetColumn && compiler.column(array.arrayOffsetColumn.column);
  let list = compiler.expression(array.arrayExpr);
  if (filters.length > 0) {
    const condition = filters.map((filter) => compiler.expression(filter)).join(' AND ');
    if (asksForRows(condition)) return undefined;
    const usesOffset = offset !== undefined && mentions(condition, offset);
    list = usesOffset
      ? `list_filter(${list}, lambda ${element}, ${offset}_1: ${shift(condition, offset)})`
      : `list_filter(${list}, lambda ${element}: ${condition})`;
  }
  if (!value) return list;
  const result = compiler.expression(value);
  if (asksForRows(result) || (offset !== undefined && mentions(result, offset))) return undefined;
  return `list_transform(${list}, lambda ${element}: ${result})`;
}

function mentions(sql: string, column: string): boolean {
  return new RegExp(`\\b${column}\\b`).test(sql);
}

/** DuckDB counts a lambda's positions from 1. */
function shift(condition: string, offset: string): string {
  return condition.replace(new RegExp(`\\b${offset}\\b`, 'g'), `(${offset}_1 - 1)`);
}
