import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import { score } from '@tributary/functions/attribution/models/hazard/score';
import { train } from '@tributary/functions/attribution/models/hazard/train';
import {
  fitIntent,
  intentAfterOne,
  intentHours,
  intentOf,
} from '@tributary/functions/attribution/models/observation/intent';
import fc from 'fast-check';
import { anyJourney, channelShares, type TestJourney, timedJourneys } from '../timed-journeys';

const WINDOW = 1440;

/**
 * Persons of two kinds, of intent 0.2 and 1.8. Channel a is the same for both and its touches make
 * conversions for a day; b and c reach people by their intent and make nothing.
 */
function persons(count: number, isTargeted: boolean, seed = 1) {
  const random = seededRandom(seed);
  const list = Array.from({ length: count }, (): TestJourney => {
    const intent = random() < 0.5 ? 0.2 : 1.8;
    const starts = [0, 1, 2].flatMap((channel) => {
      const rate = (isTargeted && channel > 0 ? intent : 1) / 700;
      const times: { at: number; channel: number }[] = [];
      for (let at = wait(rate); at < WINDOW; at += wait(rate)) {
        times.push({ at, channel });
      }
      return times;
    });
    starts.sort((x, y) => x.at - y.at);
    const event = starts.reduce(
      (first, { at, channel }) =>
        channel === 0 && random() < 0.03 ? Math.min(first, at + 24 * wait(1)) : first,
      wait((0.08 * (isTargeted ? intent : 1)) / WINDOW),
    );
    const end = Math.min(event, WINDOW);
    return {
      touches: starts
        .filter(({ at }) => at < end)
        .map(({ at, channel }) => ({ channel, age: end - at })),
      converted: event < WINDOW,
      hoursObserved: end,
    };
  });
  return timedJourneys(list);

  function wait(rate: number): number {
    return -Math.log(1 - random()) / rate;
  }
}

/** Two touches of no time that could be measured between them. */
const noTime = (age: number): TestJourney => ({
  converted: false,
  touches: [age, 0].map((hours) => ({ channel: 0, age: hours })),
});

describe('fitIntent', () => {
  it('finds which channels follow intent, and how far persons differ', () => {
    const { shape, channels } = fitIntent(persons(4_000, true));
    expect(channels.a?.weight).toBeLessThan(0.15);
    expect(channels.b?.weight).toBeGreaterThan(0.85);
    expect(channels.c?.weight).toBeGreaterThan(0.85);
    // A variance of 0.8 ^ 2 around 1.
    expect(shape).toBeGreaterThan(1.1);
    expect(shape).toBeLessThan(2.2);
  });

  it.each([1, 2, 3])('takes chance for nothing (seed %i)', (seed) => {
    const journeys = persons(2_000, false, seed);
    const intent = fitIntent(journeys);
    expect(Object.values(intent.channels).map(({ weight }) => weight)).toEqual([0, 0, 0]);
    expect(intentOf(journeys, intent).every((value) => value === 1)).toBe(true);
    expect(intentHours(journeys, intent)).toEqual(journeys.hoursObserved);
  });

  it('is finite whatever the journeys', () => {
    fc.assert(
      fc.property(fc.array(anyJourney, { maxLength: 5 }), (list) => {
        const journeys = timedJourneys(list);
        const intent = fitIntent(journeys);
        expect(intentOf(journeys, intent).every((value) => value > 0 && value < 1e9)).toBe(true);
        expect(intentHours(journeys, intent).every(Number.isFinite)).toBe(true);
      }),
      { examples: [[[noTime(5e-324)]], [[noTime(1e-160)]]] },
    );
  });
});

describe('intent', () => {
  const parameters = {
    shape: 2,
    channels: { a: { rate: 0.01, weight: 0 }, b: { rate: 0.02, weight: 0.5 } },
  };
  const journeys = timedJourneys([
    {
      converted: true,
      hoursObserved: 250,
      touches: [0, 1].map((channel) => ({ channel, age: 200 - 100 * channel })),
    },
    { converted: true, hoursObserved: 250, touches: [{ channel: 1, age: 200 }] },
    { converted: true, hoursObserved: 250, touches: [] },
  ]);

  it('rises with touches that follow it, and falls while they stay away', () => {
    const [two, one, none] = intentOf(journeys, parameters);
    expect(two).toBeCloseTo(2.5 / 4, 12);
    expect(one).toBeCloseTo(2 / 4, 12);
    expect(intentAfterOne(200, parameters)).toBeCloseTo(2 / 4, 12);
    expect(none).toBe(1);
  });

  it('is integrated over the time that was watched', () => {
    let sum = 50;
    for (let hour = 0.05; hour < 200; hour += 0.1) {
      sum += (0.1 * (hour < 100 ? 2 : 2.5)) / (2 + 0.01 * hour);
    }
    expect(intentHours(journeys, parameters)[0]).toBeCloseTo(sum, 3);
    expect(intentHours(journeys, parameters)[2]).toBe(250);
  });
});

describe('the hazard model', () => {
  it('climbs with intent too', () => {
    const { parameters, diagnostics } = train(persons(1_500, true), { tolerance: 1e-9 });
    expect(parameters?.intent?.shape).toBeLessThan(3);
    diagnostics.log_likelihoods.slice(1).forEach((value, index) => {
      expect(value).toBeGreaterThanOrEqual((diagnostics.log_likelihoods[index] as number) - 1e-9);
    });
  });

  it('keeps people who would convert anyway from the channels that reach them', () => {
    const journeys = persons(2_500, true);
    const sharesWith = (withIntent: boolean) => {
      const { parameters } = train(journeys, { withIntent });
      return channelShares(journeys, score(journeys, parameters as NonNullable<typeof parameters>));
    };
    const [a = 0] = sharesWith(true);
    const [without = 0] = sharesWith(false);
    expect(a).toBeGreaterThan(0.8);
    expect(a).toBeGreaterThan(without + 0.05);
  });
});
