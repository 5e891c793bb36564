import { UserError } from '../../../shared/errors';
import type { ModelJourneys } from '../model-journeys';
import type { Chain } from './chain';
import { Interner } from './interner';

/** Codes of states are whole numbers in doubles. */
const MOST_CODES = 2 ** 53;
/** Up to so many pairs, a pair's place is its key; above, pairs get places as they appear. */
const DENSE = 1 << 20;
/** Part by which room for channels grows. */
const GROWTH = 1.25;

/**
 * Transitions while they are counted. What follows on a state and a channel is looked up by both;
 * the last channels are put together for a pair that is new, and for no other.
 */
export class PairTable {
  /** There is room for so many channels. */
  private channelCount = 0;
  /** States by the code of their channels: digits to the base of channels plus 1, newest lowest. */
  private states = new Interner(1);
  private codes: number[] = [0];
  private places: Interner | undefined;
  /** By place: the state that follows, plus 1; 0 where the pair was not met. */
  private next = new Int32Array(0);
  private weight = new Float64Array(0);
  private keys: number[] = [];
  private ends = new Float64Array(1 << 10);
  private lasts = new Uint32Array(0);
  private base = 1;
  /** The place of a state's oldest channel. */
  private oldest = 1;

  constructor(private readonly order: number) {}

  get stateCount(): number {
    return this.codes.length;
  }

  /** Makes room for channels. */
  private reserve(channelCount: number): void {
    const { order, channelCount: before } = this;
    if (channelCount <= before) return;
    if (pairsOf(channelCount, order) > MOST_CODES) {
      throw new UserError(
        `${channelCount} channels are too many for a Markov model of order ${order}; use a lower order or group channels.`,
      );
    }
    const roomy = Math.max(channelCount, Math.ceil(GROWTH * before));
    this.widen(pairsOf(roomy, order) > MOST_CODES ? channelCount : roomy);
  }

  /** Moves all to where it stands with more channels; states and pairs keep their order. */
  private widen(channelCount: number): void {
    const { codes, keys, next, weight, places, base, channelCount: before } = this;
    const pairs = pairsOf(channelCount, this.order);
    this.channelCount = channelCount;
    this.base = channelCount + 1;
    this.oldest = this.base ** (this.order - 1);
    this.states = new Interner(this.base ** this.order);
    this.codes = codes.map((code) => inBase(code, base, this.base));
    for (const code of this.codes) this.states.idOf(code);
    this.places = pairs > DENSE ? new Interner(pairs) : undefined;
    this.next = new Int32Array(pairs > DENSE ? 1 << 10 : pairs);
    this.weight = new Float64Array(this.next.length);
    this.keys = keys.map((key, met) => {
      const source = Math.floor(key / before);
      const moved = source * channelCount + (key - source * before);
      const from = places === undefined ? key : met;
      const place = this.places === undefined ? moved : this.places.idOf(moved);
      this.growTo(place);
      this.next[place] = next[from] as number;
      this.weight[place] = weight[from] as number;
      return moved;
    });
  }

  /**
   * Counts journeys' transitions; answers the state in which each ends, in an array that the next
   * call changes. Journeys without touches, or that happened 0 times, are no walks: theirs is the
   * start. Channels may become more from call to call.
   *
   * @throws UserError for more than codes of this order can hold
   */
  walkAll(journeys: ModelJourneys): Uint32Array {
    this.reserve(journeys.channels.length);
    const { journeyCount, offsets, channel, conversions, nulls } = journeys;
    const { channelCount, places } = this;
    if (journeyCount > this.lasts.length) this.lasts = new Uint32Array(journeyCount);
    const { lasts } = this;
    let { next, weight, ends } = this;
    let to = offsets[0] as number;
    for (let journey = 0; journey < journeyCount; journey += 1) {
      const times = (conversions[journey] as number) + (nulls[journey] as number);
      const from = to;
      to = offsets[journey + 1] as number;
      lasts[journey] = 0;
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
    return lasts.subarray(0, journeyCount);
  }

  private add(key: number, place: number): void {
    const source = Math.floor(key / this.channelCount);
    const channel = key - source * this.channelCount;
    const code = ((this.codes[source] as number) % this.oldest) * this.base + channel + 1;
    const known = this.codes.length;
    const state = this.states.idOf(code);
    if (state === known) this.codes.push(code);
    if (state === this.ends.length) this.ends = grown(this.ends, new Float64Array(2 * state));
    this.growTo(place);
    this.next[place] = state + 1;
    this.keys.push(key);
  }

  private growTo(place: number): void {
    if (place < this.next.length) return;
    this.next = grown(this.next, new Int32Array(2 * place));
    this.weight = grown(this.weight, new Float64Array(2 * place));
  }

  /** Transitions by the state they leave. */
  finish(): Omit<Chain, 'rewards' | 'channelCount'> {
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
    return { stateCount, lastChannel, visits, rowStart, target, weight };
  }
}

/** How many pairs of a state and a channel there can be. */
function pairsOf(channelCount: number, order: number): number {
  return (channelCount + 1) ** order * channelCount;
}

/** The digits of a code to one base, read to another. */
function inBase(code: number, from: number, to: number): number {
  let value = 0;
  let scale = 1;
  for (let rest = code; rest > 0; rest = Math.floor(rest / from)) {
    value += (rest % from) * scale;
    scale *= to;
  }
  return value;
}

function grown<T extends { set(values: T): void }>(values: T, larger: T): T {
  larger.set(values);
  return larger;
}
