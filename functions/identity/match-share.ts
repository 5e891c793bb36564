import { bitsOf, probabilityOf } from './log-odds';

/**
 * The share of matches among pairs that agree in one thing, by all that is known of them beside it: EM of one number.
 *
 * @param evidence what else is known, in bits, and the pairs of which it is known
 * @param pairCount all pairs; those without evidence are strangers
 * @param start the answer where there is no other evidence
 */
export function matchShare(
  evidence: readonly { readonly bits: number; readonly pairs: number }[],
  pairCount: number,
  start: number,
): number {
  // What was never seen is not impossible: of n pairs half a pair.
  const most = 1 - 0.5 / (pairCount + 1);
  let share = Math.min(start, most);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const prior = bitsOf(share);
    let matches = 0;
    for (const { bits, pairs } of evidence) matches += pairs * probabilityOf(prior + bits);
    const next = Math.min(most, Math.max(LEAST, matches / Math.max(pairCount, LEAST)));
    const change = Math.abs(next - share);
    share = next;
    if (change < TOLERANCE) break;
  }
  return share;
}

const MAX_ROUNDS = 200;
const TOLERANCE = 1e-7;
const LEAST = 1e-9;
