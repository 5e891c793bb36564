import type { ModelCredits, ModelJourneys } from '../models/model-journeys';

/** What rounding may leave of a journey's sum. */
const TOLERANCE = 1e-6;

/** @throws Error where a journey's credits and base do not sum to 1, or one of them is no share */
export function checkCredits(
  model: string,
  conversionType: string,
  journeys: ModelJourneys,
  { credit, baseShare }: ModelCredits,
): void {
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    if (journeys.conversions[journey] === 0) continue;
    let sum = baseShare[journey] as number;
    let least = sum;
    const to = journeys.offsets[journey + 1] as number;
    for (let touch = journeys.offsets[journey] as number; touch < to; touch += 1) {
      const share = credit[touch] as number;
      sum += share;
      least = Math.min(least, share);
    }
    // Written so that NaN fails too.
    if (!(Math.abs(sum - 1) <= TOLERANCE && least >= -TOLERANCE)) {
      throw new Error(
        `Model ${model} shares out ${sum} of a conversion of type ${conversionType}, its least share ${least}.`,
      );
    }
  }
}
