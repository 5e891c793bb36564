import type { ModelCredits, TimedJourneys } from '../model-journeys';
import { asAsked } from '../observation/asked-at';
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
export function score(given: TimedJourneys, parameters: HazardParameters): ModelCredits {
  const journeys = asAsked(given, parameters.asked_at ?? 'ends');
  const { rate, tau } = byCode(journeys.channels, parameters);
  // At visits intent multiplies base and touches alike, and no share depends on it.
  const intent =
    parameters.asked_at === 'visits' || parameters.intent === undefined
      ? undefined
      : intentReader(journeys, parameters.intent);
  const lowest = parameters.asked_at === 'visits' ? lowestVisit(parameters) : 0;
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
    const own = to > from ? Math.min(lowest, credit[to - 1] as number) : 0;
    if (to > from) (credit[to - 1] as number) -= own;
    baseShare[journey] = whole > 0 ? (base + own) / whole : 1;
    for (let touch = from; touch < to; touch += 1) {
      credit[touch] = whole > 0 ? (credit[touch] as number) / whole : 0;
    }
  }
  return { credit, baseShare };
}

/**
 * What a visit of the channel whose visits convert least adds at once. There is no visit without a
 * channel: what a visit's own channel adds is told from that one.
 */
function lowestVisit({ channels }: HazardParameters): number {
  const rates = Object.values(channels).map(({ rate }) => rate);
  return rates.length === 0 ? 0 : Math.min(...rates);
}

/** Rate of conversion at each journey's end, per hour; of its last visit where visits are asked. */
export function endRates(journeys: TimedJourneys, parameters: HazardParameters): Float64Array {
  const { rate, tau } = byCode(journeys.channels, parameters);
  const intents = parameters.intent && intentOf(journeys, parameters.intent);
  const result = new Float64Array(journeys.journeyCount);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const to = journeys.offsets[journey + 1] as number;
    let touched = 0;
    for (let touch = journeys.offsets[journey] as number; touch < to; touch += 1) {
      const code = journeys.channel[touch] as number;
      const age = journeys.hoursToEnd[touch] as number;
      touched += (rate[code] as number) * Math.exp(-age / (tau[code] as number));
    }
    const intent = intents?.[journey] ?? 1;
    const own = parameters.asked_at === 'visits' ? intent : 1;
    result[journey] = parameters.base_rate * intent + own * touched;
  }
  return result;
}

/** Probability that a journey at the moment it is asked (`askedMoments`) is one that converts. */
export function predict(journeys: TimedJourneys, parameters: HazardParameters): Float64Array {
  const rates = endRates(journeys, parameters);
  return parameters.asked_at === 'visits'
    ? rates.map((rate) => -Math.expm1(-rate))
    : rates.map((rate) => rate / (rate + parameters.even_odds_rate));
}
