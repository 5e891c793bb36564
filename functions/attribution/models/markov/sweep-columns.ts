import type { Chain } from './chain';

/** Sweeps over which it is measured how changes shrink; of one alone, rounding hides it. */
const SPAN = 8;
/** Changes that shrink to less than this need no help. */
const SLOW = 0.3;
/** Changes that shrink to more than this are those that shrank slowly before. */
const STILL = 0.9;
/** How closely two spans in turn must agree, in parts of what they lack to 1. */
const EVENLY = 0.1;

/** Values of all states, one column for each of some removed channels, and how they change. */
export class Columns {
  /** The largest value so far. */
  largest = 0;
  private readonly values: Float64Array;
  private readonly steps: Float64Array;
  private readonly sums: Float64Array;
  /** By column: changes of the last sweep, each as often as its state is left. */
  private readonly moved: Float64Array;
  /** By column: the largest changes of the last sweep. */
  private readonly changes: Float64Array;
  /** The same at the ends of the last three spans, the newest first; not a number where unknown. */
  private spans: Float64Array[];
  /** By column: how changes shrank over a span when that could be measured; 0 where unknown. */
  private readonly ratios: Float64Array;
  private sweeps = 0;

  /** @param first the first of the removed channels; @param count how many they are */
  constructor(
    private readonly chain: Chain,
    private readonly rewards: Float64Array,
    private readonly first: number,
    private readonly count: number,
  ) {
    this.values = new Float64Array(chain.stateCount * count);
    this.steps = new Float64Array(chain.stateCount * count);
    this.sums = new Float64Array(count);
    this.moved = new Float64Array(count);
    this.changes = new Float64Array(count);
    this.ratios = new Float64Array(count);
    this.spans = [1, 2, 3].map(() => new Float64Array(count).fill(Number.NaN));
  }

  /** One pass over all states; now and then, an extrapolation behind it. */
  sweep(): void {
    const { chain, rewards, values, steps, sums, first, count } = this;
    const { lastChannel, visits, rowStart, target, weight } = chain;
    const change = this.changes.fill(0);
    const moved = this.moved.fill(0);
    let largest = this.largest;
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
        const step = value - (values[row + column] as number);
        const size = step < 0 ? -step : step;
        if (size > (change[column] as number)) change[column] = size;
        moved[column] = (moved[column] as number) + leaving * size;
        if (value > largest) largest = value;
        else if (-value > largest) largest = -value;
        values[row + column] = value;
        steps[row + column] = step;
      }
    }
    this.largest = largest;
    this.sweeps += 1;
    if (this.sweeps % SPAN !== 0) return;
    this.spans = [change.slice(), ...this.spans.slice(0, 2)];
    this.extrapolate();
  }

  /** The largest change of the last sweep. */
  change(): number {
    return Math.max(0, ...this.changes);
  }

  /** How far the rewards of all journeys may still be off in the worst column. */
  bound(): number {
    return Math.max(0, ...this.moved);
  }

  /**
   * Continues the last changes to their limit in columns whose changes shrink slowly, and by the
   * same ratio twice. Later that ratio is known, and changes that are too small to measure it still
   * are continued by it.
   */
  private extrapolate(): void {
    const { values, steps, count, ratios } = this;
    for (let column = 0; column < count; column += 1) {
      const [last = 0, before = 0, earlier = 0] = this.spans.map((change) => change[column]);
      const ratio = last / before;
      const isEven = Math.abs(ratio - before / earlier) < EVENLY * (1 - ratio);
      if (isEven && ratio > SLOW) ratios[column] = ratio;
      else if (!(ratio > STILL && (ratios[column] as number) > 0)) continue;
      const one = (ratios[column] as number) ** (1 / SPAN);
      const factor = one / (1 - one);
      for (let place = column; place < values.length; place += count) {
        values[place] = (values[place] as number) + factor * (steps[place] as number);
      }
      // What was measured holds no longer.
      for (const change of this.spans) change[column] = Number.NaN;
    }
  }

  /** The values of the start. */
  ofStart(): Float64Array {
    return this.values.slice(0, this.count);
  }
}
