import type { LevelProbabilities } from './parameters';
import type { Patterns } from './patterns';

/** A comparison whose values are made of others': mailboxes of names. */
export interface MadeOf {
  readonly comparison: number;
  readonly of: readonly number[];
}

/** What strangers agree in, given how they agree in what it is made of. */
export interface GivenOthers extends MadeOf {
  /** By likeness (likenessesOf), by level: Pr(level | two persons of that likeness). */
  readonly u: readonly (readonly number[])[];
}

/** A guess counts as so many pairs: what one pair happens to say is no share. */
const GUESSED = 50;

/** By pattern: at which levels of `of` it stands, as one number; what is missing counts as what differs. */
export function likenessesOf(
  { levels, levelCounts, counts }: Patterns,
  { of }: MadeOf,
): Int16Array {
  const steps = stepsOf(of.map((at) => levelCounts[at] ?? 1));
  return Int16Array.from(counts, (_, pattern) =>
    of.reduce((sum, at, place) => {
      const level = levels[at]?.[pattern] ?? -1;
      const last = (levelCounts[at] ?? 1) - 1;
      return sum + (level < 0 ? last : level) * (steps[place] ?? 0);
    }, 0),
  );
}

/**
 * Strangers with one name in common have mailboxes that look alike, which by u of all strangers would make persons of
 * them. Of what was hardly seen the best guess is that of a lesser likeness.
 *
 * @param strangers by pattern of the random pairs: how many are of two persons
 * @param u by comparison
 */
export function givenOthers(
  made: MadeOf,
  random: Patterns,
  strangers: Float64Array,
  u: readonly LevelProbabilities[],
): GivenOthers {
  const { comparison, of } = made;
  const levels = random.levels[comparison] ?? new Int8Array();
  const likenesses = likenessesOf(random, made);
  const all = u[comparison]?.u ?? [];
  const sizes = of.map((at) => random.levelCounts[at] ?? 1);
  const steps = stepsOf(sizes);
  /** Of the pairs for whom it holds: what they agree in. */
  const shareOf = (isOne: (likeness: number) => boolean, guess: readonly number[]) => {
    const counts = new Float64Array(all.length);
    let known = 0;
    for (let pattern = 0; pattern < levels.length; pattern += 1) {
      const level = levels[pattern] ?? -1;
      if (level < 0 || !isOne(likenesses[pattern] ?? -1)) continue;
      counts[level] = (counts[level] ?? 0) + (strangers[pattern] ?? 0);
      known += strangers[pattern] ?? 0;
    }
    return guess.map(
      (share, level) => (share * GUESSED + (counts[level] ?? 0)) / (GUESSED + known),
    );
  };
  const levelAt = (likeness: number, place: number) =>
    Math.floor(likeness / (steps[place] ?? 1)) % (sizes[place] ?? 1);
  const alone = sizes.map((size, place) =>
    Array.from({ length: size }, (_, level) =>
      shareOf((likeness) => levelAt(likeness, place) === level, all),
    ),
  );
  const rows = Array.from({ length: sizes.reduce((a, b) => a * b, 1) }, (_, likeness) => {
    const guesses = alone.map((rowsOf, place) => rowsOf[levelAt(likeness, place)] ?? all);
    const guess = all.map((_, level) => Math.max(...guesses.map((row) => row[level] ?? 0)));
    return shareOf((one) => one === likeness, guess);
  });
  return { ...made, u: rows };
}

/**
 * The bits by which strangers of a likeness are at a level more often than all strangers. What is equal speaks for itself,
 * by its rarity; what differs has nothing to say less.
 */
export function bitsGiven(
  { comparison, u }: GivenOthers,
  likeness: number,
  level: number,
  all: readonly LevelProbabilities[],
): number {
  const shares = u[likeness] ?? [];
  if (level <= 0 || level >= shares.length - 1) return 0;
  return Math.max(0, Math.log2((shares[level] ?? 0) / (all[comparison]?.u[level] ?? 1)));
}

/** What one level more is worth in a likeness, by how many levels each has. */
export const stepsOf = (sizes: readonly number[]): number[] =>
  sizes.map((_, place) => sizes.slice(0, place).reduce((product, size) => product * size, 1));
