import { matchBits } from './em';
import { bitsOf } from './log-odds';
import { matchShare } from './match-share';
import type { MatchParameters } from './parameters';
import type { Patterns } from './patterns';
import { togetherOf } from './place';

/** A comparison whose values are made of others': mailboxes of names. */
export interface MadeOf {
  readonly comparison: number;
  readonly of: readonly number[];
}

/** What its levels weigh at most where all that it is made of is equal; null where no limit is known. */
export interface NamesakeLimits extends MadeOf {
  readonly most: readonly (number | null)[];
}

/**
 * Strangers who are equal in both names share a mailbox far more often than others. How often: candidates that do and
 * are strangers by all else that is known of them, among all pairs of namesakes. A level that rules don't make pairs of
 * is seen less often than it is, so its limit may be too high, never too low.
 */
export function namesakeLimits(
  { comparison, of }: MadeOf,
  parameters: MatchParameters,
  {
    candidates,
    candidateScale,
    random,
    possiblePairs,
  }: {
    readonly candidates: Patterns;
    readonly candidateScale: number;
    readonly random: Patterns;
    readonly possiblePairs: number;
  },
): NamesakeLimits {
  const { m = [] } = parameters.comparisons[comparison] ?? {};
  const left = [comparison, ...of];
  const beside = without(candidates, left);
  const isTold = beside.levels.some((column) => column.some((level) => level >= 0));
  if (!isTold || of.length === 0) return { comparison, of, most: m.map(() => null) };
  const bits = matchBits(beside, parameters);
  const prior = bitsOf(parameters.lambda);
  const pairs = possiblePairs * namesakeShare(random, parameters, left);
  const most = m.map((value, level) => {
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
  return { comparison, of, most };
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
