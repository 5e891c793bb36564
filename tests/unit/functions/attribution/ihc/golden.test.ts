import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { readJourneyFile } from '@tributary/functions/attribution/files/journeys-file';
import { buildJourneys } from '@tributary/functions/attribution/ihc/build-journeys';
import { fitScored } from '@tributary/functions/attribution/ihc/fitting/fit-scored';
import { selectJourneys } from '@tributary/functions/attribution/ihc/journeys';
import { modelFor } from '@tributary/functions/attribution/ihc/model';
import {
  type IhcParameters,
  parseParameters,
} from '@tributary/functions/attribution/ihc/parameters';
import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import { scoreJourneys } from '@tributary/functions/attribution/ihc/score';
import { train } from '@tributary/functions/attribution/ihc/training/train';
import { trainFile } from '@tributary/functions/attribution/train-file';
import { ihcData } from '../support';

const describeWithData = ihcData === undefined ? describe.skip : describe;
if (ihcData === undefined) {
  console.warn('Skipped: ../shared/data/ihc is absent, so there are no recorded answers.');
}
const path = (file: string) => join(ihcData ?? '', file);

/** Errors against the recorded answers, of journeys with at least so many sessions. */
async function errorsOf(parameters: IhcParameters, minimumSessions: number) {
  const file = await readJourneyFile(path('journeys_a.csv'), {
    missing: 'refuse',
    numbers: ['ihc'],
  });
  const { journeys } = buildJourneys(file.columns);
  const { ihc } = scoreJourneys(journeys, modelFor(parameters, journeys.channels));
  const recorded = file.numbers.get('ihc') as Float64Array;
  const errors: number[] = [];
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const [from = 0, to = 0] = journeys.offsets.subarray(journey, journey + 2);
    for (let session = from; to - from >= minimumSessions && session < to; session += 1) {
      const row = journeys.row[session] as number;
      errors.push(Math.abs((ihc[session] as number) - (recorded[row] as number)));
    }
  }
  return {
    count: errors.length,
    mean: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    worst: Math.max(...errors),
  };
}

const vendorParameters = () =>
  parseParameters(JSON.parse(readFileSync(path('parameters_a.json'), 'utf8')), 'parameters_a.json');

/**
 * An account whose initializer curve begins late and has no reset, so that few answers tell of it,
 * and is not smooth.
 */
function otherAccount(channels: readonly string[]): IhcParameters {
  const random = seededRandom(7);
  const knots = Array.from({ length: 80 }, () => random());
  const values = Array.from({ length: 80 }, () => random());
  const weight = () => Math.exp(0.25 * (random() + random() + random() - 1.5));
  return {
    phase_weights: { initializer: 0.345, holder: 0.38, closer: 0.275 },
    reset_gap_hours: null,
    initializer_curve: {
      gap_hours: [49.9, ...knots.sort((a, b) => a - b).map((at) => 49.9 + 178 * at ** 1.3), 228],
      membership: [0, ...values.sort((a, b) => a - b), 1],
    },
    closer_curve: {
      hours_to_conversion: Array.from({ length: 81 }, (_, index) => 0.1 + (index / 28) ** 4),
      membership: Array.from({ length: 81 }, (_, index) => 1 - index / 80),
    },
    channel_weights: Object.fromEntries(
      channels.map((channel) => [
        channel,
        { initializer: weight(), holder: weight(), closer: weight() },
      ]),
    ),
  };
}

async function trainOnRaw(): Promise<IhcParameters> {
  const file = await readJourneyFile(path('journeys_raw.csv'), { missing: 'keep' });
  const result = train({
    ...buildJourneys(file.columns, { lookbackDays: 120 }),
    conversionType: 'conversion',
    trainedAt: new Date(0),
  });
  if (!result.converged) throw new Error(result.stopReason);
  return result.parameters;
}

describeWithData('IHC against recorded answers', () => {
  it('scores with the recorded parameters within rounding', async () => {
    const errors = await errorsOf(vendorParameters(), 1);
    expect(errors.count).toBe(3680);
    expect(errors.mean).toBeLessThan(0.00005);
    expect(errors.worst).toBeLessThan(0.0006);
  });

  it('trains parameters that score within .0005 on journeys of two or more sessions', async () => {
    const errors = await errorsOf(await trainOnRaw(), 2);
    expect(errors.mean).toBeLessThan(0.0005);
  });

  it('trains the weights and times that the vendor trained', async () => {
    const { phase_weights, reset_gap_hours, closer_curve, channel_weights } = await trainOnRaw();
    expect(Math.abs(phase_weights.initializer - 0.323)).toBeLessThan(0.002);
    expect(Math.abs(phase_weights.holder - 0.374)).toBeLessThan(0.002);
    expect(Math.abs(phase_weights.closer - 0.303)).toBeLessThan(0.002);
    expect(reset_gap_hours).toBeCloseTo(52.7, 1);
    expect(closer_curve.hours_to_conversion.at(-1)).toBeCloseTo(45.3, 1);
    const vendor: Record<string, [number, number, number]> = {
      'Direct Traffic': [0.61, 0.99, 1.28],
      'Performance Max': [1.32, 0.89, 0.95],
      'Newsletter & Email': [0.99, 1.1, 0.93],
      Referral: [0.99, 1.1, 0.99],
      'Paid Search Brand': [1.02, 0.97, 0.91],
      'FB & IG Ads': [1.01, 1.04, 1.02],
      'Affiliate & Partnerships': [1, 0.95, 0.99],
      'Organic Traffic': [1.02, 0.97, 0.97],
      'Social Organic': [1.02, 0.98, 1],
    };
    for (const [channel, [initializer, holder, closer]] of Object.entries(vendor)) {
      const weights = channel_weights[channel];
      expect(Math.abs((weights?.initializer ?? 0) - initializer)).toBeLessThan(0.03);
      expect(Math.abs((weights?.holder ?? 0) - holder)).toBeLessThan(0.03);
      expect(Math.abs((weights?.closer ?? 0) - closer)).toBeLessThan(0.03);
    }
  });

  it('gets the recorded parameters back from the answers', async () => {
    const parameters = await trainFile({
      journeys: path('journeys_a.csv'),
      fromScored: true,
      stdout: new PassThrough(),
      stderr: new PassThrough(),
    });
    const vendor = vendorParameters();
    expect(parameters.phase_weights.holder).toBeCloseTo(vendor.phase_weights.holder, 4);
    expect(parameters.reset_gap_hours).toBe(52.7);
    for (const [channel, weights] of Object.entries(vendor.channel_weights)) {
      expect(parameters.channel_weights[channel]?.holder).toBeCloseTo(weights.holder, 3);
      expect(parameters.channel_weights[channel]?.closer).toBeCloseTo(weights.closer, 3);
    }
    expect(parameters.diagnostics).toHaveProperty('held_out.session_count', 3680);
    const { held_out } = parameters.diagnostics as { held_out: { mean: number } };
    expect(held_out.mean).toBeLessThan(0.0002);
  });

  it("predicts another account's answers from half of them", async () => {
    const file = await readJourneyFile(path('journeys_raw.csv'), { missing: 'keep' });
    const { journeys } = buildJourneys(file.columns, { lookbackDays: 120 });
    const account = otherAccount(journeys.channels);
    const half = (parity: number) => {
      const size = Math.floor((journeys.journeyCount - parity + 1) / 2);
      const part = selectJourneys(
        journeys,
        Uint32Array.from({ length: size }, (_, index) => 2 * index + parity),
      );
      const scores = scoreJourneys(part, modelFor(account, part.channels));
      const rounded = (values: Float64Array) =>
        values.map((value) => Math.round(value * 1e4) / 1e4);
      return {
        journeys: part,
        answers: {
          initializer: rounded(scores.initializer),
          holder: rounded(scores.holder),
          closer: rounded(scores.closer),
          ihc: rounded(scores.ihc),
        },
      };
    };
    for (const [seen, unseen] of [
      [half(0), half(1)],
      [half(1), half(0)],
    ] as const) {
      const fitted = fitScored(seen);
      if (typeof fitted === 'string') throw new Error(fitted);
      const { ihc } = scoreJourneys(unseen.journeys, fitted.fit);
      const sum = ihc.reduce(
        (total, value, session) => total + Math.abs(value - (unseen.answers.ihc[session] ?? 0)),
        0,
      );
      expect(sum / ihc.length).toBeLessThan(0.0002);
    }
  });

  it('trains on another shop: 25,489 sessions', async () => {
    const file = await readJourneyFile(path('journeys_nl.csv'), { missing: 'keep' });
    const built = buildJourneys(file.columns, { lookbackDays: 120 });
    const result = train({ ...built, conversionType: 'lead', trainedAt: new Date(0) });
    expect(result.converged).toBe(true);
    expect(result.diagnostics.disagreements).toEqual([]);
  });
});
