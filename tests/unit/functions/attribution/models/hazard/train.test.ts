import { predict, score } from '@tributary/functions/attribution/models/hazard/score';
import { train } from '@tributary/functions/attribution/models/hazard/train';
import fc from 'fast-check';
import { draws, SEED } from '../../../../../support/draws';
import {
  anyJourney,
  expectWholeCredits,
  hazardJourneys,
  timedJourneys,
  visitJourneys,
} from '../timed-journeys';

const base = 0.03 / 1440;
const effects = [
  { rate: 0.04 / 12, tau: 12 },
  { rate: 0.08 / 96, tau: 96 },
  { rate: 0, tau: 48 },
];
const journeys = hazardJourneys({ base, effects, persons: 10_000 });
const fit = train(journeys);

describe('train recovers the hazard it was simulated from:', () => {
  it('base, rates and decay', () => {
    expect(fit.converged).toBe(true);
    expect(fit.parameters?.base_rate).toBeGreaterThan(0.85 * base);
    expect(fit.parameters?.base_rate).toBeLessThan(1.15 * base);
    effects.slice(0, 2).forEach(({ rate, tau }, channel) => {
      const found = fit.parameters?.channels[`channel ${channel}`];
      expect((found?.rate ?? 0) * (found?.tau_hours ?? 0)).toBeGreaterThan(0.9 * rate * tau);
      expect((found?.rate ?? 0) * (found?.tau_hours ?? 0)).toBeLessThan(1.1 * rate * tau);
      expect(found?.tau_hours).toBeGreaterThan(0.8 * tau);
      expect(found?.tau_hours).toBeLessThan(1.2 * tau);
    });
  });

  it('a channel without effect gets about nothing', () => {
    const { credit } = score(journeys, fit.parameters as NonNullable<typeof fit.parameters>);
    const idle = credit.reduce(
      (sum, value, touch) => sum + (journeys.channel[touch] === 2 ? value : 0),
      0,
    );
    expect(idle / fit.diagnostics.conversion_count).toBeLessThan(0.01);
  });
});

describe('the log-likelihood', () => {
  const seeds = Array.from({ length: draws(3) }, (_, run) => SEED + run);
  const perVisit = effects.map(({ rate, tau }) => ({ rate: rate * tau, tau }));
  it.each(seeds)('never falls (seed %i)', (seed) => {
    const persons = 500;
    for (const given of [
      hazardJourneys({ base, effects, persons }, seed),
      visitJourneys({ base: 0.02, effects: perVisit, persons }, seed).journeys,
    ]) {
      const { log_likelihoods } = train(given, { tolerance: 1e-9 }).diagnostics;
      expect(log_likelihoods.length).toBeGreaterThan(3);
      log_likelihoods.slice(1).forEach((value, index) => {
        expect(value).toBeGreaterThanOrEqual((log_likelihoods[index] as number) - 1e-9);
      });
    }
  });
});

describe('predict', () => {
  it('gives probabilities that tell converted journeys from others', () => {
    const probabilities = predict(journeys, fit.parameters as NonNullable<typeof fit.parameters>);
    const mean = (converted: 0 | 1) => {
      const some = probabilities.filter(
        (_, journey) => journeys.conversions[journey] === converted,
      );
      return some.reduce((sum, value) => sum + value, 0) / some.length;
    };
    expect(probabilities.every((value) => value > 0 && value < 1)).toBe(true);
    expect(mean(1)).toBeGreaterThan(2 * mean(0));
  });
});

describe('score', () => {
  it('makes a whole of every conversion', () => {
    const parameters = {
      base_rate: 1e-5,
      channels: { a: { rate: 0.001, tau_hours: 20 }, b: { rate: 0, tau_hours: 1 } },
      even_odds_rate: 1,
    };
    fc.assert(
      fc.property(fc.array(anyJourney, { maxLength: 5 }), (list) => {
        const given = timedJourneys(list);
        expectWholeCredits(given, score(given, parameters));
      }),
    );
  });

  it('shares by the rates at the time of conversion', () => {
    const given = timedJourneys([
      {
        converted: true,
        touches: [
          { channel: 0, age: 10 * Math.LN2 },
          { channel: 1, age: 0 },
        ],
      },
    ]);
    const parameters = {
      base_rate: 1,
      channels: { a: { rate: 2, tau_hours: 10 }, b: { rate: 2, tau_hours: 5 } },
      even_odds_rate: 1,
    };
    const { credit, baseShare } = score(given, parameters);
    expect([...credit, ...baseShare].map((value) => value.toFixed(12))).toEqual(
      [0.25, 0.5, 0.25].map((value) => value.toFixed(12)),
    );
  });

  it('leaves everything to the base where no rate is left', () => {
    const given = timedJourneys([{ converted: true, touches: [{ channel: 0, age: 1 }] }]);
    const scores = score(given, { base_rate: 0, channels: {}, even_odds_rate: 1 });
    expectWholeCredits(given, scores);
    expect(scores.baseShare[0]).toBe(1);
  });
});
