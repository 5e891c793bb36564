import type { Coalitions } from './coalitions';
import { type Game, worth } from './game';

/**
 * Shapley values over all subsets of n players, in 2^n n steps. Sums over the sets within each
 * subset come from one pass for each player (the zeta transform, Yates 1937); then
 *
 *   value_i = sum over S without i of |S|! (n - |S| - 1)! / n! (v(S and i) - v(S))
 *
 * @returns by player
 */
export function exactValues(coalitions: Coalitions, game: Game): Float64Array {
  const count = coalitions.players.length;
  const { conversions, nulls } = sumsBySubset(coalitions);
  const weights = weightsBySize(count);
  // Each v(S) adds to its members with the weight of S without them, and takes from the others:
  // so a member's value is the sum of both over the sets with it, less all that is taken.
  const added = conversions;
  let taken = 0;
  for (let subset = 0; subset < added.length; subset += 1) {
    const size = bitCount(subset);
    const value = worth(game, conversions[subset] as number, nulls[subset] as number);
    const without = size < count ? (weights[size] as number) : 0;
    taken += value * without;
    added[subset] = value * (without + (size > 0 ? (weights[size - 1] as number) : 0));
  }
  return sumsByMember(added, count).map((sum) => sum - taken);
}

/** Conversions and nulls of the journeys within each subset; bit i of its index is player i. */
function sumsBySubset(coalitions: Coalitions) {
  const count = coalitions.players.length;
  const conversions = new Float64Array(2 ** count);
  const nulls = new Float64Array(2 ** count);
  for (let set = 0; set < coalitions.setCount; set += 1) {
    let subset = 0;
    const end = coalitions.offsets[set + 1] as number;
    for (let place = coalitions.offsets[set] as number; place < end; place += 1) {
      subset |= 1 << (coalitions.members[place] as number);
    }
    conversions[subset] = coalitions.conversions[set] as number;
    nulls[subset] = coalitions.nulls[set] as number;
  }
  sumSubsets(conversions);
  sumSubsets(nulls);
  return { conversions, nulls };
}

/** Replaces what each subset has by the sum over all subsets of it. */
export function sumSubsets(values: Float64Array): void {
  for (let bit = 1; bit < values.length; bit *= 2) {
    for (let start = bit; start < values.length; start += 2 * bit) {
      for (let subset = start; subset < start + bit; subset += 1) {
        values[subset] = (values[subset] as number) + (values[subset - bit] as number);
      }
    }
  }
}

/** By player, the sum over all subsets with it. Folds the highest bit away, so `values` is lost. */
function sumsByMember(values: Float64Array, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (let player = count - 1; player >= 0; player -= 1) {
    const half = 2 ** player;
    let sum = 0;
    for (let subset = 0; subset < half; subset += 1) {
      const upper = values[subset + half] as number;
      sum += upper;
      values[subset] = (values[subset] as number) + upper;
    }
    sums[player] = sum;
  }
  return sums;
}

/** s! (n - s - 1)! / n! for s = 0 to n - 1. */
function weightsBySize(count: number): Float64Array {
  const weights = new Float64Array(count);
  let weight = 1 / count;
  for (let size = 0; size < count; size += 1) {
    weights[size] = weight;
    weight *= (size + 1) / (count - size - 1);
  }
  return weights;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
