import { posteriorsOf } from '@tributary/functions/identity/em';
import type { MatchParameters } from '@tributary/functions/identity/parameters';
import type { Patterns } from '@tributary/functions/identity/patterns';

/** Uniform numbers from a seed. */
export { createRandom as uniform } from '../../../bench/match/random';

function draw(probabilities: readonly number[], random: number): number {
  let sum = 0;
  const level = probabilities.findIndex((probability) => {
    sum += probability;
    return random < sum;
  });
  return level < 0 ? probabilities.length - 1 : level;
}

/** Counts of rows (levels by comparison, rules, pairs). */
export function patternsOf(
  levelCounts: readonly number[],
  rows: Iterable<{ levels: readonly number[]; rules?: number; count?: number }>,
): Patterns {
  const counts = new Map<number, { levels: readonly number[]; rules: number; count: number }>();
  for (const { levels, rules = 1, count = 1 } of rows) {
    let key = rules;
    for (const level of levels) key = 16 * key + level + 1;
    const known = counts.get(key);
    if (known) known.count += count;
    else counts.set(key, { levels, rules, count });
  }
  const all = [...counts.values()];
  return {
    levelCounts,
    levels: levelCounts.map((_, at) => Int8Array.from(all, ({ levels }) => levels[at] ?? -1)),
    rules: Float64Array.from(all, ({ rules }) => rules),
    counts: Float64Array.from(all, ({ count }) => count),
  };
}

/** Comparison vectors drawn from known parameters. */
export function* vectors(
  { lambda, comparisons }: MatchParameters,
  pairCount: number,
  random: () => number,
): Generator<{ levels: number[]; isMatch: boolean }> {
  for (let pair = 0; pair < pairCount; pair += 1) {
    const isMatch = random() < lambda;
    yield {
      levels: comparisons.map(({ m, u }) => draw(isMatch ? m : u, random())),
      isMatch,
    };
  }
}

/** Whoever moved has a place that agrees as a stranger's does: one in so many matches, all its parts at once. */
export function* withMovers(
  truth: MatchParameters,
  pairCount: number,
  random: () => number,
): ReturnType<typeof vectors> {
  const { members = [], moved = 0 } = truth.place ?? {};
  for (const pair of vectors(truth, pairCount, random)) {
    const hasMoved = pair.isMatch && random() < moved;
    for (const at of hasMoved ? members : []) {
      pair.levels[at] = draw(truth.comparisons[at]?.u ?? [], random());
    }
    yield pair;
  }
}

/** By decile of the probability: pairs, their mean probability, and the share of matches among them. */
export function calibrationOf(
  pairs: readonly { readonly levels: readonly number[]; readonly isMatch: boolean }[],
  parameters: MatchParameters,
): { pairs: number; mean: number; share: number }[] {
  const levelCounts = parameters.comparisons.map(({ m }) => m.length);
  const all = patternsOf(levelCounts, pairs);
  const matches = patternsOf(
    levelCounts,
    pairs.map(({ levels, isMatch }) => ({ levels, count: Number(isMatch) })),
  );
  const deciles = Array.from({ length: 10 }, () => ({ pairs: 0, expected: 0, matches: 0 }));
  for (const [pattern, posterior] of posteriorsOf(all, parameters).entries()) {
    const decile = deciles[Math.min(9, Math.floor(10 * posterior))];
    if (!decile) continue;
    const count = all.counts[pattern] ?? 0;
    decile.pairs += count;
    decile.expected += count * posterior;
    decile.matches += matches.counts[pattern] ?? 0;
  }
  return deciles.map((one) => ({
    pairs: one.pairs,
    mean: one.expected / one.pairs,
    share: one.matches / one.pairs,
  }));
}
