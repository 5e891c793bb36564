import type { TimedJourneys } from '../model-journeys';
import { cutJourneys } from './cut-journeys';
import { keptBy } from './kept';

export interface TimeSplit {
  /** What was known when `splitDay` began: journeys cut there, later conversions not yet seen. */
  readonly past: TimedJourneys;
  /** Journeys that ended on `splitDay` or later, whole. */
  readonly heldOut: TimedJourneys;
  /** Days since 1970. */
  readonly splitDay: number;
}

/** First and last day that the journeys were watched, and how many days that makes at least. */
export function observedDays(journeys: TimedJourneys): {
  first: number;
  last: number;
  days: number;
} {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const end = journeys.endDay[journey] as number;
    last = Math.max(last, end);
    const earlier = Math.ceil((journeys.hoursObserved[journey] as number) / 24) - 1;
    first = Math.min(first, end - Math.max(0, earlier));
  }
  return { first, last, days: journeys.journeyCount === 0 ? 0 : last - first + 1 };
}

/**
 * Splits by time as it would have been done on the day: nothing that happened on `splitDay` or
 * later is in `past`. Of a journey's end only the day is known, so what may be of that day is cut.
 *
 * @param share of the observed days that are held out, from 0 to 1
 */
export function splitByTime(journeys: TimedJourneys, share: number): TimeSplit {
  const known = splitsOf(journeys);
  const split = known.get(share) ?? makeSplit(journeys, share);
  known.set(share, split);
  return split;
}

/** Models are judged by the same split. */
const splitsOf = keptBy((_: TimedJourneys) => new Map<number, TimeSplit>());

function makeSplit(journeys: TimedJourneys, share: number): TimeSplit {
  const { last, days } = observedDays(journeys);
  const splitDay = last + 1 - Math.max(1, Math.round(days * share));
  const past: number[] = [];
  const hoursCut: number[] = [];
  const heldOut: number[] = [];
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const end = journeys.endDay[journey] as number;
    const cut = end < splitDay ? 0 : (end + 1 - splitDay) * 24;
    if ((journeys.hoursObserved[journey] as number) > cut || cut === 0) {
      past.push(journey);
      hoursCut.push(cut);
    }
    if (end >= splitDay) {
      heldOut.push(journey);
    }
  }
  return {
    past: cutJourneys(journeys, Uint32Array.from(past), Float64Array.from(hoursCut)),
    heldOut: cutJourneys(journeys, Uint32Array.from(heldOut)),
    splitDay,
  };
}
