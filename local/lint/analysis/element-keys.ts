import type { Expression } from '../../bigquery/sql/resolved-ast/expressions';
import type { ArrayScan } from '../../bigquery/sql/resolved-ast/scans';
import type { ColumnId } from './dependencies';

/** What tells the elements of an UNNEST apart: their offset, a field of rows that are written out. */
export function elementKeys({
  arrayExpr,
  arrayOffsetColumn,
  elementColumn,
}: ArrayScan): ColumnId[] {
  const offset = arrayOffsetColumn ? [arrayOffsetColumn.column.columnId] : [];
  return [...offset, ...distinctFields(arrayExpr).map((i) => `${elementColumn.columnId}.${i}`)];
}

/** The id under which a field of an element is known; undefined for other expressions. */
export function elementField(expr: Expression): ColumnId | undefined {
  if (expr.node !== 'GetStructField' || expr.expr.node !== 'ColumnRef') return undefined;
  return `${expr.expr.column.columnId}.${expr.fieldIdx ?? 0}`;
}

/** Positions of the fields whose values differ in all rows of an array of structs. */
function distinctFields(array: Expression): number[] {
  if (array.node !== 'Literal') return [];
  const rows = (array.value as { readonly arrayValue?: ArrayLiteral }).arrayValue?.element ?? [];
  const width = rows[0]?.structValue?.field.length ?? 0;
  return Array.from({ length: width }, (_, i) => i).filter((i) => {
    const values = rows.map((row) => JSON.stringify(row.structValue?.field[i]));
    return new Set(values).size === rows.length;
  });
}

interface ArrayLiteral {
  readonly element: readonly { readonly structValue?: { readonly field: readonly unknown[] } }[];
}
