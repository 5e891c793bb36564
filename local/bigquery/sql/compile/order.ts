import { UnsupportedError } from '../errors';
import type { OrderByItem } from '../resolved-ast/expressions';
import type { Compiler } from './compiler';

/**
 * 'c1 ASC NULLS FIRST, ...'. BigQuery sorts NULL below everything and NaN below every number;
 * DuckDB's defaults differ in both, so both are written out.
 */
export function compileOrder(items: readonly OrderByItem[], compiler: Compiler): string {
  return items.flatMap((item) => orderKeys(item, compiler)).join(', ');
}

/** One key alone, as RANGE frames with an offset require it. */
export function compileSingleKey(item: OrderByItem, compiler: Compiler): string {
  return `${compiler.column(item.columnRef.column)} ${direction(item)}`;
}

function orderKeys(item: OrderByItem, compiler: Compiler): string[] {
  if (item.collationName) throw new UnsupportedError('COLLATE', item.columnRef.location);
  const key = compileSingleKey(item, compiler);
  if (item.columnRef.type.kind !== 'FLOAT64') return [key];
  return [`(NOT isnan(${compiler.column(item.columnRef.column)})) ${direction(item)}`, key];
}

function direction(item: OrderByItem): string {
  const nullsFirst =
    item.nullOrder === 'NULLS_FIRST' || (item.nullOrder !== 'NULLS_LAST' && !item.isDescending);
  return `${item.isDescending ? 'DESC' : 'ASC'} NULLS ${nullsFirst ? 'FIRST' : 'LAST'}`;
}
