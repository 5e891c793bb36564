import type { ModelCredits, TimedJourneys } from '../models/model-journeys';
import type { ShrunkEffect } from './shrink';

/**
 * A model's credits with each channel's multiplied by what the tests make of it; the base takes what
 * is left, and where the touches would have more than the whole they share it.
 */
export function calibrateCredits(
  journeys: TimedJourneys,
  { credit }: ModelCredits,
  effects: readonly ShrunkEffect[],
): ModelCredits {
  const factors = Float64Array.from(journeys.channels, (channel) => {
    const effect = effects.find((one) => one.channel === channel);
    return effect !== undefined && effect.modelConversions > 0
      ? effect.conversions / effect.modelConversions
      : 0;
  });
  const calibrated = credit.map(
    (value, touch) => value * (factors[journeys.channel[touch] as number] as number),
  );
  const baseShare = new Float64Array(journeys.journeyCount);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    if (!((journeys.conversions[journey] as number) > 0)) {
      continue;
    }
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    let sum = 0;
    for (let touch = from; touch < to; touch += 1) {
      sum += calibrated[touch] as number;
    }
    if (sum > 1) {
      for (let touch = from; touch < to; touch += 1) {
        calibrated[touch] = (calibrated[touch] as number) / sum;
      }
    }
    baseShare[journey] = Math.max(0, 1 - sum);
  }
  return { credit: calibrated, baseShare };
}
