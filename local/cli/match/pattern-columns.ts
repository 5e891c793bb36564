import type { Patterns } from '@tributary/functions/identity/patterns';
import type { Recipe } from './includes';
import type { MatchWarehouse } from './match-warehouse';
import { readColumns } from './read-columns';

/** Counts of agreement patterns, as the query `patterns` gives them. */
export async function readPatterns(
  warehouse: MatchWarehouse,
  { comparisons }: Recipe,
  query: string,
): Promise<Patterns> {
  const columns: Record<string, (length: number) => Int8Array | Float64Array> = {
    rules: (length) => new Float64Array(length),
    pair_count: (length) => new Float64Array(length),
  };
  for (const { name } of comparisons) columns[`level_${name}`] = (length) => new Int8Array(length);
  // In one order, so that sums of fractions are the same in every run.
  const sorted = `(SELECT * FROM ${await warehouse.relation(query)} ORDER BY ALL)`;
  const read = await readColumns(warehouse.files, sorted, columns);
  return {
    levelCounts: comparisons.map(({ levels }) => levels.length + 1),
    levels: comparisons.map(({ name }) => read[`level_${name}`] as Int8Array),
    rules: read.rules as Float64Array,
    counts: read.pair_count as Float64Array,
  };
}
