import { modelFor } from '@tributary/functions/attribution/ihc/model';
import type { IhcParameters } from '@tributary/functions/attribution/ihc/parameters';
import { scoreJourneys } from '@tributary/functions/attribution/ihc/score';
import { journeysOf, simpleParameters, type TestSession } from '../support';

function score(sessions: readonly TestSession[], change: Partial<IhcParameters> = {}) {
  const journeys = journeysOf(sessions);
  const scores = scoreJourneys(
    journeys,
    modelFor({ ...simpleParameters, ...change }, journeys.channels),
  );
  const rounded = (values: Float64Array) => [...values].map((value) => Number(value.toFixed(10)));
  return {
    initializer: rounded(scores.initializer),
    holder: rounded(scores.holder),
    closer: rounded(scores.closer),
    ihc: rounded(scores.ihc),
  };
}

describe('scoreJourneys', () => {
  it('gives a single session everything, whatever its flags', () => {
    expect(score([{ hours: 1, holder: 1 }])).toEqual({
      initializer: [1],
      holder: [0],
      closer: [1],
      ihc: [1],
    });
  });

  it('follows the steps on a journey worked out by hand', () => {
    // Gaps 5.5 h and 10 h: memberships 1, .5, 1. Hours to conversion 15.5, 10, 0: the first is no
    // closer, the second has .5, the last 1.
    const result = score([
      { hours: 0, holder: 1 },
      { hours: 5.5, holder: 1, closer: 1 },
      { hours: 15.5 },
    ]);
    expect(result.initializer).toEqual([0.4, 0.2, 0.4]);
    expect(result.closer[1]).toBeCloseTo(1 / 3, 9);
    // A = .6, B = 1 and A = .8, B = 2/3.
    const first = 0.5 * (0.8 + 1.2 / 1.6);
    const second = 0.5 * (22 / 30 + ((2 * 0.8 * 2) / 3) * (30 / 44));
    expect(result.holder[0]).toBeCloseTo(first / (first + second), 9);
    expect(result.holder[2]).toBe(0);
    expect(result.ihc[2]).toBeCloseTo(0.3 * 0.4 + (0.3 * 2) / 3, 9);
  });

  it('drops the holder where nobody held, and rescales the other weights', () => {
    const { holder, ihc } = score([{ hours: 0 }, { hours: 1 }]);
    expect(holder).toEqual([0, 0]);
    expect(ihc).toEqual([0.5, 0.5]);
  });

  it('starts anew after the last gap of the reset or more', () => {
    const { initializer, closer, ihc } = score([
      { hours: 0, closer: 1, holder: 1 },
      { hours: 48, closer: 1, holder: 1 },
      { hours: 49, closer: 1, holder: 1 },
    ]);
    expect([initializer[0], closer[0], ihc[0]]).toEqual([0, 0, 0]);
    expect(initializer).toEqual([0, 1, 0]);
    expect(ihc[1]).toBeGreaterThan(0);
  });

  it('never starts anew where the parameters know no reset', () => {
    const { initializer } = score([{ hours: 0 }, { hours: 4800 }], { reset_gap_hours: null });
    expect(initializer).toEqual([0.5, 0.5]);
  });

  it('weighs channels, and leaves those without weights at 1', () => {
    const { closer } = score(
      [
        { hours: 0, channel: 'Paid', closer: 1 },
        { hours: 0, channel: 'unknown', closer: 1 },
      ],
      { channel_weights: { Paid: { initializer: 1, holder: 1, closer: 3 } } },
    );
    expect(closer).toEqual([0.75, 0.25]);
  });

  it('keeps a phase whose channels all weigh 0', () => {
    const { initializer, ihc } = score([{ hours: 0 }, { hours: 1 }], {
      channel_weights: { Direct: { initializer: 0, holder: 0, closer: 0 } },
    });
    expect(initializer).toEqual([1, 0]);
    expect(ihc).toEqual([0.5, 0.5]);
  });

  it('takes a channel named like a property of objects for what it is', () => {
    expect(score([{ hours: 0, channel: 'constructor' }, { hours: 1 }]).ihc).toEqual([0.5, 0.5]);
  });

  it('splits equally between start and close where only the holder has weight and nobody held', () => {
    const phase_weights = { initializer: 0, holder: 1, closer: 0 };
    expect(score([{ hours: 0 }, { hours: 1 }], { phase_weights }).ihc).toEqual([0.5, 0.5]);
  });

  it('scores a journey of 10,000 sessions', () => {
    const sessions = Array.from(
      { length: 10_000 },
      (_, index): TestSession => ({
        hours: index / 10,
        holder: 1,
        closer: 1,
      }),
    );
    const { ihc } = score(sessions);
    expect(ihc.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
  });
});
