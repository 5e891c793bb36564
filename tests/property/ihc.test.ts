import { modelFor } from '@tributary/functions/attribution/ihc/model';
import type { IhcParameters } from '@tributary/functions/attribution/ihc/parameters';
import { redistribute } from '@tributary/functions/attribution/ihc/redistribution';
import { type Scores, scoreJourneys } from '@tributary/functions/attribution/ihc/score';
import fc from 'fast-check';
import { journeysOf, type TestSession } from '../unit/functions/attribution/support';
import { referenceScores } from './ihc-reference';

const flag = fc.constantFrom(0 as const, 1 as const);
const channels = ['Direct', 'Paid', 'Newsletter', 'unknown'];

const HOUR = 3_600_000_000;

/** Microseconds: ties, gaps of exactly the reset, and anything between. */
const gap = fc.oneof(fc.constant(0), fc.constant(48 * HOUR), fc.nat({ max: 100 * HOUR }));

const journey = fc
  .array(fc.record({ gap, channel: fc.constantFrom(...channels), holder: flag, closer: flag }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((steps) => {
    let time = 0;
    return steps.map((step): TestSession => {
      time += step.gap;
      return { ...step, hours: time / HOUR };
    });
  });

const knots = fc
  .array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: 1, maxLength: 6 })
  .map((values) => values.sort((a, b) => a - b));
const curve = knots.chain((at) =>
  fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: at.length,
      maxLength: at.length,
    })
    .map((membership) => ({ at, membership })),
);
const weight = fc.double({ min: 0.1, max: 3, noNaN: true });
const weights = fc.record({ initializer: weight, holder: weight, closer: weight });

const parameters = fc
  .record({
    phase_weights: weights,
    reset_gap_hours: fc.option(fc.oneof(fc.constant(48), fc.integer({ min: 1, max: 60 }))),
    initializer: curve,
    closer: curve,
    channel_weights: fc.record({ Direct: weights, Paid: weights, Newsletter: weights }),
  })
  .map(
    ({ initializer, closer, ...rest }): IhcParameters => ({
      ...rest,
      initializer_curve: { gap_hours: initializer.at, membership: initializer.membership },
      closer_curve: { hours_to_conversion: closer.at, membership: closer.membership },
    }),
  );

function score(sessions: readonly TestSession[], given: IhcParameters): Scores {
  const journeys = journeysOf(sessions);
  return scoreJourneys(journeys, modelFor(given, journeys.channels));
}

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

describe('IHC, for any journey and parameters,', () => {
  it('sums to 1 in initializer, closer and ihc, to 1 or 0 in holder, and is never negative', () => {
    fc.assert(
      fc.property(journey, parameters, (sessions, given) => {
        const scores = score(sessions, given);
        expect(sum(scores.initializer)).toBeCloseTo(1, 10);
        expect(sum(scores.closer)).toBeCloseTo(1, 10);
        expect(sum(scores.ihc)).toBeCloseTo(1, 10);
        const held = sum(scores.holder);
        expect(held === 0 || Math.abs(held - 1) < 1e-10).toBe(true);
        const all = [scores.initializer, scores.holder, scores.closer, scores.ihc];
        expect(all.every((values) => values.every((value) => value >= 0))).toBe(true);
      }),
    );
  });

  it('agrees with the steps of the specification, written down naively', () => {
    fc.assert(
      fc.property(journey, parameters, (sessions, given) => {
        const scores = score(sessions, given);
        const expected = referenceScores(sessions, given);
        for (const phase of ['initializer', 'holder', 'closer', 'ihc'] as const) {
          expected[phase].forEach((value, index) => {
            expect(Math.abs(value - (scores[phase][index] as number))).toBeLessThan(1e-11);
          });
        }
      }),
    );
  });

  it('gives nothing to what lies before a reset', () => {
    fc.assert(
      fc.property(journey, journey, parameters, (before, after, given) => {
        const reset = 61;
        const shift = (before.at(-1)?.hours ?? 0) + reset - (after[0]?.hours ?? 0);
        const later = after.map((each) => ({ ...each, hours: (each.hours ?? 0) + shift }));
        const scores = score([...before, ...later], { ...given, reset_gap_hours: reset });
        expect(sum(scores.ihc.subarray(0, before.length))).toBe(0);
      }),
    );
  });

  it('does not depend on the order of rows, but for sessions at the same time', () => {
    fc.assert(
      fc.property(journey, parameters, fc.infiniteStream(fc.nat()), (sessions, given, keys) => {
        const rows = sessions.map((session, index) => ({ session, index, key: 0 }));
        for (const row of rows) {
          row.key = keys.next().value;
        }
        // Rows of one time keep their order: that order is what ties mean.
        const shuffled = [...rows].sort((a, b) => a.key - b.key || a.index - b.index);
        const byTime = new Map<number | null, typeof rows>();
        for (const row of rows) {
          byTime.set(row.session.hours, [...(byTime.get(row.session.hours) ?? []), row]);
        }
        const inOrder = shuffled.map(
          ({ session }) => byTime.get(session.hours)?.shift() as (typeof rows)[number],
        );
        const scores = score(sessions, given);
        // Scores come in order of time, so both answers stand in the same places.
        expect(
          score(
            inOrder.map(({ session }) => session),
            given,
          ).ihc,
        ).toEqual(scores.ihc);
      }),
    );
  });

  it('does not depend on journeys beside it', () => {
    fc.assert(
      fc.property(journey, journey, parameters, (one, other, given) => {
        const named = [
          ...one.map((session) => ({ ...session, conversionId: 'a' })),
          ...other.map((session) => ({ ...session, conversionId: 'b' })),
        ];
        expect(score(named, given).ihc.slice(0, one.length)).toEqual(score(one, given).ihc);
      }),
    );
  });

  it('keeps its sums through redistribution', () => {
    const rule = fc.record({
      direction: fc.constantFrom(
        'earlier_sessions_only' as const,
        'later_sessions_only' as const,
        'any_session' as const,
      ),
      receive_threshold: fc.double({ min: 0, max: 1, noNaN: true }),
      redistribution_channel_labels: fc.subarray(channels),
    });
    const rules = fc.record({ initializer: rule, holder: rule, closer: rule });
    fc.assert(
      fc.property(journey, parameters, rules, (sessions, given, redistribution) => {
        const journeys = journeysOf(sessions);
        const model = modelFor(given, journeys.channels);
        const scores = scoreJourneys(journeys, model);
        const held = sum(scores.holder);
        redistribute(journeys, scores, redistribution, model);
        expect(sum(scores.initializer)).toBeCloseTo(1, 9);
        expect(sum(scores.holder)).toBeCloseTo(held, 9);
        expect(sum(scores.closer)).toBeCloseTo(1, 9);
        expect(sum(scores.ihc)).toBeCloseTo(1, 9);
        expect(scores.ihc.every((value) => value > -1e-12)).toBe(true);
      }),
    );
  });
});
