import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import { touchGenerator } from './touches';
import { CHANNELS, type Family, FIRST_DAY, type World, type WorldSettings } from './world';

/** Journeys of one world, with what each channel caused. The same seed gives the same world. */
export function simulate(family: Family, settings: WorldSettings, seed: number): World {
  const random = seededRandom(seed);
  const touchesOf = touchGenerator(random, settings);
  const endingOf = family.draw(random, settings);
  const columns = {
    offsets: [0],
    channel: [] as number[],
    hoursToEnd: [] as number[],
    holder: [] as number[],
    closer: [] as number[],
    conversions: [] as number[],
    hoursObserved: [] as number[],
    endDay: [] as number[],
  };
  const caused = new Float64Array(CHANNELS.length);
  const causedByDay = CHANNELS.map(() => new Float64Array(settings.days));
  const conversionsByDay = new Float64Array(settings.days);
  for (let index = 0; index < settings.persons; index += 1) {
    const person = touchesOf(random);
    const ending = endingOf(person, random);
    const day = Math.min(settings.days - 1, Math.floor(ending.hours / 24));
    if (ending.converted) {
      (conversionsByDay[day] as number) += 1;
    }
    ending.caused?.forEach((conversions, channel) => {
      (caused[channel] as number) += conversions;
      const byDay = causedByDay[channel] as Float64Array;
      (byDay[day] as number) += conversions;
    });
    const first = person.hours[0] ?? Number.POSITIVE_INFINITY;
    if (
      settings.watchedFrom === 'first_touch' &&
      (ending.inVisit ? first > ending.hours : first >= ending.hours)
    ) {
      continue;
    }
    // From the visit's start to the conversion in it.
    const stay = ending.inVisit ? 0.05 + 0.4 * random() : 0;
    for (let touch = 0; touch < person.hours.length; touch += 1) {
      const at = person.hours[touch] as number;
      const converts = ending.inVisit === true && at === ending.hours;
      if (at < ending.hours || converts) {
        columns.channel.push(person.channel[touch] as number);
        columns.hoursToEnd.push(ending.hours - at + stay);
        const holds = random() < Math.min(0.9, 0.25 * person.intent);
        const closes = random() < Math.min(0.9, 0.1 * person.intent);
        columns.holder.push(holds || converts ? 1 : 0);
        columns.closer.push(closes || converts ? 1 : 0);
      }
    }
    columns.offsets.push(columns.channel.length);
    columns.conversions.push(ending.converted ? 1 : 0);
    columns.hoursObserved.push(
      stay + (settings.watchedFrom === 'start' ? ending.hours : ending.hours - first),
    );
    columns.endDay.push(FIRST_DAY + day);
  }
  const conversions = Float64Array.from(columns.conversions);
  return {
    journeys: {
      journeyCount: conversions.length,
      touchCount: columns.channel.length,
      offsets: Uint32Array.from(columns.offsets),
      channel: Uint16Array.from(columns.channel),
      channels: CHANNELS,
      conversions,
      nulls: conversions.map((converted) => 1 - converted),
      hoursToEnd: Float64Array.from(columns.hoursToEnd),
      hoursObserved: Float64Array.from(columns.hoursObserved),
      endDay: Int32Array.from(columns.endDay),
      holder: Uint8Array.from(columns.holder),
      closer: Uint8Array.from(columns.closer),
    },
    caused,
    causedByDay,
    conversionsByDay,
    persons: settings.persons,
    firstDay: FIRST_DAY,
  };
}
