import { trainScored } from '@tributary/functions/attribution/ihc/fitting/train-scored';
import { modelFor } from '@tributary/functions/attribution/ihc/model';
import type { IhcParameters } from '@tributary/functions/attribution/ihc/parameters';
import {
  type Redistribution,
  redistribute,
} from '@tributary/functions/attribution/ihc/redistribution';
import { scoreJourneys } from '@tributary/functions/attribution/ihc/score';
import { journeysOf, shopSessions, simpleParameters, type TestSession } from '../../support';

/** Known parameters, with a closer curve that jumps as the vendor's do. */
const truth: IhcParameters = {
  phase_weights: { initializer: 0.31, holder: 0.41, closer: 0.28 },
  reset_gap_hours: 40,
  initializer_curve: { gap_hours: [1, 15, 40], membership: [0, 0.25, 1] },
  closer_curve: {
    hours_to_conversion: [0, 0.2, 0.2, 5, 60],
    membership: [1, 1, 0.8, 0.5, 0],
  },
  channel_weights: {
    Direct: { initializer: 0.7, holder: 1.1, closer: 1.25 },
    Newsletter: { initializer: 1, holder: 0.9, closer: 1 },
    Affiliate: { initializer: 1.1, holder: 1, closer: 0.9 },
  },
};

/** Answers as a service gives them: four decimals. */
function answered(
  parameters: IhcParameters,
  sessions: readonly TestSession[],
  { decimals = 4, redistribution }: { decimals?: number; redistribution?: Redistribution } = {},
) {
  const journeys = journeysOf(sessions);
  const model = modelFor(parameters, journeys.channels);
  const scores = scoreJourneys(journeys, model);
  if (redistribution !== undefined) redistribute(journeys, scores, redistribution, model);
  const unit = 10 ** decimals;
  const rounded = (values: Float64Array) => values.map((value) => Math.round(value * unit) / unit);
  return {
    journeys,
    answers: {
      initializer: rounded(scores.initializer),
      holder: rounded(scores.holder),
      closer: rounded(scores.closer),
      ihc: rounded(scores.ihc),
    },
    group: Int32Array.from({ length: journeys.journeyCount }, (_, journey) => journey),
    conversionType: 'first_order',
    trainedAt: new Date(0),
  };
}

describe('trainScored', () => {
  const result = trainScored(answered(truth, shopSessions(600)));
  const parameters = result.parameters as IhcParameters;

  it('gets known parameters back', () => {
    expect(result.converged).toBe(true);
    for (const phase of ['initializer', 'holder', 'closer'] as const) {
      expect(parameters.phase_weights[phase]).toBeCloseTo(truth.phase_weights[phase], 4);
    }
    expect(Math.abs((parameters.reset_gap_hours ?? 0) - 40)).toBeLessThan(0.3);
  });

  it('gets ratios of channel weights back: their scale does not show in answers', () => {
    const weights = parameters.channel_weights;
    const plain = { initializer: 1, holder: 1, closer: 1 };
    for (const phase of ['initializer', 'holder', 'closer'] as const) {
      for (const channel of Object.keys(weights)) {
        const found = (weights[channel]?.[phase] ?? 0) / (weights.Organic?.[phase] ?? 0);
        const expected = (truth.channel_weights[channel] ?? plain)[phase];
        expect(Math.abs(found / expected - 1)).toBeLessThan(0.005);
      }
    }
  });

  it('predicts answers it has not seen, and says how well', () => {
    expect(result.diagnostics.held_out?.mean).toBeLessThan(0.0002);
    const unseen = answered(truth, shopSessions(300, 99));
    const { ihc } = scoreJourneys(unseen.journeys, modelFor(parameters, unseen.journeys.channels));
    const errors = ihc.map((value, index) => Math.abs(value - (unseen.answers.ihc[index] ?? 0)));
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.0002);
  });

  it('finds no reset where nothing was cut off', () => {
    const { parameters: found } = trainScored(
      answered({ ...truth, reset_gap_hours: null }, shopSessions(100)),
    );
    expect(found?.reset_gap_hours).toBeNull();
  });

  it('ends the closer curve with 0: noise would be all the value of journeys whose others weigh 0', () => {
    const known = {
      ...truth,
      closer_curve: { hours_to_conversion: [0, 5, 20], membership: [1, 0.5, 0] },
      channel_weights: {
        ...truth.channel_weights,
        Direct: { initializer: 1, holder: 1, closer: 0 },
      },
    };
    const { diagnostics } = trainScored(answered(known, shopSessions(300)));
    expect(diagnostics.held_out?.worst).toBeLessThan(0.05);
  });

  it('is deterministic', () => {
    const version = () => trainScored(answered(truth, shopSessions(60))).parameters?.model_version;
    expect(version()).toBe(version());
  });
});

describe('trainScored with answers that leave something open', () => {
  it('takes a channel that gives all away for one that weighs 0, which answers alike', () => {
    const gives = {
      direction: 'any_session',
      receive_threshold: 0,
      redistribution_channel_labels: ['Newsletter'],
    } as const;
    const { parameters: found, diagnostics } = trainScored(
      answered(truth, shopSessions(300), {
        redistribution: { initializer: gives, closer: gives },
      }),
    );
    expect(found?.channel_weights.Newsletter?.initializer).toBe(0);
    expect(found?.channel_weights.Newsletter?.closer).toBe(0);
    expect(found?.channel_weights.Newsletter?.holder).toBeGreaterThan(0.5);
    expect(diagnostics.held_out?.mean).toBeLessThan(0.0002);
  });

  it('says that the holder is not told where nobody held, and meets such answers', () => {
    const sessions = shopSessions(300).map((session) => ({ ...session, holder: 0 as const }));
    const { parameters: found, warnings, diagnostics } = trainScored(answered(truth, sessions));
    const { initializer = 0, closer = 0 } = found?.phase_weights ?? {};
    expect(initializer / (initializer + closer)).toBeCloseTo(0.31 / (0.31 + 0.28), 4);
    expect(diagnostics.held_out?.mean).toBeLessThan(0.0002);
    expect(warnings).toEqual([expect.stringMatching(/^No journey has holder values/)]);
  });

  it('says that the closer curve is not told where only last sessions close', () => {
    const sessions = shopSessions(300).map((session) => ({ ...session, closer: 0 as const }));
    const { warnings, diagnostics } = trainScored(answered(truth, sessions));
    expect(diagnostics.held_out?.mean).toBeLessThan(0.0002);
    expect(warnings).toEqual([expect.stringMatching(/^No session but the last of a journey/)]);
  });

  it('says that rounding is to blame where answers have two decimals', () => {
    const result = trainScored(answered(truth, shopSessions(300), { decimals: 2 }));
    expect(result.diagnostics.decimals).toBe(2);
    expect(result.warnings).toEqual([
      expect.stringMatching(/^The parameters miss unseen answers by .* rounding to 2 decimals/),
    ]);
  });

  it('says that it misses where value was redistributed to earlier sessions alone', () => {
    const initializer = {
      direction: 'earlier_sessions_only',
      receive_threshold: 0,
      redistribution_channel_labels: ['Direct'],
    } as const;
    const { warnings } = trainScored(
      answered(truth, shopSessions(300), { redistribution: { initializer } }),
    );
    expect(warnings).toEqual([expect.stringMatching(/^The parameters miss unseen answers by/)]);
  });
});

describe('trainScored refuses with a sentence', () => {
  it('journeys of one session', () => {
    const sessions = shopSessions(100).map((session, index) => ({
      ...session,
      conversionId: `c${index}`,
    }));
    const result = trainScored(answered(simpleParameters, sessions));
    expect(result.parameters).toBeUndefined();
    expect(result.stopReason).toMatch(/no journey has two or more.*; give answers of more/);
  });

  it('no journeys', () => {
    expect(trainScored(answered(simpleParameters, [])).converged).toBe(false);
  });
});
