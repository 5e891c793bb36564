import type { ColumnRef, Expression, ResolvedColumn } from '../resolved-ast/expressions';
import type { Scan } from '../resolved-ast/scans';
import { outerColumns } from '../resolved-ast/walk';
import type { Compiler } from './compiler';
import { columnNames } from './select';
import { type Source, selectFrom } from './source';

const NONE: ReadonlySet<string> = new Set();

/**
 * Compiles the expressions of a query over `source`. A lambda of DuckDB may mention columns of one
 * query alone: in a subquery, columns of the query around it are first brought into the rows.
 */
export function compileOver(
  expressions: readonly Expression[],
  input: Scan,
  source: Source,
  compiler: Compiler,
  compile: () => string,
  alsoOuter: ReadonlySet<string> = NONE,
): { readonly result: string; readonly source: Source } {
  const result = compile();
  if (!/\blambda\b/.test(result)) return { result, source };
  const outer = distinct(expressions.flatMap((expression) => outerColumns(expression, alsoOuter)));
  if (outer.length === 0) return { result, source };
  const names = outer.map((column) => compiler.column(column));
  const copies = outer.map(() => compiler.freshName('outer'));
  const own = input.columnList.length > 0 ? [columnNames(input.columnList, compiler)] : [];
  const copied = copies.map((copy, i) => `${names[i]} AS ${copy}`);
  const rows = selectFrom([...own, ...copied].join(', '), source);
  outer.forEach((column, i) => {
    compiler.bindColumn(column, copies[i] as string);
  });
  const compiled = compile();
  outer.forEach((column, i) => {
    compiler.bindColumn(column, names[i] as string);
  });
  return { result: compiled, source: { from: `(${rows})`, where: [] } };
}

function distinct(references: readonly ColumnRef[]): ResolvedColumn[] {
  return [...new Map(references.map(({ column }) => [column.columnId, column])).values()];
}
