import type { ModelJourneys } from '../model-journeys';
import { PairTable } from './pair-table';

/**
 * Transitions of the journeys with touches, as counts. A state is the last `order` channels (fewer
 * at a journey's begin); state 0 is the start, before any touch. Rows are sparse: state s goes to
 * `target[e]`, `weight[e]` times, for e from `rowStart[s]` to `rowStart[s + 1]` (excluded).
 */
export interface Chain {
  readonly stateCount: number;
  readonly channelCount: number;
  /** The channel that was touched last in each state; -1 for the start. */
  readonly lastChannel: Int32Array;
  /** How often each state was left. For state 0: how many journeys there are. */
  readonly visits: Float64Array;
  readonly rowStart: Uint32Array;
  readonly target: Uint32Array;
  readonly weight: Float64Array;
  /** What journeys earned that ended in each state; one column for each kind of reward. */
  readonly rewards: readonly Float64Array[];
}

/**
 * Counts the transitions in one pass over the touches. Journeys without touches, or that happened
 * 0 times, are no part of it.
 *
 * @param order 1 to 4
 * @param rewards by journey, such as conversions or value
 * @throws UserError for more channels than states of this order can be numbered with
 */
export function buildChain(
  journeys: ModelJourneys,
  order: number,
  rewards: readonly Float64Array[],
): Chain {
  const pairs = new PairTable(journeys.channels.length, order);
  const ended: Float64Array[] = rewards.map(() => new Float64Array(0));
  const { offsets, channel, conversions, nulls } = journeys;
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const times = (conversions[journey] as number) + (nulls[journey] as number);
    const from = offsets[journey] as number;
    const to = offsets[journey + 1] as number;
    if (times === 0 || from === to) continue;
    const state = pairs.walk(channel, from, to, times);
    for (let kind = 0; kind < rewards.length; kind += 1) {
      let sums = ended[kind] as Float64Array;
      if (state >= sums.length) {
        sums = new Float64Array(2 * pairs.stateCount);
        sums.set(ended[kind] as Float64Array);
        ended[kind] = sums;
      }
      const amount = (rewards[kind] as Float64Array)[journey] as number;
      sums[state] = (sums[state] as number) + amount;
    }
  }
  const rewardsOfStates = ended.map((sums) => {
    const all = new Float64Array(pairs.stateCount);
    all.set(sums.subarray(0, pairs.stateCount));
    return all;
  });
  return { ...pairs.finish(), rewards: rewardsOfStates };
}
