import { UserError } from '../../../shared/errors';
import type { ModelJourneys } from '../model-journeys';
import type { Chain } from './chain';
import { Interner } from './interner';

/** Codes of states are whole numbers in doubles. */
const MOST_CODES = 2 ** 53;
/** Up to so many pairs, a pair's place is its key; above, pairs get places as they appear. */
const DENSE = 1 << 20;

/**
 * Transitions while they are counted. What follows on a state and a channel is looked up by both;
 * the last channels are put together for a pair that is new, and for no other.
 */
export class PairTable {
  /** States by the code of their channels: digits to the base of channels plus 1, newest lowest. */
  private readonly states: Interner;
  private readonly codes: number[] = [0];
  private readonly places: Interner | undefined;
  /** By place: the state that follows, plus 1; 0 where the pair was not met. */
  private next: Int32Array;
  private weight: Float64Array;
  private readonly keys: number[] = [];
  private ends = new Float64Array(1 << 10);
  private readonly base: number;
  /** The place of a state's oldest channel. */
  private readonly oldest: number;

  /** @throws UserError for more channels than codes of this order can hold */
  constructor(
    private readonly channelCount: number,
    order: number,
  ) {
    this.base = channelCount + 1;
    this.oldest = this.base ** (order - 1);
    const pairs = this.base ** order * channelCount;
    if (pairs > MOST_CODES) {
      throw new UserError(
        `${channelCount} channels are too many for a Markov model of order ${order}; use a lower order or group channels.`,
      );
    }
    this.states = new Interner(this.base ** order);
    this.states.idOf(0);
    if (pairs > DENSE) this.places = new Interner(pairs);
    this.next = new Int32Array(pairs > DENSE ? 1 << 10 : pairs);
    this.weight = new Float64Array(this.next.length);
  }

  get stateCount(): number {
    return this.codes.length;
  }

  /**
   * Counts all journeys' transitions; answers the state in which each ends. Journeys without
   * touches, or that happened 0 times, are no walks: theirs is the start.
   */
  walkAll(journeys: ModelJourneys): Uint32Array {
    const { journeyCount, offsets, channel, conversions, nulls } = journeys;
    const { channelCount, places } = this;
    const lasts = new Uint32Array(journeyCount);
    let { next, weight, ends } = this;
    let to = offsets[0] as number;
    for (let journey = 0; journey < journeyCount; journey += 1) {
      const times = (conversions[journey] as number) + (nulls[journey] as number);
      const from = to;
      to = offsets[journey + 1] as number;
      if (times === 0 || from === to) continue;
      let state = 0;
      for (let touch = from; touch < to; touch += 1) {
        const key = state * channelCount + (channel[touch] as number);
        const place = places === undefined ? key : places.idOf(key);
        if (place >= next.length || next[place] === 0) {
          this.add(key, place);
          ({ next, weight, ends } = this);
        }
        weight[place] = (weight[place] as number) + times;
        state = (next[place] as number) - 1;
      }
      ends[state] = (ends[state] as number) + times;
      lasts[journey] = state;
    }
    return lasts;
  }

  private add(key: number, place: number): void {
    const source = Math.floor(key / this.channelCount);
    const channel = key - source * this.channelCount;
    const code = ((this.codes[source] as number) % this.oldest) * this.base + channel + 1;
    const known = this.codes.length;
    const state = this.states.idOf(code);
    if (state === known) this.codes.push(code);
    if (state === this.ends.length) this.ends = grown(this.ends, new Float64Array(2 * state));
    if (place >= this.next.length) {
      this.next = grown(this.next, new Int32Array(2 * place));
      this.weight = grown(this.weight, new Float64Array(2 * place));
    }
    this.next[place] = state + 1;
    this.keys.push(key);
  }

  /** Transitions by the state they leave. */
  finish(): Omit<Chain, 'rewards'> {
    const { keys, places, stateCount, channelCount } = this;
    const sourceOf = (key: number) => Math.floor(key / channelCount);
    const rowStart = new Uint32Array(stateCount + 1);
    for (const key of keys) {
      const source = sourceOf(key);
      rowStart[source + 1] = (rowStart[source + 1] as number) + 1;
    }
    for (let state = 0; state < stateCount; state += 1) {
      rowStart[state + 1] = (rowStart[state + 1] as number) + (rowStart[state] as number);
    }
    const free = rowStart.slice();
    const target = new Uint32Array(keys.length);
    const weight = new Float64Array(keys.length);
    const visits = this.ends.slice(0, stateCount);
    keys.forEach((key, met) => {
      const source = sourceOf(key);
      const place = places === undefined ? key : met;
      const edge = free[source] as number;
      free[source] = edge + 1;
      target[edge] = (this.next[place] as number) - 1;
      weight[edge] = this.weight[place] as number;
      visits[source] = (visits[source] as number) + (this.weight[place] as number);
    });
    const lastChannel = Int32Array.from(this.codes, (code) => (code % this.base) - 1);
    return { stateCount, channelCount, lastChannel, visits, rowStart, target, weight };
  }
}

function grown<T extends { set(values: T): void }>(values: T, larger: T): T {
  larger.set(values);
  return larger;
}
