import type { Random } from '../../ihc/random';
import type { TimedJourneys } from '../model-journeys';
import { cutJourneys } from './cut-journeys';

export interface DrawnJourneys {
  readonly journeys: TimedJourneys;
  /** How many journeys each drawn one stands for. */
  readonly weights: Float64Array;
}

/**
 * At most `limit` journeys for trainings that read them many times: converted ones up to half of
 * the limit, others to fill it, each kind drawn without replacement and weighted by what was left
 * out, so that rates stay as they are.
 *
 * @param hoursCut of each journey, as `cutJourneys` takes them; absent: all 0
 */
export function drawJourneys(
  journeys: TimedJourneys,
  limit: number,
  random: Random,
  hoursCut?: Float64Array,
): DrawnJourneys {
  const { journeyCount, conversions } = journeys;
  let converted = 0;
  for (const count of conversions) {
    converted += count > 0 ? 1 : 0;
  }
  const others = journeyCount - converted;
  const takeConverted = Math.min(converted, Math.max(limit >> 1, limit - others));
  const takeOthers = Math.min(others, limit - takeConverted);
  const left = { converted, others, takeConverted, takeOthers };
  const indices: number[] = [];
  const weights: number[] = [];
  for (let journey = 0; journey < journeyCount; journey += 1) {
    // Selection sampling (Knuth, algorithm S): exactly so many of those that are left.
    if ((conversions[journey] as number) > 0) {
      if (random() * left.converted < left.takeConverted) {
        indices.push(journey);
        weights.push(converted / takeConverted);
        left.takeConverted -= 1;
      }
      left.converted -= 1;
    } else {
      if (random() * left.others < left.takeOthers) {
        indices.push(journey);
        weights.push(others / takeOthers);
        left.takeOthers -= 1;
      }
      left.others -= 1;
    }
  }
  const drawn = Uint32Array.from(indices);
  const cut = hoursCut && Float64Array.from(drawn, (journey) => hoursCut[journey] as number);
  return {
    journeys: cutJourneys(journeys, drawn, cut),
    weights: Float64Array.from(weights),
  };
}
