import type { Apart } from './families';
import type { GivenOthers } from './made-of';
import type { Place } from './place';

/** What a comparison's levels say: by level, "else" last; each sums to 1. */
export interface LevelProbabilities {
  /** Pr(level | one person). */
  readonly m: readonly number[];
  /** Pr(level | two persons). */
  readonly u: readonly number[];
}

export interface MatchParameters {
  /** Pr(two random records are of one person). */
  readonly lambda: number;
  /** By comparison. */
  readonly comparisons: readonly LevelProbabilities[];
  /** Of these comparisons m is that of persons who live where they lived. */
  readonly place?: Place;
  /** Where strangers agree in one thing because they do in another. */
  readonly given?: readonly GivenOthers[];
  /** Of those who differ in what a person keeps. */
  readonly apart?: Apart;
}

/** log2(m/u) by comparison and level. */
export function weightsOf({ comparisons }: MatchParameters): number[][] {
  return comparisons.map(({ m, u }) =>
    m.map((probability, level) => Math.log2(probability) - Math.log2(u[level] ?? 1)),
  );
}
