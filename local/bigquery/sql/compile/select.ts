import type { ResolvedColumn } from '../resolved-ast/expressions';
import type { Compiler } from './compiler';

/** 'c1, c2': the columns of a scan, each once; a scan without columns still has rows. */
export function columnNames(columns: readonly ResolvedColumn[], compiler: Compiler): string {
  const names = new Set(columns.map((column) => compiler.column(column)));
  return names.size === 0 ? NO_COLUMN : [...names].join(', ');
}

/** DuckDB has no rows without columns. */
export const NO_COLUMN = '1 AS no_column';
