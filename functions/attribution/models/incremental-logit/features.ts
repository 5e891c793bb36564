import type { TimedJourneys } from '../model-journeys';

/** Features of a channel: exposed, log count, recency; each 0 without a touch of it. */
export const FEATURES_PER_CHANNEL = 3;

/** Columns before the channels': intercept, log of observed hours, log of intent or of all touches. */
export const OWN_COLUMNS = 3;
export const SHARED_COLUMN = 2;

export function columnCount(channelCount: number): number {
  return OWN_COLUMNS + FEATURES_PER_CHANNEL * channelCount;
}

export interface ExposureRow {
  readonly count: Float64Array;
  /** Sum of 2^(-age / half-life) over the channel's touches. */
  readonly decayed: Float64Array;
}

/** Touches of journey `journey` by channel code, into `row`, which is cleared first. */
export function readExposure(
  journeys: TimedJourneys,
  journey: number,
  halfLifeHours: number,
  row: ExposureRow,
): void {
  row.count.fill(0);
  row.decayed.fill(0);
  const to = journeys.offsets[journey + 1] as number;
  for (let touch = journeys.offsets[journey] as number; touch < to; touch += 1) {
    const channel = journeys.channel[touch] as number;
    (row.count[channel] as number) += 1;
    (row.decayed[channel] as number) += touchWeight(journeys, touch, halfLifeHours);
  }
}

export function touchWeight(
  { hoursToEnd }: TimedJourneys,
  touch: number,
  halfLifeHours: number,
): number {
  return 2 ** (-(hoursToEnd[touch] as number) / halfLifeHours);
}

/**
 * Rows of the design matrix, one a journey, row by row.
 *
 * @param shared what stands in the shared column
 */
export function designMatrix(
  journeys: TimedJourneys,
  shared: Float64Array,
  halfLifeHours: number,
): Float64Array {
  const channelCount = journeys.channels.length;
  const width = columnCount(channelCount);
  const design = new Float64Array(journeys.journeyCount * width);
  const row = { count: new Float64Array(channelCount), decayed: new Float64Array(channelCount) };
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    readExposure(journeys, journey, halfLifeHours, row);
    const start = journey * width;
    design[start] = 1;
    design[start + 1] = Math.log1p(journeys.hoursObserved[journey] as number);
    design[start + SHARED_COLUMN] = shared[journey] as number;
    for (let channel = 0; channel < channelCount; channel += 1) {
      const count = row.count[channel] as number;
      if (count > 0) {
        const at = start + OWN_COLUMNS + FEATURES_PER_CHANNEL * channel;
        design[at] = 1;
        design[at + 1] = Math.log(count);
        design[at + 2] = Math.log1p(row.decayed[channel] as number);
      }
    }
  }
  return design;
}

/** Touches of each journey. */
export function touchCounts({ journeyCount, offsets }: TimedJourneys): Float64Array {
  return Float64Array.from(
    { length: journeyCount },
    (_, journey) => (offsets[journey + 1] as number) - (offsets[journey] as number),
  );
}
