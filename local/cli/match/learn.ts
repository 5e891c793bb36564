import { bitsOf } from '@tributary/functions/identity/log-odds';
import { type MatchParameters, weightsOf } from '@tributary/functions/identity/parameters';
import { pairCount } from '@tributary/functions/identity/patterns';
import { type TrainingResult, trainMatching } from '@tributary/functions/identity/train';
import type { CountedRule } from './choose-rules';
import type { LearntComparison, MatchIncludes, PlaceWeights, Recipe, WeightSql } from './includes';
import type { MatchWarehouse } from './match-warehouse';
import { readPatterns } from './pattern-columns';
import type { PreparedRecords } from './prepare-records';

/** Training reads about so many candidate pairs at most. */
const TRAINING_PAIRS = 2_000_000;
const RANDOM_PAIRS = 300_000;

/** What was learnt, as numbers and as SQL. */
export interface Learnt {
  readonly training: TrainingResult;
  readonly prior: number;
  readonly weights: readonly WeightSql[];
}

/** Trains on counts of patterns, the only thing that leaves the warehouse. */
export async function learn(
  warehouse: MatchWarehouse,
  includes: MatchIncludes,
  prepared: PreparedRecords,
  input: {
    readonly compared: string;
    readonly rules: readonly CountedRule[];
    readonly acrossSources: boolean;
    readonly rarity: number;
  },
): Promise<Learnt> {
  const { recipe, recordCount, table, possiblePairs } = prepared;
  const { queries } = includes;
  const made = input.rules.reduce((sum, { pairs }) => sum + pairs, 0);
  const every = Math.max(1, Math.round(made / TRAINING_PAIRS));
  const candidates = await readPatterns(
    warehouse,
    recipe,
    queries.patterns(recipe, input.compared, every),
  );
  const drawn = queries.randomPairs({ record_count: recordCount, sample_count: RANDOM_PAIRS });
  const across = { across_sources: input.acrossSources };
  const compared = queries.comparedPairs(recipe, drawn, table, across);
  const random = await readPatterns(warehouse, recipe, queries.patterns(recipe, `(${compared})`));
  const [counted] = await warehouse.query<{ readonly pair_count: number }>(
    `SELECT COUNT(*) AS pair_count FROM ${input.compared}`,
  );
  const indexesOf = (names: readonly string[]) =>
    names.map((name) => recipe.comparisons.findIndex((comparison) => comparison.name === name));
  const training = trainMatching({
    comparisons: recipe.comparisons.map(({ name, levels }) => ({
      name,
      levels: levels.map((level) => level.name),
    })),
    candidates,
    candidateScale: (counted?.pair_count ?? 0) / Math.max(1, pairCount(candidates)),
    random,
    rules: input.rules.map(({ rule, rule_no }) => ({
      name: rule.name,
      number: rule_no,
      decides: indexesOf(rule.comparisons),
      tells: indexesOf(rule.comparisons.flatMap((name) => recipe.tells[name] ?? [])),
    })),
    possiblePairs,
    places: indexesOf(recipe.places),
  });
  const learnt = learntComparisons(recipe, training.parameters, recordCount, input.rarity);
  return {
    training,
    prior: bitsOf(training.parameters.lambda),
    weights: includes.weights.comparisonWeights(
      recipe.comparisons,
      learnt,
      placeOf(recipe, training.parameters),
    ),
  };
}

/** The place with the names of its comparisons. */
function placeOf({ comparisons }: Recipe, { place }: MatchParameters): PlaceWeights | undefined {
  return place && { ...place, names: place.members.map((at) => comparisons[at]?.name ?? '') };
}

/** Weights by level, and what a value's rarity adds. */
function learntComparisons(
  recipe: Recipe,
  parameters: MatchParameters,
  recordCount: number,
  rarity: number,
): LearntComparison[] {
  const weights = weightsOf(parameters);
  return recipe.comparisons.map(({ name, levels }, at) => {
    const level = levels.findIndex(({ frequency }) => frequency !== undefined);
    const { m = [], u = [] } = parameters.comparisons[at] ?? {};
    const known = { comparison: name, weights: weights[at] ?? [] };
    if (level < 0 || rarity === 0) return known;
    const frequency = {
      share: rarity,
      log2_u: Math.log2(u[level] ?? 1),
      record_count: recordCount,
      // Records of the same person with the same value, that are expected beside a record.
      own_count: parameters.lambda * (recordCount - 1) * (m[level] ?? 0),
    };
    return { ...known, frequency };
  });
}
