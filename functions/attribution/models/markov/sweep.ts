import type { Chain } from './chain';

/** Removed channels that are solved for at once: one line of memory or two for each state. */
const BLOCK = 16;
const TOLERANCE = 1e-12;
/** What rounding leaves of a value near 1. */
const ROUNDING = 4e-16;
const MOST_SWEEPS = 100_000;

export interface Sweeps {
  /** For each channel, the reward of all journeys if it were removed. */
  readonly without: Float64Array;
  readonly sweeps: number;
  /** How far the worst value may still be from its limit, in parts of all journeys' mean reward. */
  readonly remaining: number;
  readonly converged: boolean;
}

/**
 * Rewards with each channel removed in turn: entering a state whose last channel is c earns nothing
 * more. For all channels of a block at once, by Gauss and Seidel over the sparse rows:
 *
 *   h[s, c] = (sum over t of weight[s, t] h[t, c] + reward[s]) / (visits[s] - weight[s, s])
 *
 * States are taken from the one that appeared last to the first, so that what flows back along a
 * path crosses it in one sweep. Ends where the changes, continued as they shrink, can't add up to
 * 1e-12.
 */
export function rewardsWithout(chain: Chain, rewards: Float64Array): Sweeps {
  const without = new Float64Array(chain.channelCount);
  let sweeps = 0;
  let remaining = 0;
  let converged = true;
  for (let first = 0; first < chain.channelCount; first += BLOCK) {
    const count = Math.min(BLOCK, chain.channelCount - first);
    const block = sweepBlock(chain, rewards, first, count);
    without.set(block.without, first);
    sweeps = Math.max(sweeps, block.sweeps);
    remaining = Math.max(remaining, block.remaining);
    converged &&= block.converged;
  }
  return { without, sweeps, remaining, converged };
}

function sweepBlock(chain: Chain, rewards: Float64Array, first: number, count: number): Sweeps {
  const { stateCount, visits } = chain;
  const values = new Float64Array(stateCount * count);
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / (visits[0] as number);
  const scale = Math.abs(mean);
  let change = Number.POSITIVE_INFINITY;
  let remaining = Number.POSITIVE_INFINITY;
  let sweeps = 0;
  let converged = false;
  while (!converged && sweeps < MOST_SWEEPS) {
    const before = change;
    const { largest, ...swept } = sweep(chain, rewards, values, first, count);
    change = swept.change;
    sweeps += 1;
    const ratio = Math.min(change / before, 1);
    if (change === 0) remaining = 0;
    else if (sweeps > 1 && ratio < 1) remaining = (change * ratio) / (1 - ratio);
    converged = remaining <= TOLERANCE * scale || change <= ROUNDING * largest;
  }
  const without = Float64Array.from(
    { length: count },
    (_, column) => (values[column] as number) * (visits[0] as number),
  );
  return { without, sweeps, remaining: scale === 0 ? remaining : remaining / scale, converged };
}

/** One pass over all states; answers the largest change, and the largest value. */
function sweep(
  chain: Chain,
  rewards: Float64Array,
  values: Float64Array,
  first: number,
  count: number,
): { change: number; largest: number } {
  const { lastChannel, visits, rowStart, target, weight } = chain;
  const sums = new Float64Array(count);
  let change = 0;
  let largest = 0;
  for (let state = chain.stateCount - 1; state >= 0; state -= 1) {
    sums.fill(rewards[state] as number);
    let leaving = visits[state] as number;
    const end = rowStart[state + 1] as number;
    for (let edge = rowStart[state] as number; edge < end; edge += 1) {
      const next = target[edge] as number;
      const times = weight[edge] as number;
      if (next === state) {
        leaving -= times;
        continue;
      }
      const row = next * count;
      for (let column = 0; column < count; column += 1) {
        sums[column] = (sums[column] as number) + times * (values[row + column] as number);
      }
    }
    const removed = (lastChannel[state] as number) - first;
    const row = state * count;
    for (let column = 0; column < count; column += 1) {
      const value = column === removed ? 0 : (sums[column] as number) / leaving;
      const difference = value - (values[row + column] as number);
      if (difference > change) change = difference;
      else if (-difference > change) change = -difference;
      if (value > largest) largest = value;
      else if (-value > largest) largest = -value;
      values[row + column] = value;
    }
  }
  return { change, largest };
}
