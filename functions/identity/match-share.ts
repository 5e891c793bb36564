import { bitsOf, probabilityOf } from './log-odds';

/**
 * The share of matches among pairs that agree in one thing, by all that is known of them beside it: the most likely
 * one. The likelihood of this one number has one top, below which a step of EM goes up and above which it goes down: so
 * it is found by halving, to the last bit, where EM itself may need thousands of steps.
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
  /** By how many matches a step of EM would go up. */
  const surplus = (share: number): number => {
    const prior = bitsOf(share);
    let matches = -share * pairCount;
    for (const { bits, pairs } of evidence) matches += pairs * probabilityOf(prior + bits);
    return matches;
  };
  const guess = Math.min(most, Math.max(LEAST, start));
  if (evidence.length > 0 && Math.abs(surplus(guess)) <= NOTHING * pairCount) return guess;
  let low = bitsOf(LEAST);
  let high = bitsOf(most);
  for (let middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
    if (surplus(probabilityOf(middle)) > 0) low = middle;
    else high = middle;
  }
  return probabilityOf(high);
}

const LEAST = 1e-9;
/** What rounding leaves of a step that stays where it is. */
const NOTHING = 1e-12;
