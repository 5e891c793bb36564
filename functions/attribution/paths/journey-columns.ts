import { grown } from './grown';
import type { PathJourneys } from './path-journeys';

/** Room to begin with: what some ten thousand rows need. */
const FEWEST = 1 << 16;
/** Part by which rows of a file differ from those at its begin. */
const MARGIN = 1.1;

/** Columns of journeys while they are read, and the touches behind them. */
export class JourneyColumns {
  touches = new Uint16Array(0);
  touchCount = 0;
  journeyCount = 0;
  offsets = new Uint32Array(1);
  conversions = new Float64Array(0);
  nulls = new Float64Array(0);
  values = new Float64Array(0);
  private bytesRead = 0;

  /** @param byteCount bytes of the file, 0 where that is not known: room is made for all of it */
  constructor(private readonly byteCount: number) {}

  /** Makes room for all that `bytes` bytes can hold: a touch has two at least, a row four. */
  reserve(bytes: number): void {
    const touches = this.touchCount + (bytes >>> 1) + 1;
    const journeys = this.journeyCount + (bytes >>> 2) + 1;
    if (touches > this.touches.length) {
      this.touches = grown(this.touches, this.roomFor(touches, this.touchCount), Uint16Array);
    }
    if (journeys > this.conversions.length) {
      const length = this.roomFor(journeys, this.journeyCount);
      this.offsets = grown(this.offsets, length + 1, Uint32Array);
      this.conversions = grown(this.conversions, length, Float64Array);
      this.nulls = grown(this.nulls, length, Float64Array);
      this.values = grown(this.values, length, Float64Array);
    }
    this.bytesRead += bytes;
  }

  /** Room for `needed`, and for the rest of the file if it is as what was read. */
  private roomFor(needed: number, count: number): number {
    const ofFile = (MARGIN * count * this.byteCount) / Math.max(this.bytesRead, FEWEST);
    return Math.max(FEWEST, 2 * needed, Math.ceil(ofFile));
  }

  /** Room for more touches; answers the new array. */
  growTouches(): Uint16Array<ArrayBuffer> {
    this.touches = grown(this.touches, 2 * this.touches.length, Uint16Array);
    return this.touches;
  }

  /** Ends a journey at the touches so far. */
  push(conversions: number, nulls: number, value: number): void {
    const journey = this.journeyCount;
    this.reserve(4);
    this.conversions[journey] = conversions;
    this.nulls[journey] = nulls;
    // A column of zeros never gets memory.
    if (value !== 0) this.values[journey] = value;
    this.journeyCount = journey + 1;
    this.offsets[journey + 1] = this.touchCount;
  }

  /** Forgets all journeys and keeps their room. */
  clear(): void {
    this.values.fill(0, 0, this.journeyCount);
    this.touchCount = 0;
    this.journeyCount = 0;
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
