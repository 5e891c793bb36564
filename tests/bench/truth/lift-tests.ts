import type { Random } from '@tributary/functions/attribution/ihc/random';
import type { LiftTest } from '@tributary/functions/attribution/lift/lift-test';
import { CHANNELS, normal, type World } from './world';

const TEST_DAYS = 28;
/** Tests run on the whole market: so many times the persons that were simulated for it. */
const POPULATION_FACTOR = 4;

/**
 * So many tests of as many channels, each on 28 days of its own. A test finds what the channel caused
 * there, with the error of comparing two halves of the population.
 *
 * @param market a world with the same settings and seed as the one that models see, with more persons
 */
export function drawLiftTests(market: World, count: number, random: Random): LiftTest[] {
  const channels = CHANNELS.map((_, channel) => channel);
  const tests: LiftTest[] = [];
  while (tests.length < count) {
    const [channel] = channels.splice(Math.floor(random() * channels.length), 1) as [number];
    const days = market.conversionsByDay.length;
    const first = Math.floor(random() * (days - TEST_DAYS));
    const within = (byDay: Float64Array) =>
      byDay.subarray(first, first + TEST_DAYS).reduce((sum, value) => sum + value, 0);
    const effect = POPULATION_FACTOR * within(market.causedByDay[channel] as Float64Array);
    const conversions = POPULATION_FACTOR * within(market.conversionsByDay);
    // The simulated market is itself a draw: its counts vary too.
    const drawn = POPULATION_FACTOR * effect;
    const standardError = Math.sqrt(2 * Math.max(1, conversions) + drawn);
    tests.push({
      channel: CHANNELS[channel] as string,
      startDay: market.firstDay + first,
      endDay: market.firstDay + first + TEST_DAYS - 1,
      incrementalConversions: effect + standardError * normal(random),
      standardError,
      population: POPULATION_FACTOR * market.persons,
    });
  }
  return tests;
}
