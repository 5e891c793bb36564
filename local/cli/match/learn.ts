import { apartLimit } from '@tributary/functions/identity/families';
import { bitsOf } from '@tributary/functions/identity/log-odds';
import { type MatchParameters, weightsOf } from '@tributary/functions/identity/parameters';
import { pairCount } from '@tributary/functions/identity/patterns';
import { impliedShares } from '@tributary/functions/identity/place';
import { GUESSED_PAIRS, guessedStrangers, proofBits } from '@tributary/functions/identity/proofs';
import { type TrainingResult, trainMatching } from '@tributary/functions/identity/train';
import { ALL_PAIRS, type CountedRule, compareAll } from './choose-rules';
import type { LearntComparison, MatchIncludes, PlaceWeights, Recipe, WeightSql } from './includes';
import type { MatchWarehouse } from './match-warehouse';
import { readPatterns } from './pattern-columns';
import { placeRecords } from './places';
import type { PreparedRecords } from './prepare-records';
import { countStrangers } from './strangers';

/** Training reads about so many candidate pairs at most. */
const TRAINING_PAIRS = 2_000_000;
const RANDOM_PAIRS = 300_000;
/** Of so many at most it is asked what else is known of them: that takes ten times as long. */
const EVIDENCE_PAIRS = 500_000;

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
  const places = await placeRecords(warehouse, prepared);
  const sampled = (wanted: number) =>
    queries.sampled(input.compared, places, everyOf(made, wanted));
  const patternsOf = (compared: string) =>
    readPatterns(warehouse, recipe, queries.patterns(recipe, compared));
  const candidates = await patternsOf(sampled(TRAINING_PAIRS));
  const drawn =
    possiblePairs <= ALL_PAIRS
      ? queries.allPairs(table)
      : queries.randomPairs({ places, record_count: recordCount, sample_count: RANDOM_PAIRS });
  const across = { across_sources: input.acrossSources };
  const random = compareAll(input.rules.map(({ rule }) => rule))
    ? candidates
    : await patternsOf(`(${queries.comparedPairs(recipe, drawn, table, across)})`);
  const [counted] = await warehouse.query<{ readonly pair_count: number }>(
    `SELECT COUNT(*) AS pair_count FROM ${input.compared}`,
  );
  const indexesOf = (names: readonly string[]) =>
    names.map((name) => recipe.comparisons.findIndex((comparison) => comparison.name === name));
  const scale = (counted?.pair_count ?? 0) / Math.max(1, pairCount(candidates));
  const training = trainMatching({
    comparisons: recipe.comparisons.map(({ name, levels }) => ({
      name,
      levels: levels.map((level) => level.name),
    })),
    candidates,
    candidateScale: scale,
    random,
    rules: input.rules.map(({ rule, rule_no }) => ({
      name: rule.name,
      number: rule_no,
      decides: indexesOf(rule.comparisons),
      tells: indexesOf(rule.comparisons.flatMap((name) => recipe.tells[name] ?? [])),
      bends: rule.comparisons.some((name) => recipe.swaps.includes(name))
        ? indexesOf(recipe.swaps)
        : [],
    })),
    possiblePairs,
    places: indexesOf(recipe.places),
    lasting: indexesOf(recipe.lasting),
    madeOf: Object.entries(recipe.tells).map(([name, of]) => ({
      comparison: indexesOf([name])[0] ?? -1,
      of: indexesOf(of),
    })),
  });
  const { parameters, namesakes } = training;
  const prior = bitsOf(parameters.lambda);
  const place = placeOf(recipe, parameters);
  const weightsBy = (strangers: (at: number) => readonly number[]) =>
    includes.weights.comparisonWeights(
      recipe.comparisons,
      recipe.comparisons.map((_, at) =>
        learntComparison(recipe, { parameters, namesakes, recordCount }, at, {
          share: input.rarity,
          strangers: strangers(at),
        }),
      ),
      place,
    );
  // As if all values were shared alike by strangers and by a person's own records.
  const guesses = recipe.comparisons.map(({ name }, at) =>
    recipe.proofs.includes(name)
      ? guessedStrangers(includes.fewest)
      : includes.fewest.map(() => strangersAt(parameters, at)),
  );
  const found =
    input.rarity === 0
      ? []
      : await countStrangers(warehouse, includes, prepared, {
          compared: sampled(EVIDENCE_PAIRS),
          weights: weightsBy((at) => guesses[at] ?? []),
          prior,
          scale: everyOf(made, EVIDENCE_PAIRS),
          guesses,
          guessedPairs: recipe.comparisons.map(({ name }) =>
            recipe.proofs.includes(name) ? GUESSED_PAIRS : 0,
          ),
        });
  await warehouse.drop('places');
  return { training, prior, weights: weightsBy((at) => found[at] ?? []) };
}

/** Of so many pairs one is read, that they are about as many as are wanted. */
const everyOf = (pairs: number, wanted: number): number => Math.max(1, Math.round(pairs / wanted));

/** Of all who share a value, the share of strangers. */
function strangersAt({ lambda, comparisons }: MatchParameters, at: number): number {
  const { m = [], u = [] } = comparisons[at] ?? {};
  const [matches, strangers] = [lambda * (m[0] ?? 0), (1 - lambda) * (u[0] ?? 1)];
  return strangers / (matches + strangers);
}

/** The place with the names of its comparisons. */
function placeOf({ comparisons }: Recipe, parameters: MatchParameters): PlaceWeights | undefined {
  const { place } = parameters;
  if (!place) return undefined;
  const { order, implied } = impliedShares(parameters, place);
  return { names: order.map((at) => comparisons[at]?.name ?? ''), moved: place.moved, implied };
}

/** Weights by level, what a value's rarity adds, and what it says of namesakes. */
function learntComparison(
  { comparisons, proofs, lasting }: Recipe,
  learnt: Pick<TrainingResult, 'parameters' | 'namesakes'> & { readonly recordCount: number },
  at: number,
  rarity: { readonly share: number; readonly strangers: readonly number[] },
): LearntComparison {
  const { parameters, namesakes, recordCount } = learnt;
  const { name = '', levels = [] } = comparisons[at] ?? {};
  const level = levels.findIndex(({ frequency }) => frequency !== undefined);
  const made = namesakes.find(({ comparison }) => comparison === at) ?? apartLimit(parameters, at);
  const names = made?.of.map((of) => comparisons[of]?.name ?? '');
  const log2_u = Math.log2(parameters.comparisons[at]?.u[level] ?? 1);
  return {
    comparison: name,
    weights: weightsOf(parameters)[at] ?? [],
    log2_u,
    ...(level >= 0 && rarity.share > 0 && { frequency: { ...rarity, record_count: recordCount } }),
    ...(level >= 0 &&
      rarity.share > 0 &&
      proofs.includes(name) && {
        proof: { unless: lasting, bits: proofBits(rarity.strangers, bitsOf(parameters.lambda)) },
      }),
    ...(made && names && { among: { names, most: made.most } }),
  };
}
