import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import { predict, score } from '@tributary/functions/attribution/models/incremental-logit/score';
import { train } from '@tributary/functions/attribution/models/incremental-logit/train';
import fc from 'fast-check';
import {
  anyJourney,
  channelShares,
  expectWholeCredits,
  type TestJourney,
  timedJourneys,
} from '../timed-journeys';

/** One decision after 100 hours: channel a persuades 10% of those it touched, b 5%, c nobody. */
function decisions(count: number): TestJourney[] {
  const random = seededRandom(4);
  return Array.from({ length: count }, () => {
    const touches = [0, 1, 2]
      .filter(() => random() < 0.4)
      .map((channel) => ({ channel, age: random() * 100 }))
      .sort((a, b) => b.age - a.age);
    const reached = (channel: number) => touches.some((touch) => touch.channel === channel);
    const stays = 0.97 * (reached(0) ? 0.9 : 1) * (reached(1) ? 0.95 : 1);
    return { touches, converted: random() >= stays, hoursObserved: 100 };
  });
}

const journeys = timedJourneys(decisions(20_000));
const fit = train(journeys);

describe('train', () => {
  it('gives channels the share of conversions they made, and a useless one next to nothing', () => {
    expect(fit.converged).toBe(true);
    const scores = score(journeys, fit.parameters as NonNullable<typeof fit.parameters>);
    const [a = 0, b = 0, c = 0] = channelShares(journeys, scores);
    expect(a).toBeGreaterThan(0.6);
    expect(a).toBeLessThan(0.72);
    expect(b).toBeGreaterThan(0.25);
    expect(c).toBeLessThan(0.06);
    const base = scores.baseShare.reduce((sum, share) => sum + share, 0);
    // 3% of 20,000 persons convert on their own, of about 1,750.
    expect(base / fit.diagnostics.conversion_count).toBeGreaterThan(0.28);
    expect(base / fit.diagnostics.conversion_count).toBeLessThan(0.42);
  });

  it('is the same each time', () => {
    expect(train(journeys).parameters).toEqual(fit.parameters);
  });

  it('predicts as many conversions as there were', () => {
    const probabilities = predict(journeys, fit.parameters as NonNullable<typeof fit.parameters>);
    const sum = probabilities.reduce((total, value) => total + value, 0);
    expect(sum / fit.diagnostics.conversion_count).toBeCloseTo(1, 3);
  });

  it.each([
    [49, 100],
    [100, 49],
  ])('refuses %i conversions beside %i other journeys', (converted, others) => {
    const list = Array.from({ length: converted + others }, (_, index) => ({
      converted: index < converted,
      touches: [],
    }));
    const refused = train(timedJourneys(list));
    expect(refused.parameters).toBeUndefined();
    expect(refused.stopReason).toMatch(/needs 50 journeys with conversion and as many without/);
  });
});

describe('score', () => {
  const parameters = {
    intercept: -3,
    observed: 0.1,
    intent_elasticity: 0,
    channels: {
      a: { exposed: 1, log_count: 0.2, recency: 0.5 },
      b: { exposed: -0.5, log_count: 0, recency: 0 },
    },
    half_life_hours: 24,
  };

  it('makes a whole of every conversion', () => {
    fc.assert(
      fc.property(fc.array(anyJourney, { maxLength: 5 }), (list) => {
        const given = timedJourneys(list);
        expectWholeCredits(given, score(given, parameters));
      }),
    );
  });

  it('gives nothing to a channel that lowers the probability, nor to one it does not know', () => {
    const given = timedJourneys([
      { converted: true, touches: [1, 2, 0].map((channel) => ({ channel, age: 3 })) },
    ]);
    const { credit } = score(given, parameters);
    expect(credit[0]).toBe(0);
    expect(credit[1]).toBe(0);
    expect(credit[2]).toBeGreaterThan(0);
  });

  it('splits within a channel by recency', () => {
    const given = timedJourneys([
      {
        converted: true,
        touches: [
          { channel: 0, age: 24 },
          { channel: 0, age: 0 },
        ],
      },
    ]);
    const { credit } = score(given, parameters);
    expect((credit[1] as number) / (credit[0] as number)).toBeCloseTo(2, 10);
  });
});
