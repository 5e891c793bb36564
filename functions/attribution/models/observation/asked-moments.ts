import type { Random } from '../../ihc/random';
import type { TimedJourneys } from '../model-journeys';
import type { AskedAt } from './asked-at';
import { dayBefore } from './cut-journeys';
import { type DrawnJourneys, drawIndices } from './draw-journeys';
import { drawMatched, matchEnds } from './matched-ends';

export interface MomentOptions {
  /** Moments drawn at most. */
  readonly limit: number;
  /** Days since 1970; visits before it are not asked. */
  readonly fromDay?: number;
}

/**
 * Journeys at the moments at which they are asked whether they convert. At ends: these are matched
 * first (`matchEnds`). At visits: every visit of every journey is a moment, with the touches up to
 * its start and itself; not with its own flags, which what converts sets too, nor with hours observed
 * (a visit converts, not an hour). A visit that is not
 * its journey's last did not convert: odds on these moments are those of a visit to convert
 * (discrete hazard, Cox 1972; Prentice and Gloeckler 1978), and nothing needs to be matched.
 */
export function askedMoments(
  journeys: TimedJourneys,
  asked: AskedAt,
  random: Random,
  { limit, fromDay = Number.NEGATIVE_INFINITY }: MomentOptions,
): DrawnJourneys {
  if (asked === 'ends') {
    return drawMatched(journeys, limit, random);
  }
  const visits = visitsOf(journeys, fromDay);
  const { indices, weights } = drawIndices(visits.converts, limit, random);
  return { journeys: cutAtVisits(journeys, visits, indices), weights };
}

/** Moments on which held-out fits are judged at most; ends are few enough to take all. */
const JUDGED_MOMENTS = 60_000;

/** What held-out journeys are asked: their ends, or their visits from a day on. */
export function heldOutMoments(
  heldOut: TimedJourneys,
  asked: AskedAt,
  random: Random,
  fromDay: number,
): TimedJourneys {
  return asked === 'ends'
    ? matchEnds(heldOut, random)
    : askedMoments(heldOut, asked, random, { limit: JUDGED_MOMENTS, fromDay }).journeys;
}

/** Visits in the order of journeys. */
interface Visits {
  readonly journey: Uint32Array;
  readonly touch: Uint32Array;
  readonly converts: Uint8Array;
}

function visitsOf(journeys: TimedJourneys, fromDay: number): Visits {
  const { offsets, conversions, touchCount } = journeys;
  const journeyOf = new Uint32Array(touchCount);
  const touchOf = new Uint32Array(touchCount);
  const converts = new Uint8Array(touchCount);
  let count = 0;
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const to = offsets[journey + 1] as number;
    for (let touch = offsets[journey] as number; touch < to; touch += 1) {
      if (dayBefore(journeys, journey, journeys.hoursToEnd[touch] as number) >= fromDay) {
        journeyOf[count] = journey;
        touchOf[count] = touch;
        converts[count] = touch === to - 1 && (conversions[journey] as number) > 0 ? 1 : 0;
        count += 1;
      }
    }
  }
  return {
    journey: journeyOf.subarray(0, count),
    touch: touchOf.subarray(0, count),
    converts: converts.subarray(0, count),
  };
}

/** One journey for each chosen visit, as it was known at the visit's start. */
function cutAtVisits(journeys: TimedJourneys, visits: Visits, chosen: Uint32Array): TimedJourneys {
  const count = chosen.length;
  const offsets = new Uint32Array(count + 1);
  chosen.forEach((visit, index) => {
    const from = journeys.offsets[visits.journey[visit] as number] as number;
    offsets[index + 1] = (offsets[index] as number) + (visits.touch[visit] as number) + 1 - from;
  });
  const touchCount = offsets[count] as number;
  const cut = {
    channel: new Uint16Array(touchCount),
    hoursToEnd: new Float64Array(touchCount),
    holder: new Uint8Array(touchCount),
    closer: new Uint8Array(touchCount),
    conversions: new Float64Array(count),
    nulls: new Float64Array(count),
    hoursObserved: new Float64Array(count),
    endDay: new Int32Array(count),
  };
  chosen.forEach((visit, index) => {
    const journey = visits.journey[visit] as number;
    const last = visits.touch[visit] as number;
    const from = journeys.offsets[journey] as number;
    const at = offsets[index] as number;
    const since = journeys.hoursToEnd[last] as number;
    cut.channel.set(journeys.channel.subarray(from, last + 1), at);
    // The visit's own flags stay 0.
    cut.holder.set(journeys.holder.subarray(from, last), at);
    cut.closer.set(journeys.closer.subarray(from, last), at);
    for (let touch = from; touch <= last; touch += 1) {
      cut.hoursToEnd[at + touch - from] = (journeys.hoursToEnd[touch] as number) - since;
    }
    cut.endDay[index] = dayBefore(journeys, journey, since);
    cut.conversions[index] = visits.converts[visit] as number;
    cut.nulls[index] = 1 - (visits.converts[visit] as number);
  });
  return { journeyCount: count, touchCount, offsets, channels: journeys.channels, ...cut };
}
