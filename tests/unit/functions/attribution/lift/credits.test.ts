import { calibrateCredits } from '@tributary/functions/attribution/lift/calibrate';
import { modelEffects } from '@tributary/functions/attribution/lift/lift-test';
import { heuristicCredits } from '@tributary/functions/attribution/models/heuristics';
import fc from 'fast-check';
import { anyJourney, expectWholeCredits, timedJourneys } from '../models/timed-journeys';

const effect = (channel: string, modelConversions: number, conversions: number) => ({
  channel,
  modelConversions,
  conversions,
  standardError: 1,
  scaleError: 0,
  testCount: 1,
});

describe('modelEffects', () => {
  it('counts credit on the days of the test, brought to its population', () => {
    const at = (endDay: number, converted = true) => ({
      converted,
      endDay,
      touches: [
        { channel: 0, age: 2 },
        { channel: 1, age: 1 },
      ],
    });
    const journeys = timedJourneys([at(100), at(101), at(103), at(102, false)]);
    const test = {
      channel: 'a',
      startDay: 101,
      endDay: 102,
      incrementalConversions: 1,
      standardError: 1,
      population: 40,
    };
    const credits = heuristicCredits(journeys, 'linear');
    const effects = modelEffects('linear', journeys, credits, [test], 4);
    expect([...effects.conversions]).toEqual([1.5, 1.5, 0]);
    // Half a conversion on day 101, times 40 persons over 4.
    expect([...effects.predicted]).toEqual([5]);
  });
});

describe('calibrateCredits', () => {
  it('multiplies by channel, and gives the rest to the base', () => {
    const journeys = timedJourneys([
      {
        converted: true,
        touches: [
          { channel: 0, age: 2 },
          { channel: 1, age: 1 },
        ],
      },
    ]);
    const calibrated = calibrateCredits(journeys, heuristicCredits(journeys, 'linear'), [
      effect('a', 10, 5),
      effect('b', 10, 0),
    ]);
    expect([...calibrated.credit]).toEqual([0.25, 0]);
    expect([...calibrated.baseShare]).toEqual([0.75]);
  });

  it('makes a whole of every conversion, whatever the factors', () => {
    fc.assert(
      fc.property(
        fc.array(anyJourney, { maxLength: 5 }),
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (list, factors) => {
          const journeys = timedJourneys(list);
          const effects = factors.map((factor, code) =>
            effect(journeys.channels[code] as string, 1, factor),
          );
          const credits = heuristicCredits(journeys, 'linear');
          expectWholeCredits(journeys, calibrateCredits(journeys, credits, effects));
        },
      ),
    );
  });
});
