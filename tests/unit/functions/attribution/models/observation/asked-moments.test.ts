import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import { asAsked, askedAt } from '@tributary/functions/attribution/models/observation/asked-at';
import { askedMoments } from '@tributary/functions/attribution/models/observation/asked-moments';
import { hazardJourneys, timedJourneys, visitJourneys } from '../timed-journeys';

const list = [
  {
    converted: true,
    endDay: 100,
    hoursObserved: 50.5,
    touches: [
      { channel: 0, age: 50.5, closer: 1 as const },
      { channel: 1, age: 0.5, closer: 1 as const, holder: 1 as const },
    ],
  },
  { converted: false, endDay: 100, hoursObserved: 30, touches: [{ channel: 2, age: 30 }] },
];
const journeys = timedJourneys(list);

describe('askedAt', () => {
  it('is visits where conversions follow touches at once, ends elsewhere', () => {
    const effects = [{ rate: 0.01, tau: 48 }];
    expect(askedAt(journeys)).toBe('visits');
    expect(askedAt(visitJourneys({ base: 0.02, effects, persons: 300 }).journeys)).toBe('visits');
    const anyTime = hazardJourneys({ base: 1e-4, effects, persons: 300 });
    expect(askedAt(anyTime)).toBe('ends');
    expect(askedAt(timedJourneys([]))).toBe('ends');
  });
});

describe('asAsked', () => {
  it('takes ages from the start of the visit that converts, and forgets its flags', () => {
    const asked = asAsked(journeys, 'visits');
    expect([...asked.hoursToEnd]).toEqual([50, 0, 30]);
    expect([...asked.hoursObserved]).toEqual([0, 0]);
    expect([...asked.closer]).toEqual([1, 0, 0]);
    expect([...asked.holder]).toEqual([0, 0, 0]);
    expect(asAsked(journeys, 'ends')).toBe(journeys);
  });
});

describe('askedMoments', () => {
  it('asks every visit whether it converts', () => {
    const { journeys: moments, weights } = askedMoments(journeys, 'visits', seededRandom(1), {
      limit: 10,
    });
    expect([...moments.conversions]).toEqual([0, 1, 0]);
    expect([...moments.nulls]).toEqual([1, 0, 1]);
    expect([...moments.offsets]).toEqual([0, 1, 3, 4]);
    expect([...moments.channel]).toEqual([0, 0, 1, 2]);
    expect([...moments.hoursToEnd]).toEqual([0, 50, 0, 0]);
    expect([...moments.hoursObserved]).toEqual([0, 0, 0]);
    expect([...moments.closer]).toEqual([0, 1, 0, 0]);
    expect([...moments.endDay]).toEqual([98, 100, 99]);
    expect([...weights]).toEqual([1, 1, 1]);
  });

  it('leaves out visits before a day, and weights what it draws', () => {
    const random = seededRandom(1);
    const late = askedMoments(journeys, 'visits', random, { limit: 10, fromDay: 99 });
    expect([...late.journeys.conversions]).toEqual([1, 0]);
    const many = timedJourneys([...list, ...Array.from({ length: 40 }, () => list[1] as never)]);
    const drawn = askedMoments(many, 'visits', random, { limit: 11 });
    expect(drawn.journeys.journeyCount).toBe(11);
    expect(drawn.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(43, 9);
  });
});
