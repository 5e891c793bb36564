import type { Random } from '../../ihc/random';
import { pick } from '../columns';
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
  const converts = new Uint8Array(journeys.journeyCount);
  for (let journey = 0; journey < converts.length; journey += 1) {
    converts[journey] = (journeys.conversions[journey] as number) > 0 ? 1 : 0;
  }
  const { indices, weights } = drawIndices(converts, limit, random);
  const cut = hoursCut && pick(new Float64Array(indices.length), indices, hoursCut);
  return { journeys: cutJourneys(journeys, indices, cut), weights };
}

/**
 * The same for anything that converts (1) or not (0).
 *
 * @returns indices in their order, and what each drawn one stands for
 */
export function drawIndices(
  converts: Uint8Array,
  limit: number,
  random: Random,
): { readonly indices: Uint32Array; readonly weights: Float64Array } {
  const converted = converts.reduce((sum, one) => sum + one, 0);
  const others = converts.length - converted;
  const takeConverted = Math.min(converted, Math.max(limit >> 1, limit - others));
  const takeOthers = Math.min(others, limit - takeConverted);
  const left = { converted, others, takeConverted, takeOthers };
  const indices = new Uint32Array(takeConverted + takeOthers);
  const weights = new Float64Array(indices.length);
  let count = 0;
  for (let index = 0; index < converts.length; index += 1) {
    // Selection sampling (Knuth, algorithm S): exactly so many of those that are left.
    if (converts[index] === 1) {
      if (random() * left.converted < left.takeConverted) {
        indices[count] = index;
        weights[count] = converted / takeConverted;
        count += 1;
        left.takeConverted -= 1;
      }
      left.converted -= 1;
    } else {
      if (random() * left.others < left.takeOthers) {
        indices[count] = index;
        weights[count] = others / takeOthers;
        count += 1;
        left.takeOthers -= 1;
      }
      left.others -= 1;
    }
  }
  return { indices, weights };
}
