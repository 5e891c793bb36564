import type { Journeys } from '../ihc/journeys';
import { modelFor } from '../ihc/model';
import type { IhcParameters } from '../ihc/parameters';
import { scoreJourneys } from '../ihc/score';
import { countUp, pick } from './columns';
import type { ModelCredits, TimedJourneys } from './model-journeys';

const MICROSECONDS_PER_HOUR = 3.6e9;

/** IHC as the other models give their credit. It has no base but where nothing touched. */
export function ihcCredits(journeys: TimedJourneys, parameters: IhcParameters): ModelCredits {
  const { converted, journeyOf } = convertedJourneys(journeys);
  const { ihc } = scoreJourneys(converted, modelFor(parameters, converted.channels));
  const credit = new Float64Array(journeys.touchCount);
  const baseShare = journeys.conversions.map((count) => (count > 0 ? 1 : 0));
  journeyOf.forEach((journey, index) => {
    const from = converted.offsets[index] as number;
    const to = converted.offsets[index + 1] as number;
    credit.set(ihc.subarray(from, to), journeys.offsets[journey]);
    baseShare[journey] = 0;
  });
  return { credit, baseShare };
}

/** The journeys that converted and were touched, as IHC reads them, and where each came from. */
export function convertedJourneys(journeys: TimedJourneys): {
  readonly converted: Journeys;
  readonly journeyOf: Uint32Array;
} {
  const { journeyCount, offsets, conversions } = journeys;
  const isConverted = (journey: number) =>
    (conversions[journey] as number) > 0 && offsets[journey + 1] !== offsets[journey];
  const journeyOf = countUp(journeyCount).filter(isConverted);
  const ends = new Uint32Array(journeyOf.length + 1);
  journeyOf.forEach((journey, index) => {
    const touches = (offsets[journey + 1] as number) - (offsets[journey] as number);
    ends[index + 1] = (ends[index] as number) + touches;
  });
  const sessionCount = ends[journeyOf.length] as number;
  const row = new Uint32Array(sessionCount);
  journeyOf.forEach((journey, index) => {
    const from = ends[index] as number;
    const to = ends[index + 1] as number;
    for (let at = from; at < to; at += 1) row[at] = (offsets[journey] as number) + at - from;
  });
  const hoursToEnd = pick(new Float64Array(sessionCount), row, journeys.hoursToEnd);
  const converted: Journeys = {
    journeyCount: journeyOf.length,
    sessionCount,
    offsets: ends,
    time: hoursToEnd.map((hours) => -hours * MICROSECONDS_PER_HOUR),
    channel: pick(new Int32Array(sessionCount), row, journeys.channel),
    channels: journeys.channels,
    holder: pick(new Uint8Array(sessionCount), row, journeys.holder),
    closer: pick(new Uint8Array(sessionCount), row, journeys.closer),
    row,
  };
  return { converted, journeyOf };
}
