import type { ResolvedColumn } from '../resolved-ast/expressions';
import type { Compiler } from './compiler';
import { duckTypeOf } from './types';

/** 'c1, c2': the columns of a scan, each once; a scan without columns still has rows. */
export function columnNames(columns: readonly ResolvedColumn[], compiler: Compiler): string {
  const names = new Set(columns.map((column) => compiler.column(column)));
  return names.size === 0 ? NO_COLUMN : [...names].join(', ');
}

/** DuckDB has no rows without columns. */
export const NO_COLUMN = '1 AS no_column';

/** 'CAST(NULL AS BIGINT) AS c1': the columns of the side of an outer join that has no row. */
export function nullColumns(columns: readonly ResolvedColumn[], compiler: Compiler): string[] {
  const nulls = new Map(
    columns.map((column) => {
      const name = compiler.column(column);
      return [name, `CAST(NULL AS ${duckTypeOf(column.type)}) AS ${name}`];
    }),
  );
  return [...nulls.values()];
}
