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
