import type { ModelCredits, ModelJourneys } from './model-journeys';

/**
 * Credits in proportion to the weights of the touches' channels; touches that all weigh 0 share
 * equally. A journey that converted without touches is base, whole.
 *
 * @param weights of each channel, not below 0
 */
export function creditsByChannel(journeys: ModelJourneys, weights: Float64Array): ModelCredits {
  const { channel } = journeys;
  return creditsOf(journeys, (from, to, credit) => {
    let sum = 0;
    for (let touch = from; touch < to; touch += 1) {
      sum += weights[channel[touch] as number] as number;
    }
    for (let touch = from; touch < to; touch += 1) {
      credit[touch] =
        sum > 0 ? (weights[channel[touch] as number] as number) / sum : 1 / (to - from);
    }
  });
}

/**
 * Credits of all journeys that converted: `share` writes those of one, with the touches `from` to
 * `to` (excluded; at least one).
 */
export function creditsOf(
  journeys: ModelJourneys,
  share: (from: number, to: number, credit: Float64Array) => void,
): ModelCredits {
  const { journeyCount, offsets, conversions } = journeys;
  const credit = new Float64Array(journeys.touchCount);
  const baseShare = new Float64Array(journeyCount);
  for (let journey = 0; journey < journeyCount; journey += 1) {
    if (!((conversions[journey] as number) > 0)) continue;
    const from = offsets[journey] as number;
    const to = offsets[journey + 1] as number;
    if (to > from) share(from, to, credit);
    else baseShare[journey] = 1;
  }
  return { credit, baseShare };
}

/**
 * What each channel gets of the journeys' amounts: their conversions, unless told.
 *
 * @param amounts of each journey, in any unit; what the base got is not in the answer
 */
export function channelTotals(
  journeys: ModelJourneys,
  credits: ModelCredits,
  amounts: Float64Array = journeys.conversions,
): Float64Array {
  const { offsets, channel } = journeys;
  const totals = new Float64Array(journeys.channels.length);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const amount = amounts[journey] as number;
    if (amount === 0) continue;
    const end = offsets[journey + 1] as number;
    for (let touch = offsets[journey] as number; touch < end; touch += 1) {
      const code = channel[touch] as number;
      totals[code] = (totals[code] as number) + amount * (credits.credit[touch] as number);
    }
  }
  return totals;
}

/** Weights by the journeys' codes, of numbers that are known by name; what is unknown weighs 0. */
export function weightsByName(
  channels: readonly string[],
  known: ReadonlyMap<string, number>,
): Float64Array {
  return Float64Array.from(channels, (name) => Math.max(0, known.get(name) ?? 0));
}
