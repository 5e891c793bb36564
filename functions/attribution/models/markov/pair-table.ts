import { UserError } from '../../../shared/errors';
import type { Chain } from './chain';
import { Interner } from './interner';

/** States' codes are whole numbers in doubles. */
const MOST_STATES = 2 ** 53;

/**
 * Transitions while they are counted. What follows on a state and a channel is looked up by both;
 * the last channels are put together for a pair that is new, and for no other.
 */
export class PairTable {
  /** States by the code of their channels: digits to the base of channels plus 1, newest lowest. */
  private readonly states: Interner;
  private readonly codes: number[] = [0];
  private readonly pairs: Interner;
  private readonly sources: number[] = [];
  private target = new Int32Array(1 << 10);
  private weight = new Float64Array(1 << 10);
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
    if (this.base ** (order + 1) > MOST_STATES) {
      throw new UserError(
        `${channelCount} channels are too many for a Markov model of order ${order}; use a lower order or group channels.`,
      );
    }
    this.states = new Interner(this.base ** order);
    this.states.idOf(0);
    this.pairs = new Interner(this.base ** order * channelCount);
  }

  get stateCount(): number {
    return this.codes.length;
  }

  /** Counts a journey's transitions `times` times; answers the state in which it ends. */
  walk(channel: Uint16Array, from: number, to: number, times: number): number {
    const { pairs, channelCount } = this;
    let state = 0;
    for (let touch = from; touch < to; touch += 1) {
      const code = channel[touch] as number;
      const known = pairs.size;
      const pair = pairs.idOf(state * channelCount + code);
      if (pair === known) this.add(state, code);
      this.weight[pair] = (this.weight[pair] as number) + times;
      state = this.target[pair] as number;
    }
    this.ends[state] = (this.ends[state] as number) + times;
    return state;
  }

  private add(source: number, channel: number): void {
    const pair = this.sources.push(source) - 1;
    if (pair === this.target.length) {
      this.target = grown(this.target, new Int32Array(2 * pair));
      this.weight = grown(this.weight, new Float64Array(2 * pair));
    }
    const code = ((this.codes[source] as number) % this.oldest) * this.base + channel + 1;
    const known = this.codes.length;
    const state = this.states.idOf(code);
    if (state === known) this.codes.push(code);
    if (state === this.ends.length) this.ends = grown(this.ends, new Float64Array(2 * state));
    this.target[pair] = state;
  }

  /** Transitions by the state they leave. */
  finish(): Omit<Chain, 'rewards'> {
    const { sources, stateCount } = this;
    const rowStart = new Uint32Array(stateCount + 1);
    for (const source of sources) rowStart[source + 1] = (rowStart[source + 1] as number) + 1;
    for (let state = 0; state < stateCount; state += 1) {
      rowStart[state + 1] = (rowStart[state + 1] as number) + (rowStart[state] as number);
    }
    const next = rowStart.slice();
    const target = new Uint32Array(sources.length);
    const weight = new Float64Array(sources.length);
    const visits = this.ends.slice(0, stateCount);
    sources.forEach((source, pair) => {
      const place = next[source] as number;
      next[source] = place + 1;
      target[place] = this.target[pair] as number;
      weight[place] = this.weight[pair] as number;
      visits[source] = (visits[source] as number) + (this.weight[pair] as number);
    });
    const lastChannel = Int32Array.from(this.codes, (code) => (code % this.base) - 1);
    return {
      stateCount,
      channelCount: this.channelCount,
      lastChannel,
      visits,
      rowStart,
      target,
      weight,
    };
  }
}

function grown<T extends { set(values: T): void }>(values: T, larger: T): T {
  larger.set(values);
  return larger;
}
