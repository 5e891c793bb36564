import type { TimedJourneys } from '../model-journeys';

const HOURS_PER_DAY = 24;

/**
 * The journeys at `indices`, in that order, each watched so many hours less: touches after the new
 * end are gone, and a journey that ends earlier than it did has not converted yet.
 *
 * @param hoursCut hours taken from the end of each chosen journey; 0 leaves it whole; absent: all 0
 */
export function cutJourneys(
  journeys: TimedJourneys,
  indices: Uint32Array,
  hoursCut: Float64Array = new Float64Array(indices.length),
): TimedJourneys {
  const offsets = countTouches(journeys, indices, hoursCut);
  const touchCount = offsets[indices.length] as number;
  const cut = {
    channel: new Uint16Array(touchCount),
    hoursToEnd: new Float64Array(touchCount),
    holder: new Uint8Array(touchCount),
    closer: new Uint8Array(touchCount),
    conversions: new Float64Array(indices.length),
    nulls: new Float64Array(indices.length),
    hoursObserved: new Float64Array(indices.length),
    endDay: new Int32Array(indices.length),
  };
  for (let index = 0; index < indices.length; index += 1) {
    const journey = indices[index] as number;
    const hours = hoursCut[index] as number;
    const source = journeys.offsets[journey] as number;
    const from = offsets[index] as number;
    const count = (offsets[index + 1] as number) - from;
    for (let touch = 0; touch < count; touch += 1) {
      cut.channel[from + touch] = journeys.channel[source + touch] as number;
      cut.hoursToEnd[from + touch] = (journeys.hoursToEnd[source + touch] as number) - hours;
      cut.holder[from + touch] = journeys.holder[source + touch] as number;
      cut.closer[from + touch] = journeys.closer[source + touch] as number;
    }
    cut.hoursObserved[index] = Math.max(0, (journeys.hoursObserved[journey] as number) - hours);
    cut.endDay[index] = dayBefore(journeys, journey, hours);
    cut.conversions[index] = hours > 0 ? 0 : (journeys.conversions[journey] as number);
    cut.nulls[index] = hours > 0 ? 1 : (journeys.nulls[journey] as number);
  }
  return {
    journeyCount: indices.length,
    touchCount,
    offsets,
    channels: journeys.channels,
    ...cut,
  };
}

/** The day so many hours before a journey's end, of which only the day is known: at the latest. */
export function dayBefore({ endDay }: TimedJourneys, journey: number, hours: number): number {
  return (endDay[journey] as number) - Math.floor(hours / HOURS_PER_DAY);
}

function countTouches(
  journeys: TimedJourneys,
  indices: Uint32Array,
  hoursCut: Float64Array,
): Uint32Array {
  const offsets = new Uint32Array(indices.length + 1);
  for (let index = 0; index < indices.length; index += 1) {
    const journey = indices[index] as number;
    const from = journeys.offsets[journey] as number;
    let to = journeys.offsets[journey + 1] as number;
    const hours = hoursCut[index] as number;
    while (to > from && (journeys.hoursToEnd[to - 1] as number) < hours) {
      to -= 1;
    }
    offsets[index + 1] = (offsets[index] as number) + to - from;
  }
  return offsets;
}

/** Every so many journeys, to have `limit` at most. */
export function everySo(journeys: TimedJourneys, limit: number): TimedJourneys {
  const step = Math.ceil(journeys.journeyCount / limit);
  return step <= 1
    ? journeys
    : cutJourneys(
        journeys,
        Uint32Array.from(
          { length: Math.floor(journeys.journeyCount / step) },
          (_, index) => index * step,
        ),
      );
}
