import { grown } from './grown';
import type { PathJourneys } from './path-journeys';

const FEWEST = 1 << 10;

/** Columns of journeys while they are read, and the touches behind them. */
export class JourneyColumns {
  touches: Uint16Array<ArrayBuffer>;
  touchCount = 0;
  journeyCount = 0;
  private offsets: Uint32Array<ArrayBuffer>;
  private conversions: Float64Array<ArrayBuffer>;
  private nulls: Float64Array<ArrayBuffer>;
  private values: Float64Array<ArrayBuffer>;

  /** @param byteCount bytes of the file: room is reserved by it; memory is used as it fills */
  constructor(byteCount: number) {
    const journeys = FEWEST + Math.ceil(byteCount / 16);
    this.touches = new Uint16Array(FEWEST + Math.ceil(byteCount / 4));
    this.offsets = new Uint32Array(journeys + 1);
    this.conversions = new Float64Array(journeys);
    this.nulls = new Float64Array(journeys);
    this.values = new Float64Array(journeys);
  }

  /** Room for more touches; answers the new array. */
  growTouches(): Uint16Array<ArrayBuffer> {
    this.touches = grown(this.touches, 2 * this.touches.length, Uint16Array);
    return this.touches;
  }

  /** Ends a journey at the touches so far. */
  push(conversions: number, nulls: number, value: number): void {
    const journey = this.journeyCount;
    if (journey === this.conversions.length) this.growJourneys();
    this.conversions[journey] = conversions;
    this.nulls[journey] = nulls;
    // A column of zeros never gets memory.
    if (value !== 0) this.values[journey] = value;
    this.journeyCount = journey + 1;
    this.offsets[journey + 1] = this.touchCount;
  }

  private growJourneys(): void {
    const length = 2 * this.journeyCount;
    this.offsets = grown(this.offsets, length + 1, Uint32Array);
    this.conversions = grown(this.conversions, length, Float64Array);
    this.nulls = grown(this.nulls, length, Float64Array);
    this.values = grown(this.values, length, Float64Array);
  }

  finish(channels: readonly string[], hasValues: boolean): PathJourneys {
    const { journeyCount, touchCount } = this;
    return {
      journeyCount,
      touchCount,
      offsets: this.offsets.subarray(0, journeyCount + 1),
      channel: this.touches.subarray(0, touchCount),
      channels,
      conversions: this.conversions.subarray(0, journeyCount),
      nulls: this.nulls.subarray(0, journeyCount),
      ...(hasValues ? { values: this.values.subarray(0, journeyCount) } : {}),
    };
  }
}
