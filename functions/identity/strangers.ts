import { matchShare } from './match-share';

/** A count of pairs, by what all other comparisons say of them. */
export interface EvidenceCount {
  readonly bucket: number;
  /** Halves of a bit. */
  readonly halves: number;
  readonly pairs: number;
}

/** Bits that leave no doubt. */
const PROVEN = 100;

/**
 * By bucket of how many records share a value: the share of strangers among those who do. A person's own records make
 * a rare value look common, the more so the more of them there are.
 *
 * @param shared by bucket: pairs of records that share a value, whether a rule made them or not
 * @param evidence of the pairs that rules made
 * @param scale each of these stands for so many
 * @param guesses by bucket: the share where nothing else is known
 * @param guessedPairs how many pairs of the guess count beside those that were seen
 */
export function strangerShares(
  shared: readonly number[],
  evidence: readonly EvidenceCount[],
  scale: number,
  guesses: readonly number[],
  guessedPairs = 0,
): number[] {
  return shared.map((pairs, bucket) => {
    const guess = guesses[bucket] ?? 1;
    if (pairs === 0) return guessedPairs === 0 ? 1 : guess;
    const here = evidence.filter((one) => one.bucket === bucket);
    const seen = scale * here.reduce((sum, one) => sum + one.pairs, 0);
    // A sample that holds about as many as there are holds all.
    const missing = Math.max(0, pairs - seen);
    const noise = 4 * Math.sqrt(pairs * (scale - 1));
    const all = missing < noise ? seen : pairs;
    const counted = here.map(({ halves, pairs: count }) => ({
      bits: halves / 2,
      pairs: scale * count,
    }));
    const guessed = [
      { bits: PROVEN, pairs: guessedPairs * (1 - guess) },
      { bits: -PROVEN, pairs: guessedPairs * guess },
    ].filter((one) => one.pairs > 0);
    return 1 - matchShare([...counted, ...guessed], all + guessedPairs, 1 - guess);
  });
}
