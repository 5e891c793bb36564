import type { TimedJourneys } from '../model-journeys';
import { type IntentParameters, intentAtTouches } from '../observation/intent';
import { ageBins, binOf } from './age-bins';
import type { EventTable } from './event-table';

/** Visits of one journey that are asked at most; of longer ones every so many-th, for the others too. */
const ASKED_VISITS = 1000;

/**
 * Journeys as the fit reads them where conversions come in visits: every visit is asked, knows the
 * touches before it and itself (at age 0), and converts or not; the person's intent multiplies all of
 * it. Conversions without a touch are
 * asked nowhere: of those without touch and conversion nobody knows.
 */
export function visitTable(journeys: TimedJourneys, followed?: IntentParameters): EventTable {
  const { journeyCount, channel, channels, hoursToEnd } = journeys;
  const longest = hoursToEnd.reduce((most, hours) => Math.max(most, hours), 1);
  const bins = ageBins(longest);
  const exposed = new Float64Array(channels.length * bins.count);
  const single = new Float64Array(exposed.length);
  const codes: number[] = [];
  const offsets = [0];
  const weights: number[] = [];
  const intent: number[] = [];
  const intents = followed && intentAtTouches(journeys, followed);
  let visits = 0;
  let conversionCount = 0;
  for (let journey = 0; journey < journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const last = (journeys.offsets[journey + 1] as number) - 1;
    const conversions = journeys.conversions[journey] as number;
    const persons = conversions + (journeys.nulls[journey] as number);
    const step = Math.ceil((last + 1 - from) / ASKED_VISITS);
    const codeAt = (touch: number, visit: number) =>
      (channel[touch] as number) * bins.count +
      binOf(bins, (hoursToEnd[touch] as number) - (hoursToEnd[visit] as number));
    for (let visit = last; visit >= from; visit -= step) {
      const weight = visit === last ? persons : persons * step;
      const willing = weight * (intents?.[visit] ?? 1);
      visits += willing;
      for (let touch = from; touch <= visit; touch += 1) {
        const cell = codeAt(touch, visit);
        (exposed[cell] as number) += willing;
      }
    }
    if (conversions > 0 && last >= from) {
      conversionCount += conversions;
      if (last === from) {
        const cell = codeAt(last, last);
        (single[cell] as number) += conversions;
      } else {
        for (let touch = from; touch <= last; touch += 1) codes.push(codeAt(touch, last));
        offsets.push(codes.length);
        weights.push(conversions);
        intent.push(intents?.[last] ?? 1);
      }
    }
  }
  return {
    asked: 'visits',
    channelCount: channels.length,
    bins,
    hours: visits,
    conversionCount,
    untouched: 0,
    exposed,
    single,
    offsets: Uint32Array.from(offsets),
    codes: Uint32Array.from(codes),
    weights: Float64Array.from(weights),
    intent: Float64Array.from(intent),
    // One touch alone is asked at its own start, when nothing more is known of the person.
    singleIntent: new Float64Array(bins.count).fill(1),
  };
}
