import { buildJourneys } from '@tributary/functions/attribution/ihc/build-journeys';
import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import { train } from '@tributary/functions/attribution/ihc/training/train';
import { columnsOf, shopSessions } from '../../support';

const built = buildJourneys(columnsOf(shopSessions(1500)), {});
const trainWith = (options: object, seed = 1) =>
  train({
    ...built,
    conversionType: 'first_order',
    trainedAt: new Date(0),
    options,
    random: seededRandom(seed),
  });

describe('bootstrap intervals', () => {
  const options = { bootstrapSamples: 40 };
  const result = trainWith(options);
  const intervals = result.diagnostics.intervals;

  it('stand around every parameter', () => {
    const parameters = result.parameters;
    const [low = 0, high = 0] = intervals?.parameters.reset_gap_hours ?? [];
    expect(low).toBeLessThan(parameters?.reset_gap_hours ?? 0);
    expect(high).toBeGreaterThan(parameters?.reset_gap_hours ?? 0);
    expect(Object.keys(intervals?.parameters ?? {})).toHaveLength(6 + 5 * 3);
    expect(intervals?.closer_curve.lower).toHaveLength(81);
    expect(intervals?.initializer_curve.upper).toHaveLength(
      parameters?.initializer_curve.gap_hours.length ?? 0,
    );
  });

  it('are the same for the same seed, and absent where no samples are asked', () => {
    expect(trainWith(options).diagnostics.intervals).toEqual(intervals);
    expect(trainWith(options, 2).diagnostics.intervals).not.toEqual(intervals);
    expect(trainWith({}).diagnostics.intervals).toBeUndefined();
  });

  it('do not change the parameters', () => {
    expect(trainWith({}).parameters?.model_version).toBe(result.parameters?.model_version);
  });

  it('are about as wide from scaled smaller resamples', () => {
    const scaled = trainWith({ bootstrapSamples: 40, bootstrapJourneys: 500 });
    const width = (given: typeof intervals) => {
      const [low = 0, high = 0] = given?.parameters['phase_weights.holder'] ?? [];
      return high - low;
    };
    const ratio = width(scaled.diagnostics.intervals) / width(intervals);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});

describe('halves that disagree', () => {
  it('are named in a warning', () => {
    // Every other journey belongs to another shop, ten times as slow.
    const sessions = shopSessions(3000).map((session) => {
      const journey = Number(session.conversionId?.slice(1));
      return journey % 2 === 0 ? session : { ...session, hours: (session.hours ?? 0) * 10 };
    });
    const { diagnostics } = train({
      ...buildJourneys(columnsOf(sessions), {}),
      conversionType: 'first_order',
      trainedAt: new Date(0),
    });
    expect(diagnostics.disagreements.map(({ parameter }) => parameter)).toContain(
      'reset_gap_hours',
    );
    expect(diagnostics.warnings.join(' ')).toMatch(/^The two halves of the journeys disagree on /);
  });
});
