import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import { cutJourneys } from '@tributary/functions/attribution/models/observation/cut-journeys';
import { drawJourneys } from '@tributary/functions/attribution/models/observation/draw-journeys';
import { centredLogLoss } from '@tributary/functions/attribution/models/observation/log-loss';
import {
  drawMatched,
  matchEnds,
} from '@tributary/functions/attribution/models/observation/matched-ends';
import { splitByTime } from '@tributary/functions/attribution/models/observation/time-split';
import fc from 'fast-check';
import { anyJourney, type TestJourney, timedJourneys } from '../timed-journeys';

const touch = (age: number) => ({ channel: 0, age });

describe('cutJourneys', () => {
  it('ends a journey earlier, as if the rest had not happened yet', () => {
    const journeys = timedJourneys([
      { converted: true, touches: [touch(50), touch(24), touch(2)], hoursObserved: 60, endDay: 9 },
    ]);
    const cut = cutJourneys(journeys, Uint32Array.of(0, 0), Float64Array.of(24, 0));
    expect([...cut.offsets]).toEqual([0, 2, 5]);
    expect([...cut.hoursToEnd]).toEqual([26, 0, 50, 24, 2]);
    expect([...cut.hoursObserved]).toEqual([36, 60]);
    expect([...cut.conversions]).toEqual([0, 1]);
    expect([...cut.nulls]).toEqual([1, 0]);
    expect([...cut.endDay]).toEqual([8, 9]);
  });
});

describe('drawMatched', () => {
  it('is a draw from the journeys with matched ends', () => {
    fc.assert(
      fc.property(fc.array(anyJourney, { maxLength: 30 }), fc.nat(30), (list, limit) => {
        const journeys = timedJourneys(list);
        const [random, same] = [seededRandom(7), seededRandom(7)];
        const expected = drawJourneys(matchEnds(journeys, random), limit, random);
        expect(drawMatched(journeys, limit, same)).toEqual(expected);
      }),
    );
  });
});

describe('matchEnds', () => {
  it('gives journeys without conversion the observation times of those with', () => {
    const watched = (hours: number, converted: boolean): TestJourney => ({
      converted,
      touches: [],
      hoursObserved: hours,
    });
    const list = [10, 20, 30, 40].map((hours) => watched(hours, true));
    const others = Array.from({ length: 8 }, () => watched(100, false));
    const matched = matchEnds(timedJourneys([...list, ...others]), seededRandom(1));
    expect([...matched.hoursObserved].slice(0, 4)).toEqual([10, 20, 30, 40]);
    expect([...matched.hoursObserved.slice(4)].sort()).toEqual([10, 10, 20, 20, 30, 30, 40, 40]);
  });

  it('never lengthens, and leaves converted journeys alone', () => {
    fc.assert(
      fc.property(fc.array(anyJourney), (list) => {
        const journeys = timedJourneys(list);
        const matched = matchEnds(journeys, seededRandom(2));
        journeys.hoursObserved.forEach((hours, journey) => {
          expect(matched.hoursObserved[journey]).toBeLessThanOrEqual(hours);
        });
        expect(matched.conversions).toEqual(journeys.conversions);
        expect(matched.hoursToEnd.every((age) => age >= 0)).toBe(true);
      }),
    );
  });
});

describe('splitByTime', () => {
  it('lets nothing of the held-out days into the past', () => {
    const journeys = timedJourneys([
      { converted: true, touches: [touch(30)], hoursObserved: 30, endDay: 103 },
      { converted: true, touches: [touch(200), touch(10)], hoursObserved: 240, endDay: 109 },
      { converted: true, touches: [touch(20)], hoursObserved: 20, endDay: 109 },
      { converted: false, touches: [touch(100)], hoursObserved: 239, endDay: 109 },
    ]);
    const { past, heldOut, splitDay } = splitByTime(journeys, 0.2);
    // 10 days are observed (100 to 109), so 2 are held out.
    expect(splitDay).toBe(108);
    expect([...past.conversions]).toEqual([1, 0, 0]);
    expect([...past.hoursToEnd]).toEqual([30, 152, 52]);
    expect([...heldOut.conversions]).toEqual([1, 1, 0]);
    expect([...heldOut.hoursToEnd]).toEqual([200, 10, 20, 100]);
  });
});

describe('drawJourneys', () => {
  const list = Array.from({ length: 100 }, (_, index) => ({
    converted: index % 10 === 0,
    touches: [touch(index)],
  }));

  it('weighs what it draws so that rates stay', () => {
    const { journeys, weights } = drawJourneys(timedJourneys(list), 28, seededRandom(1));
    expect(journeys.journeyCount).toBe(28);
    const sum = (kind: 0 | 1) =>
      weights.reduce((s, weight, j) => s + (journeys.conversions[j] === kind ? weight : 0), 0);
    expect(sum(1)).toBeCloseTo(10, 9);
    expect(sum(0)).toBeCloseTo(90, 9);
  });

  it('takes all where the limit allows', () => {
    const { journeys, weights } = drawJourneys(timedJourneys(list), 100, seededRandom(1));
    expect(journeys).toEqual(timedJourneys(list));
    expect(weights.every((weight) => weight === 1)).toBe(true);
  });
});

describe('centredLogLoss', () => {
  it('of equal probabilities is the entropy of the rate', () => {
    const loss = centredLogLoss(Float64Array.of(0.9, 0.9, 0.9, 0.9), Float64Array.of(1, 0, 0, 0));
    expect(loss.logLoss).toBeCloseTo(-(Math.log(0.25) / 4) - (3 * Math.log(0.75)) / 4, 9);
  });

  it('does not change with a shift of all log-odds', () => {
    const conversions = Float64Array.of(1, 0, 0, 1, 0);
    const odds = [1, -2, 0.5, 0.1, -1];
    const at = (shift: number) =>
      centredLogLoss(
        Float64Array.from(odds, (value) => 1 / (1 + Math.exp(-value - shift))),
        conversions,
      ).logLoss;
    expect(at(3)).toBeCloseTo(at(-2), 8);
  });

  it('is 0 where all journeys ended alike', () => {
    expect(centredLogLoss(Float64Array.of(0.2), Float64Array.of(0)).logLoss).toBe(0);
  });
});
