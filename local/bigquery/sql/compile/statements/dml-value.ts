import { UnsupportedError } from '../../errors';
import { quoteIdentifier } from '../../names';
import type { Expression, ResolvedColumn } from '../../resolved-ast/expressions';
import type { TableScan } from '../../resolved-ast/scans';
import type { InsertRow, UpdateItem } from '../../resolved-ast/statements';
import type { Compiler } from '../compiler';
import { storedValue } from '../stored-value';
import { knownType } from '../types';

/** The alias of the table that a statement changes. */
export const TARGET = 'target';

/** From here on the target's columns read `target."name"`. */
export function bindTarget(scan: TableScan, compiler: Compiler): void {
  for (const column of scan.columnList) {
    compiler.bindColumn(column, `${TARGET}.${quoteIdentifier(column.name)}`);
  }
}

/** A value for a column: DEFAULT stays DuckDB's DEFAULT, arrays are never NULL. */
export function columnValue(
  value: Expression,
  type: ResolvedColumn['type'],
  compiler: Compiler,
): string {
  if (value.node === 'Dmldefault') return 'DEFAULT';
  return storedValue(compiler.expression(value), knownType(type, value.location));
}

/** '("a", "b")'. */
export function columnList(columns: readonly ResolvedColumn[]): string {
  return `(${columns.map((column) => quoteIdentifier(column.name)).join(', ')})`;
}

/** '(1, DEFAULT)'. */
export function rowValues(
  row: InsertRow,
  columns: readonly ResolvedColumn[],
  compiler: Compiler,
): string {
  const values = row.valueList.map(({ value }, i) => {
    return columnValue(value, (columns[i] as ResolvedColumn).type, compiler);
  });
  return `(${values.join(', ')})`;
}

/** The column and new value of one SET item. */
export function updatedColumn(item: UpdateItem): {
  readonly column: ResolvedColumn;
  readonly value: Expression;
} {
  const { target, setValue } = item;
  if (target.node !== 'ColumnRef' || !setValue) {
    throw new UnsupportedError('UPDATE of a part of a column', target.location);
  }
  return { column: target.column, value: setValue.value };
}

/** '"a" = 1, "b" = target."c" + 1'. */
export function assignments(items: readonly UpdateItem[], compiler: Compiler): string {
  return items
    .map((item) => {
      const { column, value } = updatedColumn(item);
      return `${quoteIdentifier(column.name)} = ${columnValue(value, column.type, compiler)}`;
    })
    .join(', ');
}
