import { train } from '@tributary/functions/attribution/models/hazard/train';
import { UserError } from '@tributary/functions/shared/errors';
import { type TestJourney, timedJourneys } from '../timed-journeys';

const converted = (count: number, age = 5): TestJourney[] =>
  Array.from({ length: count }, () => ({ converted: true, touches: [{ channel: 0, age }] }));

const others = (count: number, age = 5): TestJourney[] =>
  converted(count, age).map((journey) => ({ ...journey, converted: false }));

describe('the hazard model refuses', () => {
  it('too few conversions', () => {
    const fit = train(timedJourneys([...converted(29), ...others(50)]));
    expect(fit.parameters).toBeUndefined();
    expect(fit.converged).toBe(false);
    expect(fit.stopReason).toMatch(/and found 29 and 50;/);
  });

  it('journeys that all converted, whether in visits or not', () => {
    for (const age of [0, 5]) {
      const fit = train(timedJourneys([...converted(400, age), ...others(29)]));
      expect(fit.parameters).toBeUndefined();
      expect(fit.stopReason).toMatch(
        /^The hazard model needs 30 journeys with conversion and as many without, and found 400 and 29;/,
      );
    }
  });

  it('no journeys', () => {
    expect(train(timedJourneys([])).stopReason).toMatch(/found 0 and 0;/);
  });

  it('journeys that were watched for no time', () => {
    const still = [...converted(40), ...others(40)].map((journey) => ({
      ...journey,
      hoursObserved: 0,
    }));
    expect(train(timedJourneys(still)).stopReason).toMatch(/watched for 0 hours/);
  });

  it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('an age of %p hours', (age) => {
    const list = [
      ...converted(40),
      { converted: true, hoursObserved: 5, touches: [{ channel: 0, age }] },
    ];
    expect(() => train(timedJourneys(list))).toThrow(UserError);
    expect(() => train(timedJourneys(list))).toThrow(/^Touch 40 lies/);
  });

  it('hours of observation that are not a number', () => {
    const list = [{ ...(converted(1)[0] as TestJourney), hoursObserved: Number.NaN }];
    expect(() => train(timedJourneys(list))).toThrow(/^Journey 0 was watched for NaN hours/);
  });
});

describe('the hazard model accepts', () => {
  it('conversions alone, without touches or at age 0', () => {
    const list: TestJourney[] = [
      ...converted(40, 0),
      ...others(40, 0),
      ...Array.from({ length: 40 }, () => ({ converted: true, touches: [], hoursObserved: 9 })),
    ];
    const fit = train(timedJourneys(list));
    expect(fit.parameters?.base_rate).toBeGreaterThan(0);
    expect(JSON.stringify(fit.parameters)).not.toMatch(/null/);
  });

  it('a journey of 10,000 touches', () => {
    const touches = Array.from({ length: 10_000 }, (_, touch) => ({
      channel: touch % 3,
      age: (10_000 - touch) / 10,
    }));
    const fit = train(
      timedJourneys([...converted(40), ...others(40), { converted: true, touches }]),
    );
    expect(Number.isFinite(fit.diagnostics.log_likelihoods.at(-1))).toBe(true);
  });
});

describe('the hazard model warns', () => {
  it('of channels whose tau lies on a bound', () => {
    const touches = (ages: readonly number[]) => ages.map((age) => ({ channel: 0, age }));
    const list = Array.from({ length: 400 }, (_, journey) => ({
      converted: journey % 2 === 0,
      touches: journey % 2 === 0 ? touches([5]) : touches([500 + journey]),
    }));
    const fit = train(timedJourneys(list), { shortestTau: 24 });
    expect(fit.stopReason).toMatch(
      /could not be read for a: tau lies on its bound \(24 or 1440 hours\)/,
    );
    expect(fit.diagnostics.bounded_channels).toEqual(['a']);
  });
});
