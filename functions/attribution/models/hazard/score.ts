import type { ModelCredits, TimedJourneys } from '../model-journeys';
import { intentOf, intentReader } from '../observation/intent';
import type { HazardParameters } from './parameters';

/** Rates by channel code. A channel that was not there at the training adds nothing. */
function byCode(channels: readonly string[], { channels: known }: HazardParameters) {
  const of = (channel: string) => (Object.hasOwn(known, channel) ? known[channel] : undefined);
  return {
    rate: Float64Array.from(channels, (channel) => of(channel)?.rate ?? 0),
    tau: Float64Array.from(channels, (channel) => of(channel)?.tau_hours ?? 1),
  };
}

/** Credit of a touch: what it added to the rate at the time of conversion, over the whole rate. */
export function score(journeys: TimedJourneys, parameters: HazardParameters): ModelCredits {
  const { rate, tau } = byCode(journeys.channels, parameters);
  const intent = parameters.intent && intentReader(journeys, parameters.intent);
  const credit = new Float64Array(journeys.touchCount);
  const baseShare = new Float64Array(journeys.journeyCount);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    if (!((journeys.conversions[journey] as number) > 0)) {
      continue;
    }
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    const base = parameters.base_rate * (intent?.(journey) ?? 1);
    let whole = base;
    for (let touch = from; touch < to; touch += 1) {
      const code = journeys.channel[touch] as number;
      const age = journeys.hoursToEnd[touch] as number;
      const added = (rate[code] as number) * Math.exp(-age / (tau[code] as number));
      credit[touch] = added;
      whole += added;
    }
    baseShare[journey] = whole > 0 ? base / whole : 1;
    for (let touch = from; touch < to; touch += 1) {
      credit[touch] = whole > 0 ? (credit[touch] as number) / whole : 0;
    }
  }
  return { credit, baseShare };
}

/** Rate of conversion at each journey's end, per hour. */
export function endRates(journeys: TimedJourneys, parameters: HazardParameters): Float64Array {
  const { rate, tau } = byCode(journeys.channels, parameters);
  const result = parameters.intent
    ? intentOf(journeys, parameters.intent).map((intent) => parameters.base_rate * intent)
    : new Float64Array(journeys.journeyCount).fill(parameters.base_rate);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const to = journeys.offsets[journey + 1] as number;
    for (let touch = journeys.offsets[journey] as number; touch < to; touch += 1) {
      const code = journeys.channel[touch] as number;
      const age = journeys.hoursToEnd[touch] as number;
      (result[journey] as number) +=
        (rate[code] as number) * Math.exp(-age / (tau[code] as number));
    }
  }
  return result;
}

/** Probability that a journey with matched ends (`matchEnds`) is one that converts. */
export function predict(journeys: TimedJourneys, parameters: HazardParameters): Float64Array {
  return endRates(journeys, parameters).map((rate) => rate / (rate + parameters.even_odds_rate));
}
