import { touchCounts } from '../incremental-logit/features';
import type { TimedJourneys } from '../model-journeys';
import { type IntentParameters, intentOf } from '../observation/intent';

/**
 * Features of a channel, in this order: touches; age of its last touch, and of the one before, in
 * hours (Infinity where there is none: no touch is a very old one); touches that held; touches that
 * closed. After all channels: hours observed, which are nobody's touch, and what channels share: intent,
 * nobody's either, or the number of touches.
 */
export const FEATURES_PER_CHANNEL = 5;
export const COUNT = 0;
export const LAST_AGE = 1;
export const EARLIER_AGE = 2;
export const HELD = 3;
export const CLOSED = 4;

export function featureCount(channelCount: number): number {
  return FEATURES_PER_CHANNEL * channelCount + 2;
}

/**
 * Features of one journey into `features`.
 *
 * @param shared of each journey, by `sharedOf`
 * @param codes the trained code of each of the journeys' channels; -1: not known, left out
 */
export function readFeatures(
  journeys: TimedJourneys,
  journey: number,
  codes: Int32Array,
  shared: Float64Array,
  features: Float64Array,
): void {
  readUntouched(journeys, journey, shared[journey] as number, features);
  const from = journeys.offsets[journey] as number;
  for (let touch = (journeys.offsets[journey + 1] as number) - 1; touch >= from; touch -= 1) {
    const code = codes[journeys.channel[touch] as number] as number;
    if (code >= 0) {
      const start = code * FEATURES_PER_CHANNEL;
      const count = features[start + COUNT] as number;
      if (count < 2) {
        features[start + (count === 0 ? LAST_AGE : EARLIER_AGE)] = journeys.hoursToEnd[
          touch
        ] as number;
      }
      features[start + COUNT] = count + 1;
      (features[start + HELD] as number) += journeys.holder[touch] as number;
      (features[start + CLOSED] as number) += journeys.closer[touch] as number;
    }
  }
}

/**
 * The same journey as if nothing had touched it.
 *
 * @param shared the person's intent, which stays; or 1 touch, since the visit itself is one
 */
export function readUntouched(
  journeys: TimedJourneys,
  journey: number,
  shared: number,
  features: Float64Array,
): void {
  const last = features.length - 2;
  for (let start = 0; start < last; start += FEATURES_PER_CHANNEL) {
    features[start + COUNT] = 0;
    features[start + LAST_AGE] = Number.POSITIVE_INFINITY;
    features[start + EARLIER_AGE] = Number.POSITIVE_INFINITY;
    features[start + HELD] = 0;
    features[start + CLOSED] = 0;
  }
  features[last] = journeys.hoursObserved[journey] as number;
  features[last + 1] = shared;
}

/** Intent of each journey's person, or without it the number of touches. */
export function sharedOf(
  journeys: TimedJourneys,
  intent: IntentParameters | undefined,
): Float64Array {
  return intent === undefined ? touchCounts(journeys) : intentOf(journeys, intent);
}

export function channelCodes(channels: readonly string[], trained: readonly string[]): Int32Array {
  return Int32Array.from(channels, (channel) => trained.indexOf(channel));
}
