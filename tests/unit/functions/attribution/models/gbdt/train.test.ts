import { predict, score } from '@tributary/functions/attribution/models/gbdt/score';
import { train } from '@tributary/functions/attribution/models/gbdt/train';
import fc from 'fast-check';
import {
  anyJourney,
  channelShares,
  expectWholeCredits,
  hazardJourneys,
  timedJourneys,
} from '../timed-journeys';

const world = {
  base: 0.05 / 2400,
  effects: [
    { rate: 0.01, tau: 12 },
    { rate: 0, tau: 12 },
  ],
};
const journeys = hazardJourneys({ ...world, persons: 3_000, days: 100 });
const options = { maximumTrees: 60 };
const fit = train(journeys, options);
const parameters = fit.parameters as NonNullable<typeof fit.parameters>;

describe('train', () => {
  it('beats the base rate and the logit where timing decides', () => {
    const { diagnostics } = fit;
    expect(diagnostics.passes_baseline).toBe(true);
    expect(diagnostics.held_out_log_loss).toBeLessThan(
      0.9 * (diagnostics.base_rate_log_loss as number),
    );
    expect(diagnostics.held_out_log_loss).toBeLessThan(
      diagnostics.incremental_logit_log_loss as number,
    );
  });

  it('gives the channel that works the credit', () => {
    const scores = score(journeys, parameters);
    expectWholeCredits(journeys, scores);
    expect(channelShares(journeys, scores)[0]).toBeGreaterThan(0.9);
  });

  it('is the same each time, and survives JSON', () => {
    const again = train(journeys, options).parameters;
    expect(again).toEqual(parameters);
    const read = JSON.parse(JSON.stringify(parameters));
    expect(score(journeys, read)).toEqual(score(journeys, parameters));
  });

  it('has a smaller flag where nothing can be predicted', () => {
    const idle = hazardJourneys({
      base: 0.1 / 2400,
      effects: [
        { rate: 0, tau: 1 },
        { rate: 0, tau: 1 },
      ],
      persons: 2_000,
      days: 100,
    });
    const { diagnostics } = train(idle, { maximumTrees: 20, minimumConversions: 20 });
    expect(diagnostics.held_out_log_loss).toBeGreaterThan(
      0.97 * (diagnostics.base_rate_log_loss as number),
    );
  });

  it('refuses fewer than 90 days', () => {
    const short = hazardJourneys({ ...world, persons: 500, days: 80 });
    const refused = train(short);
    expect(refused.parameters).toBeUndefined();
    expect(refused.stopReason).toMatch(/^Boosted trees need 90 days of data and found 80;/);
  });

  it('refuses too few conversions', () => {
    const few = hazardJourneys({ ...world, persons: 60, days: 100 });
    expect(train(few).stopReason).toMatch(/need 50 conversions before the last 20% of the days/);
  });
});

describe('score', () => {
  it('makes a whole of every conversion, known channels or not', () => {
    fc.assert(
      fc.property(fc.array(anyJourney), (list) => {
        const given = timedJourneys(list, ['channel 1', 'channel 0', 'new']);
        expectWholeCredits(given, score(given, parameters));
        expect(predict(given, parameters).every((value) => value > 0 && value < 1)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
