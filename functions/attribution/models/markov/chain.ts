import { UserError } from '../../../shared/errors';
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

/** Counts the transitions of journeys in one pass over their touches, some journeys after others. */
export class ChainCounter {
  private readonly pairs: PairTable;
  private readonly rewards: Float64Array[] = [];
  private channelCount = 0;

  /**
   * @param order 1 to 4
   * @throws UserError for others
   */
  constructor(order: number) {
    if (!Number.isInteger(order) || order < 1 || order > 4) {
      throw new UserError(`The order of a Markov model is 1, 2, 3 or 4, not ${order}.`);
    }
    this.pairs = new PairTable(order);
  }

  /**
   * Journeys without touches, or that happened 0 times, are no part of the chain.
   *
   * @param journeys of the channels of those before, or more
   * @param values of each journey's conversions, as rewards beside these; always or never
   * @throws UserError for more channels than states of this order can be numbered with
   */
  add(journeys: ModelJourneys, values?: Float64Array): void {
    this.channelCount = journeys.channels.length;
    const lasts = this.pairs.walkAll(journeys);
    const rewards = values === undefined ? [journeys.conversions] : [journeys.conversions, values];
    rewards.forEach((amounts, kind) => {
      const sums = grownTo(this.pairs.stateCount, this.rewards[kind]);
      this.rewards[kind] = sums;
      for (let journey = 0; journey < lasts.length; journey += 1) {
        const state = lasts[journey] as number;
        if (state > 0) sums[state] = (sums[state] as number) + (amounts[journey] as number);
      }
    });
  }

  finish(): Chain {
    const { pairs, channelCount, rewards } = this;
    return { ...pairs.finish(), channelCount, rewards };
  }
}

function grownTo(length: number, values: Float64Array = new Float64Array(0)): Float64Array {
  if (values.length === length) return values;
  const larger = new Float64Array(length);
  larger.set(values);
  return larger;
}
