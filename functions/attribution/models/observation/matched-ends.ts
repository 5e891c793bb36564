import type { Random } from '../../ihc/random';
import { countUp, pick } from '../columns';
import type { TimedJourneys } from '../model-journeys';
import { cutJourneys } from './cut-journeys';
import { type DrawnJourneys, drawJourneys } from './draw-journeys';
import { keptBy } from './kept';
import { placesOf, ranksOf } from './ranks';

/**
 * Journeys whose ends can be compared. Who converts is watched until then, who does not is watched
 * to the end of the data: longer, and so with more touches, which would make touches look harmful.
 * Journeys without conversion are therefore cut so that their hours of observation have the
 * distribution of the converted ones: the q-th quantile is cut to the q-th quantile (ties in
 * random order), never lengthened. Where both were watched equally long, nothing is cut.
 *
 * This is control sampling matched by time at risk (incidence density sampling, Prentice and
 * Breslow 1978): odds of conversion on it compare rates of conversion.
 */
export function matchEnds(journeys: TimedJourneys, random: Random): TimedJourneys {
  const indices = countUp(journeys.journeyCount);
  return cutJourneys(journeys, indices, hoursToMatch(journeys, random));
}

/** As `drawJourneys` of the journeys with matched ends; only what is drawn is cut. */
export function drawMatched(journeys: TimedJourneys, limit: number, random: Random): DrawnJourneys {
  return drawJourneys(journeys, limit, random, hoursToMatch(journeys, random));
}

/** Hours to be cut from the end of each journey; none where no journey converted. */
function hoursToMatch(journeys: TimedJourneys, random: Random): Float64Array {
  const hoursCut = new Float64Array(journeys.journeyCount);
  const { converted, others, hours, places } = observedHours(journeys);
  if (converted.length === 0) return hoursCut;
  const order = new Float64Array(others.length);
  let count = 0;
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const drawn = random();
    if (others[count] !== journey) continue;
    order[count] = drawn;
    count += 1;
  }
  const ranks = ranksOf(places, order);
  for (let index = 0; index < others.length; index += 1) {
    const quantile = Math.floor(
      (((ranks[index] as number) + 0.5) / others.length) * converted.length,
    );
    const excess = (hours[index] as number) - (converted[quantile] as number);
    hoursCut[others[index] as number] = Math.max(0, excess);
  }
  return hoursCut;
}

/** Hours of the journeys that converted, sorted, and of the others; several models ask for the same. */
const observedHours = keptBy(({ journeyCount, conversions, hoursObserved }: TimedJourneys) => {
  const converted = hoursObserved.filter((_, journey) => (conversions[journey] as number) > 0);
  const others = new Uint32Array(journeyCount - converted.length);
  let count = 0;
  for (let journey = 0; journey < journeyCount; journey += 1) {
    if ((conversions[journey] as number) > 0) continue;
    others[count] = journey;
    count += 1;
  }
  const hours = pick(new Float64Array(others.length), others, hoursObserved);
  return { converted: converted.sort(), others, hours, places: placesOf(hours) };
});
