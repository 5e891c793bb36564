import type { Chain } from './chain';
import { Columns } from './sweep-columns';

/** Removed channels that are solved for at once: one line of memory or two for each state. */
const BLOCK = 16;
const TOLERANCE = 1e-12;
/** What rounding leaves of a value near 1. */
const ROUNDING = 4e-16;
const MOST_SWEEPS = 100_000;
/** Multiplications after which a block ends before that: some minutes. */
const MOST_WORK = 5e10;

export interface Sweeps {
  /** For each channel, the reward of all journeys if it were removed. */
  readonly without: Float64Array;
  readonly sweeps: number;
  /** How far the worst of these may still be off, in parts of all journeys' reward. */
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
 * path crosses it in one sweep. Where changes shrink slowly and evenly (very long journeys), they
 * are continued to their limit at once, as Aitken does.
 *
 * Ends where what is shown, the value of the start, is known to be right to 1e-12: after a sweep
 * that changed the values by d, it is off by at most the sum of visits[s] d[s] per journey. For its
 * error is the sum over s of N[start, s] times what the sweep left open in s, which is the sum of
 * P[s, t] d[t] over some t; and visits per journey are N[start, s] before any channel is removed.
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
  const journeys = chain.visits[0] as number;
  const total = Math.abs(rewards.reduce((sum, reward) => sum + reward, 0)) || 1;
  const columns = new Columns(chain, rewards, first, count);
  let sweeps = 0;
  let remaining = 0;
  let converged = false;
  const most = Math.min(MOST_SWEEPS, Math.ceil(MOST_WORK / (chain.target.length * count)));
  while (!converged && sweeps < most) {
    columns.sweep();
    sweeps += 1;
    remaining = columns.bound() / total;
    converged = remaining <= TOLERANCE || columns.change() <= ROUNDING * columns.largest;
  }
  return {
    without: columns.ofStart().map((value) => value * journeys),
    sweeps,
    remaining,
    converged,
  };
}
