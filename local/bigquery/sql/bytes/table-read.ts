import type { TableEntry } from '../catalog';
import { BigQueryError } from '../errors';
import { printPath } from '../names';

/**
 * Where inside a column: the positions of struct fields from outside in, [] for all of it. Arrays
 * do not count: field 1 of the structs in an array is [1].
 */
export type FieldPath = readonly number[];

/** One place in a statement where a table is read or changed, and how much of it. */
export interface TableRead {
  readonly entry: TableEntry;
  /** 'scan' reads `columns`; 'rewrite' stands for the rows that UPDATE, DELETE or MERGE change. */
  readonly purpose: 'scan' | 'rewrite';
  readonly columns: readonly { readonly name: string; readonly path: FieldPath }[];
  /**
   * DuckDB SQL over a row of the table, TRUE in the partitions that are read; undefined where all
   * are. It holds for a partition as a whole: rows of one partition give the same answer.
   */
  readonly partitions?: string;
  /** The same with partitions that a DELETE empties, which it does not read. */
  readonly changed?: string;
  /** True where the table requires a filter over its partitions and none reaches it. */
  readonly missesFilter?: boolean;
}

/** Throws BigQuery's refusal where a table that requires a filter over its partitions has none. */
export function refuseMissingFilters(reads: readonly TableRead[]): void {
  const read = reads.find(({ missesFilter }) => missesFilter);
  if (!read) return;
  const { path, partitioning } = read.entry;
  throw new BigQueryError(
    'invalidQuery',
    `Cannot query over table '${printPath(path)}' without a filter over column(s) '${partitioning?.column}' that can be used for partition elimination`,
  );
}
