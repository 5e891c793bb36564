import { heldOutFit } from '@tributary/functions/attribution/confidence/held-out';
import { predict } from '@tributary/functions/attribution/models/hazard/score';
import { train } from '@tributary/functions/attribution/models/hazard/train';
import { hazardJourneys } from '../models/timed-journeys';

const journeys = hazardJourneys({
  base: 0.05 / 1440,
  effects: [
    { rate: 0.01, tau: 24 },
    { rate: 0, tau: 24 },
  ],
  persons: 3_000,
});

describe('heldOutFit', () => {
  it('passes the model that made the journeys, and finds it calibrated', () => {
    const fit = heldOutFit(journeys, { train, predict });
    expect(fit).toMatchObject({ isTested: true, passes: true, splitDay: 20_048 });
    if (fit.isTested) {
      expect(fit.logLoss).toBeLessThan(0.95 * fit.baseRateLogLoss);
      expect(fit.calibrationError).toBeLessThan(0.03);
      expect(fit.calibration).toHaveLength(10);
      expect(fit.calibration[9]?.observed).toBeGreaterThan(fit.calibration[0]?.observed as number);
    }
  });

  it('fails a model that tells the wrong ones', () => {
    const upsideDown = {
      train,
      predict: (...given: Parameters<typeof predict>) => predict(...given).map((p) => 1 - p),
    };
    const fit = heldOutFit(journeys, upsideDown);
    expect(fit).toMatchObject({ isTested: true, passes: false });
  });

  it('shows the model nothing of the held-out days', () => {
    let seen = 0;
    heldOutFit(journeys, {
      train(past) {
        seen = Math.max(...past.endDay);
        return { parameters: {}, diagnostics: {}, converged: true, stopReason: '' };
      },
      predict: (held) => new Float64Array(held.journeyCount).fill(0.5),
    });
    expect(seen).toBeLessThan(20_048);
  });

  it('says why it cannot tell', () => {
    const few = hazardJourneys({ base: 1e-6, effects: [{ rate: 0, tau: 1 }], persons: 50 });
    expect(heldOutFit(few, { train, predict })).toMatchObject({
      isTested: false,
      reason: expect.stringMatching(/^A held-out fit needs 20 conversions in the last 20%/),
    });
    const refusing = heldOutFit(journeys, {
      train: () => ({
        parameters: undefined,
        diagnostics: {},
        converged: false,
        stopReason: 'It needs more.',
      }),
      predict,
    });
    expect(refusing).toEqual({ isTested: false, reason: 'It needs more.' });
  });
});
