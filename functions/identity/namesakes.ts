import { matchBits } from './em';
import { bitsOf } from './log-odds';
import { bitsGiven, type GivenOthers, type MadeOf } from './made-of';
import { matchShare } from './match-share';
import { type MatchParameters, weightsOf } from './parameters';
import type { Patterns } from './patterns';
import { togetherOf } from './place';

/** By likeness (made-of.ts), by level: what a level weighs at most; null where no limit is known. */
export interface NamesakeLimits extends MadeOf {
  readonly most: readonly (readonly (number | null)[])[];
}

/**
 * What mailboxes say at most of those who agree in names: what strangers of that likeness have in common. Of those who
 * agree in both, who are too few among random pairs, candidates say it too.
 */
export function namesakeLimits(
  made: GivenOthers,
  parameters: MatchParameters,
  counts: NamesakeCounts,
): NamesakeLimits {
  const { comparison, of } = made;
  const weights = weightsOf(parameters)[comparison] ?? [];
  const inBoth = mostOfNamesakes(made, parameters, counts);
  const most = made.u.map((_, likeness) =>
    weights.map((weight, level) => {
      const less = bitsGiven(made, likeness, level, parameters.comparisons);
      const limit = less > 0 ? weight - less : null;
      const other = likeness === 0 ? (inBoth[level] ?? null) : null;
      return limit === null || other === null ? (limit ?? other) : Math.min(limit, other);
    }),
  );
  return { comparison, of, most };
}

interface NamesakeCounts {
  readonly candidates: Patterns;
  readonly candidateScale: number;
  readonly random: Patterns;
  readonly possiblePairs: number;
}

/**
 * Strangers who are equal in both names share a mailbox far more often than others. How often: candidates that do and
 * are strangers by all else that is known of them, among all pairs of namesakes. A level that rules don't make pairs of
 * is seen less often than it is, so its limit may be too high, never too low.
 */
function mostOfNamesakes(
  { comparison, of }: MadeOf,
  parameters: MatchParameters,
  { candidates, candidateScale, random, possiblePairs }: NamesakeCounts,
): (number | null)[] {
  const { m = [] } = parameters.comparisons[comparison] ?? {};
  const left = [comparison, ...of];
  const beside = without(candidates, left);
  const isTold = beside.levels.some((column) => column.some((level) => level >= 0));
  if (!isTold || of.length === 0) return m.map(() => null);
  const bits = matchBits(beside, parameters);
  const prior = bitsOf(parameters.lambda);
  const pairs = possiblePairs * namesakeShare(random, parameters, left);
  return m.map((value, level) => {
    const evidence = Array.from(candidates.counts, (count, pattern) => ({
      pairs: count,
      bits: (bits[pattern] ?? 0) - prior,
      isHere:
        candidates.levels[comparison]?.[pattern] === level &&
        of.every((at) => candidates.levels[at]?.[pattern] === 0),
    })).filter(({ isHere }) => isHere);
    const seen = evidence.reduce((sum, one) => sum + one.pairs, 0);
    if (seen === 0) return null;
    const strangers = seen * (1 - matchShare(evidence, seen, 0.5)) * candidateScale;
    return Math.log2(value) - Math.log2(Math.min(1, strangers / Math.max(pairs, 1)));
  });
}

const without = (patterns: Patterns, left: readonly number[]): Patterns => ({
  ...patterns,
  levels: patterns.levels.map((column, at) => (left.includes(at) ? column.map(() => -1) : column)),
});

/** The share of strangers who are namesakes, and of whom the comparison has both values. */
function namesakeShare(
  random: Patterns,
  parameters: MatchParameters,
  [comparison = -1, ...of]: readonly number[],
): number {
  const strangers = matchBits(random, parameters).map(
    (bits, pattern) => (random.counts[pattern] ?? 0) / (1 + 2 ** bits),
  );
  const u = parameters.comparisons.map((one) => one.u);
  const together = togetherOf(random, strangers, of, u).at(-1) ?? 0;
  const all = strangers.reduce((sum, count) => sum + count, 0);
  const known = [comparison, ...of].reduce((share, at) => {
    const level = random.levels[at] ?? new Int8Array();
    const there = strangers.reduce(
      (sum, count, pattern) => sum + ((level[pattern] ?? -1) < 0 ? 0 : count),
      0,
    );
    return (share * there) / Math.max(all, 1);
  }, 1);
  return of.reduce((share, at) => share * (u[at]?.[0] ?? 1), known * 2 ** together);
}
