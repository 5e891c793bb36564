import type { Random } from '../../ihc/random';
import type { TimedJourneys } from '../model-journeys';
import { cutJourneys } from './cut-journeys';
import { ranksOf } from './ranks';

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
  const { journeyCount, conversions, hoursObserved } = journeys;
  const converted = hoursObserved.filter((_, journey) => (conversions[journey] as number) > 0);
  converted.sort();
  const indices = Uint32Array.from({ length: journeyCount }, (_, journey) => journey);
  if (converted.length === 0) {
    return cutJourneys(journeys, indices);
  }
  const others = indices.filter((journey) => !((conversions[journey] as number) > 0));
  const order = new Float64Array(journeyCount);
  for (let journey = 0; journey < journeyCount; journey += 1) order[journey] = random();
  const ranks = ranksOf(
    Float64Array.from(others, (journey) => hoursObserved[journey] as number),
    Float64Array.from(others, (journey) => order[journey] as number),
  );
  const hoursCut = new Float64Array(journeyCount);
  others.forEach((journey, index) => {
    const quantile = Math.floor(
      (((ranks[index] as number) + 0.5) / others.length) * converted.length,
    );
    const excess = (hoursObserved[journey] as number) - (converted[quantile] as number);
    hoursCut[journey] = Math.max(0, excess);
  });
  return cutJourneys(journeys, indices, hoursCut);
}
