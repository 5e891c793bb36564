import { modelFor } from '@tributary/functions/attribution/ihc/model';
import {
  type RedistributionDirection,
  type RedistributionRule,
  redistribute,
} from '@tributary/functions/attribution/ihc/redistribution';
import { scoreJourneys } from '@tributary/functions/attribution/ihc/score';
import { journeysOf, simpleParameters, type TestSession } from '../support';

/** Closer shares before redistribution: .2, .4, .4 (at 10, 0 and 0 hours to the conversion). */
const sessions: TestSession[] = [
  { hours: 0, channel: 'Paid', closer: 1 },
  { hours: 10, channel: 'Direct', closer: 1 },
  { hours: 10, channel: 'Newsletter', closer: 1 },
];

function redistributed(
  direction: RedistributionDirection,
  labels: string[],
  threshold = 0,
  given = sessions,
) {
  const journeys = journeysOf(given);
  const model = modelFor(simpleParameters, journeys.channels);
  const scores = scoreJourneys(journeys, model);
  const closer: RedistributionRule = {
    direction,
    receive_threshold: threshold,
    redistribution_channel_labels: labels,
  };
  redistribute(journeys, scores, { closer }, model);
  return scores;
}

const rounded = (values: Float64Array) => [...values].map((value) => Number(value.toFixed(9)));

describe('redistribute', () => {
  it.each<[RedistributionDirection, number[]]>([
    ['earlier_sessions_only', [0.6, 0, 0.4]],
    ['later_sessions_only', [0.2, 0, 0.8]],
    ['any_session', [0.333333333, 0, 0.666666667]],
  ])('%s gives in proportion to the own value', (direction, closer) => {
    expect(rounded(redistributed(direction, ['Direct']).closer)).toEqual(closer);
  });

  it('leaves the giver its value where nobody may receive', () => {
    const scores = redistributed('later_sessions_only', ['Newsletter']);
    expect(rounded(scores.closer)).toEqual([0.2, 0.4, 0.4]);
    const allGive = redistributed('any_session', ['Paid', 'Direct', 'Newsletter']);
    expect(rounded(allGive.closer)).toEqual([0.2, 0.4, 0.4]);
  });

  it('passes over sessions below the threshold', () => {
    const scores = redistributed('any_session', ['Direct'], 0.3);
    expect(rounded(scores.closer)).toEqual([0.2, 0, 0.8]);
  });

  it('recomputes ihc, and leaves the other phases alone', () => {
    const before = redistributed('any_session', []);
    const after = redistributed('any_session', ['Direct']);
    expect(after.initializer).toEqual(before.initializer);
    const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
    expect(sum(after.ihc)).toBeCloseTo(1, 12);
    const gained = (after.ihc[0] as number) - (before.ihc[0] as number);
    // Nobody held: the closer weighs one half.
    expect(gained).toBeCloseTo(0.5 * (1 / 3 - 0.2), 12);
  });

  it('never gives to what has no value', () => {
    const scores = redistributed('earlier_sessions_only', ['Direct'], 0, [
      { hours: 0, channel: 'Paid' },
      { hours: 10, channel: 'Direct', closer: 1 },
    ]);
    expect(rounded(scores.closer)).toEqual([0, 1]);
  });
});
