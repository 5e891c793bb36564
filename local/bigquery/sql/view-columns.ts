import type { Column, TableEntry } from './catalog';
import { knownType } from './compile/types';
import type { ResolvedStatement } from './resolved-ast/read';
import { printType } from './types';

/** By resolved text, so that the same list stands for the same columns. */
const knownColumns = new WeakMap<ResolvedStatement, readonly Column[]>();

/** The view with the columns of its resolved text; itself where they are those it was made with. */
export function withColumnsOf(view: TableEntry, statement: ResolvedStatement): TableEntry {
  const columns = columnsOf(statement);
  return isSame(view.columns, columns) ? view : { ...view, columns };
}

function columnsOf(statement: ResolvedStatement): readonly Column[] {
  const known = knownColumns.get(statement);
  if (known || statement.node !== 'QueryStmt') return known ?? [];
  const columns = statement.outputColumnList.map(({ name, column }) => ({
    name,
    type: knownType(column.type),
  }));
  knownColumns.set(statement, columns);
  return columns;
}

function isSame(left: readonly Column[], right: readonly Column[]): boolean {
  return (
    left.length === right.length &&
    left.every(({ name, type }, i) => {
      const other = right[i] as Column;
      return name === other.name && printType(type) === printType(other.type);
    })
  );
}
