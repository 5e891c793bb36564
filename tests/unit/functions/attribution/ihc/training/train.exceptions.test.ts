import { buildJourneys } from '@tributary/functions/attribution/ihc/build-journeys';
import { train } from '@tributary/functions/attribution/ihc/training/train';
import { UserError } from '@tributary/functions/shared/errors';
import { columnsOf, shopSessions, type TestSession } from '../../support';

const trainOn = (sessions: readonly TestSession[], options = {}) =>
  train({
    ...buildJourneys(columnsOf(sessions), {}),
    conversionType: 'first_order',
    trainedAt: new Date(0),
    options,
  });

/** 300 journeys of three sessions, with equal gaps; the gaps take turns by journey. */
const triples = (gapHours: readonly number[], closer: 0 | 1) =>
  Array.from({ length: 900 }, (_, index): TestSession => {
    const step = index % 3;
    const journey = (index - step) / 3;
    const gap = gapHours[journey % gapHours.length] as number;
    return { conversionId: `c${journey}`, hours: step * gap, closer };
  });

describe('train refuses', () => {
  it('too few journeys', () => {
    const result = trainOn(shopSessions(50));
    expect(result.converged).toBe(false);
    expect(result.parameters).toBeUndefined();
    expect(result.stopReason).toMatch(
      /^Training needs 200 journeys of 3 or more sessions and found \d+; give more conversions/,
    );
  });

  it('no journeys at all', () => {
    expect(trainOn([]).stopReason).toMatch(/found 0;/);
  });

  it('journeys without gaps', () => {
    expect(trainOn(triples([0], 1)).stopReason).toMatch(/the reset cannot be found/);
  });

  it('journeys whose every gap is a reset', () => {
    expect(trainOn(triples([1], 1)).stopReason).toMatch(/lies between a reset and a conversion/);
  });

  it('journeys without closer engagement', () => {
    expect(trainOn(triples([1, 2], 0)).stopReason).toMatch(/the closer curve cannot be found/);
  });

  it('journeys with short breaks alone', () => {
    expect(trainOn(triples([0.2, 0.4], 1)).stopReason).toMatch(
      /the initializer curve cannot be found/,
    );
  });

  it.each([
    [{ resetQuantile: 2 }, /resetQuantile/],
    [{ knotCount: 1 }, /knotCount/],
    [{ initializerBend: Number.NaN }, /initializerBend/],
  ])('the option %j', (options, name) => {
    expect(() => trainOn([], options)).toThrow(UserError);
    expect(() => trainOn([], options)).toThrow(name);
  });
});

describe('train accepts', () => {
  it('journeys that are nearly all alike', () => {
    const result = trainOn(triples([1, 2], 1));
    expect(result.converged).toBe(true);
    expect(result.parameters?.reset_gap_hours).toBe(2);
  });
});
