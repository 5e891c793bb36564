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
  const lasts = pairs.walkAll(journeys);
  const ofStates = rewards.map((amounts) => {
    const sums = new Float64Array(pairs.stateCount);
    for (let journey = 0; journey < lasts.length; journey += 1) {
      const state = lasts[journey] as number;
      if (state > 0) sums[state] = (sums[state] as number) + (amounts[journey] as number);
    }
    return sums;
  });
  return { ...pairs.finish(), rewards: ofStates };
}
