import type { ModelCredits, ModelJourneys } from './model-journeys';
import { creditsOf } from './touch-credits';

export const HEURISTICS = ['first', 'last', 'linear'] as const;
export type Heuristic = (typeof HEURISTICS)[number];

/** All credit to the first touch, to the last, or the same to each touch. */
export function heuristicCredits(journeys: ModelJourneys, heuristic: Heuristic): ModelCredits {
  if (heuristic === 'linear') {
    return creditsOf(journeys, (from, to, credit) => credit.fill(1 / (to - from), from, to));
  }
  return creditsOf(journeys, (from, to, credit) => {
    credit[heuristic === 'first' ? from : to - 1] = 1;
  });
}
