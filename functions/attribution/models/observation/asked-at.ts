import type { TimedJourneys } from '../model-journeys';

/**
 * When journeys are asked whether they convert. 'ends': conversions come at any time, and a journey is
 * asked at its end. 'visits': they come in visits, so each visit is asked whether it converts.
 */
export type AskedAt = 'visits' | 'ends';

/** A conversion so soon after a touch came in that visit. */
const VISIT_HOURS = 1;

/**
 * Whether conversions come in visits: at least half of those after a touch came within an hour of
 * the last one. Where they come at any time, a few in a hundred do.
 */
export function askedAt({
  journeyCount,
  offsets,
  conversions,
  hoursToEnd,
}: TimedJourneys): AskedAt {
  let touched = 0;
  let inVisit = 0;
  for (let journey = 0; journey < journeyCount; journey += 1) {
    const weight = conversions[journey] as number;
    const to = offsets[journey + 1] as number;
    if (weight > 0 && to > (offsets[journey] as number)) {
      touched += weight;
      inVisit += (hoursToEnd[to - 1] as number) <= VISIT_HOURS ? weight : 0;
    }
  }
  return touched > 0 && 2 * inVisit >= touched ? 'visits' : 'ends';
}

/**
 * Journeys as they are scored. Asked at visits, a conversion belongs to its journey's last visit:
 * ages are those at its start, its flags are not known yet, and no hours of observation count.
 */
export function asAsked(journeys: TimedJourneys, asked: AskedAt): TimedJourneys {
  if (asked === 'ends') {
    return journeys;
  }
  const hoursToEnd = journeys.hoursToEnd.slice();
  // Per visit, not per hour; and who was touched earlier was watched for longer, through the touch.
  const hoursObserved = new Float64Array(journeys.journeyCount);
  const holder = journeys.holder.slice();
  const closer = journeys.closer.slice();
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const last = (journeys.offsets[journey + 1] as number) - 1;
    if ((journeys.conversions[journey] as number) > 0 && last >= from) {
      const since = hoursToEnd[last] as number;
      for (let touch = from; touch <= last; touch += 1) {
        hoursToEnd[touch] = (hoursToEnd[touch] as number) - since;
      }
      holder[last] = 0;
      closer[last] = 0;
    }
  }
  return { ...journeys, hoursToEnd, hoursObserved, holder, closer };
}
