import { strangerShares } from '@tributary/functions/identity/strangers';
import type { MatchIncludes, WeightSql } from './includes';
import { LEAST_WEIGHT } from './limits';
import type { MatchWarehouse } from './match-warehouse';
import type { PreparedRecords } from './prepare-records';

type Count = { readonly feature: string; readonly bucket: number; readonly pair_count: number };

/**
 * How many of those who share a value are strangers, by comparison and by how many share it; by counts, the only thing
 * that leaves the warehouse.
 *
 * @param input pairs (each stands for `scale` of them), and weights by which they are told apart; `guesses`: by
 *   comparison and bucket the share of strangers among all who agree, which counts as `guessedPairs` of that comparison
 */
export async function countStrangers(
  warehouse: MatchWarehouse,
  includes: MatchIncludes,
  { recipe, table }: PreparedRecords,
  input: {
    readonly compared: string;
    readonly weights: readonly WeightSql[];
    readonly prior: number;
    readonly scale: number;
    readonly guesses: readonly (readonly number[])[];
    readonly guessedPairs: readonly number[];
  },
): Promise<readonly number[][]> {
  if (recipe.frequencies.length === 0) return [];
  const { queries, weights, fewest } = includes;
  const { scale, guesses, guessedPairs } = input;
  const shared = await warehouse.query<Count>(queries.sharedPairs(recipe, table));
  // A table of its own: else all pairs are weighed before the sample is drawn.
  const compared = await warehouse.create('sample', `SELECT * FROM ${input.compared}`);
  const evidence = await warehouse.create(
    'evidence',
    weights.pairEvidence(recipe, { ...input, compared, min_weight: LEAST_WEIGHT }),
  );
  const counts = await warehouse.query<Count & { readonly halves: number }>(
    queries.evidenceCounts(recipe, evidence),
  );
  await warehouse.drop('evidence', 'sample');
  return recipe.comparisons.map(({ levels }, at) => {
    const feature = levels.find(({ frequency }) => frequency)?.frequency;
    const pairs = Array<number>(fewest.length).fill(0);
    for (const one of shared) {
      if (one.feature === feature) pairs[Number(one.bucket)] = Number(one.pair_count);
    }
    const own = counts
      .filter((one) => one.feature === feature)
      .map(({ bucket, halves, pair_count }) => ({
        bucket: Number(bucket),
        halves: Number(halves),
        pairs: Number(pair_count),
      }))
      // In one order, so that sums of fractions are the same in every run.
      .sort((a, b) => a.bucket - b.bucket || a.halves - b.halves);
    return strangerShares(pairs, own, scale, guesses[at] ?? [], guessedPairs[at]);
  });
}
