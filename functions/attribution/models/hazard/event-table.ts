import type { TimedJourneys } from '../model-journeys';
import type { AskedAt } from '../observation/asked-at';
import {
  type IntentParameters,
  intentAfterOne,
  intentHours,
  intentReader,
} from '../observation/intent';
import { type AgeBins, ageBins, binOf } from './age-bins';

/**
 * Journeys as the fit reads them. A touch is a code: channel * bins + bin of its age at the
 * journey's end. Exposure needs only counts by code; conversions after one touch are counts too; the
 * others keep their touches.
 */
export interface EventTable {
  /** 'ends': a rate per hour all the time; 'visits': a rate per visit, at visits. */
  readonly asked: AskedAt;
  readonly channelCount: number;
  readonly bins: AgeBins;
  /** Observed hours, or visits, of all journeys, each weighted by the person's intent at the time. */
  readonly hours: number;
  readonly conversionCount: number;
  /** Conversions without any touch. */
  readonly untouched: number;
  /** Touches by code, of all journeys at their ends; or of all visits, the earlier touches and itself. */
  readonly exposed: Float64Array;
  /** Conversions of journeys with one touch, by its code. */
  readonly single: Float64Array;
  /** Conversions after two touches or more: e has `codes[offsets[e]]` to `codes[offsets[e + 1] - 1]`. */
  readonly offsets: Uint32Array;
  readonly codes: Uint32Array;
  readonly weights: Float64Array;
  /** Intent at the conversion, by event. */
  readonly intent: Float64Array;
  /** Intent at the conversion after one touch, by bin of its age. */
  readonly singleIntent: Float64Array;
}

export function eventTable(journeys: TimedJourneys, followed?: IntentParameters): EventTable {
  const { journeyCount, channel, channels, hoursToEnd } = journeys;
  const bins = ageBins(hoursToEnd.reduce((longest, hours) => Math.max(longest, hours), 1));
  const exposed = new Float64Array(channels.length * bins.count);
  const single = new Float64Array(exposed.length);
  const codes = new Uint32Array(journeys.touchCount);
  const offsets = new Uint32Array(journeyCount + 1);
  const weights = new Float64Array(journeyCount);
  const intent = new Float64Array(journeyCount);
  const intents = followed && intentReader(journeys, followed);
  const hours = followed ? intentHours(journeys, followed) : journeys.hoursObserved;
  const totals = { hours: 0, conversionCount: 0, untouched: 0, events: 0, touches: 0 };
  for (let journey = 0; journey < journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    const conversions = journeys.conversions[journey] as number;
    const persons = conversions + (journeys.nulls[journey] as number);
    totals.hours += persons * (hours[journey] as number);
    totals.conversionCount += conversions;
    let end = totals.touches;
    for (let touch = from; touch < to; touch += 1, end += 1) {
      const cell =
        (channel[touch] as number) * bins.count + binOf(bins, hoursToEnd[touch] as number);
      codes[end] = cell;
      (exposed[cell] as number) += persons;
    }
    if (conversions > 0 && to - from > 1) {
      weights[totals.events] = conversions;
      intent[totals.events] = intents?.(journey) ?? 1;
      totals.events += 1;
      totals.touches = end;
      offsets[totals.events] = end;
    } else if (conversions > 0 && to > from) {
      (single[codes[totals.touches] as number] as number) += conversions;
    } else {
      totals.untouched += conversions;
    }
  }
  return {
    asked: 'ends',
    channelCount: channels.length,
    bins,
    hours: totals.hours,
    conversionCount: totals.conversionCount,
    untouched: totals.untouched,
    exposed,
    single,
    offsets: offsets.slice(0, totals.events + 1),
    codes: codes.slice(0, totals.touches),
    weights: weights.slice(0, totals.events),
    intent: intent.slice(0, totals.events),
    singleIntent: bins.hours.map((age) => (followed ? intentAfterOne(age, followed) : 1)),
  };
}
