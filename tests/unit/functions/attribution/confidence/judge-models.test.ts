import { confidenceRows } from '@tributary/functions/attribution/confidence/confidence-rows';
import type { HeldOutFit } from '@tributary/functions/attribution/confidence/held-out';
import {
  type Candidate,
  chooseModel,
  confidenceOf,
  type JudgedJourneys,
  spreadOf,
} from '@tributary/functions/attribution/confidence/judge-models';
import { heuristicCredits } from '@tributary/functions/attribution/models/heuristics';
import { channelTotals } from '@tributary/functions/attribution/models/touch-credits';
import { rawTables } from '@tributary/functions/shared/raw-tables';
import { expectWholeCredits, timedJourneys } from '../models/timed-journeys';

/** Channel a starts 100 journeys, b ends them; 100 others lead nowhere. */
const journeys = timedJourneys(
  Array.from({ length: 200 }, (_, index) => ({
    touches: [
      { channel: 0, age: 10 },
      { channel: 1, age: 1 },
    ],
    converted: index % 2 === 0,
    endDay: 20_000 + (index % 10),
  })),
  ['a', 'b'],
);
const customer = Uint32Array.from({ length: 200 }, (_, index) => index);
const notTested: HeldOutFit = { isTested: false, reason: 'It predicts nothing.' };
const tested = (logLoss: number): HeldOutFit => ({
  isTested: true,
  splitDay: 20_008,
  conversionCount: 20,
  logLoss,
  baseRateLogLoss: 0.6,
  passes: logLoss < 0.6,
  calibration: [],
  calibrationError: 0.1,
});

const candidate = (
  kind: 'first' | 'last' | 'linear',
  heldOut: HeldOutFit = notTested,
): Candidate => ({
  model: kind,
  modelVersion: 'v',
  credits: heuristicCredits(journeys, kind),
  heldOut,
});
const liftTest = (channel: string, incrementalConversions: number, standardError = 5) => ({
  channel,
  startDay: 20_000,
  endDay: 20_009,
  incrementalConversions,
  standardError,
  population: 200,
});
const judged = (tests: JudgedJourneys['tests']): JudgedJourneys => ({
  journeys,
  customer,
  tests,
  persons: 200,
});

describe('chooseModel', () => {
  const all = [
    candidate('first', tested(0.5)),
    candidate('last', tested(0.4)),
    candidate('linear'),
  ];

  it('takes the best on held-out journeys, where there is no lift test', () => {
    const chosen = chooseModel(all, judged([]));
    expect(chosen?.candidate.model).toBe('last');
    expect(chosen?.credits).toBe(all[1]?.credits);
    expect(chosen?.reason).toBe('Without lift tests, last predicts held-out journeys best.');
  });

  it('takes none that is no better than the base rate', () => {
    expect(chooseModel([candidate('first', tested(0.7)), candidate('linear')], judged([]))).toBe(
      undefined,
    );
  });

  it('follows lift tests against held-out journeys, and draws credits to them', () => {
    const chosen = chooseModel(all, judged([liftTest('a', 60), liftTest('b', 0)]));
    expect(chosen?.candidate.model).toBe('first');
    expect(chosen?.reason).toBe('first fits the 2 lift tests best.');
    const credits = chosen?.credits as Candidate['credits'];
    expectWholeCredits(journeys, credits);
    const [a = 0, b = 0] = channelTotals(journeys, credits);
    // The model said 100 and 0; what the tests do not find is nobody's.
    expect(a).toBeGreaterThan(55);
    expect(a).toBeLessThan(65);
    expect(b).toBe(0);
    expect(credits.baseShare.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100 - a, 9);
  });

  it('scales channels without a test with the others', () => {
    const chosen = chooseModel([candidate('linear')], judged([liftTest('a', 25, 0.1)]));
    const totals = channelTotals(journeys, chosen?.credits as Candidate['credits']);
    expect(totals[0]).toBeCloseTo(25, 1);
    // One test of another channel: half of the way there, and a bit.
    expect(totals[1]).toBeGreaterThan(25);
    expect(totals[1]).toBeLessThan(40);
  });
});

describe('what journeys cannot hold of lift tests', () => {
  it('is said: a conversion has no more than its whole to give', () => {
    const chosen = chooseModel([candidate('linear')], judged([liftTest('a', 300, 1)]));
    const [a = 0] = channelTotals(journeys, chosen?.credits as Candidate['credits']);
    expect(a).toBeLessThan(100);
    expect(chosen?.warnings.at(-1)).toMatch(
      /^Lift tests say more .*: they hold \d\d of 300 conversions of "a"; the rest stays without credit\.$/,
    );
  });

  it('nor of a channel that the model gives nothing', () => {
    const chosen = chooseModel(
      [candidate('first')],
      judged([liftTest('a', 50, 1), liftTest('b', 50, 1)]),
    );
    expect(chosen?.warnings.at(-1)).toMatch(/they hold 0 of \d+ conversions of "b";/);
  });

  it('is nothing where they hold it all', () => {
    const chosen = chooseModel([candidate('first')], judged([liftTest('a', 60), liftTest('b', 0)]));
    expect(chosen?.warnings).toEqual([]);
  });
});

describe('confidence', () => {
  it('has four figures per channel, and the base beside them', () => {
    const tests = [liftTest('a', 90)];
    const models = [candidate('first', tested(0.5)), candidate('linear', tested(0.4))].map((one) =>
      confidenceOf(one, judged(tests)),
    );
    const spread = spreadOf([...models, confidenceOf(candidate('last'), judged(tests))]);
    const context = { conversionType: 't', conversionCount: 100, watchedUntil: 'w', spread };
    const [a, b, base] = models.flatMap((model) => confidenceRows(model, context));
    expect(a).toMatchObject({
      model: 'first',
      channel: 'a',
      conversion_share: 1,
      // last does not pass, and is not in the spread.
      spread_low_share: 0.5,
      spread_high_share: 1,
      spread_model_count: 2,
      held_out_status: 'passes',
      held_out_log_loss: 0.5,
      lift_status: 'disagrees',
      lift_test_count: 1,
      lift_standard_errors: 2,
    });
    expect(b).toMatchObject({ channel: 'b', lift_status: 'not validated', lift_test_count: 0 });
    expect(base).toMatchObject({ channel: '(base)', conversion_share: 0 });
    const columns = rawTables.model_confidence.columns.map(({ name }) => name);
    expect(Object.keys(a ?? {}).sort()).toEqual([...columns].sort());
  });

  it('says why a model was not tested', () => {
    const model = confidenceOf(candidate('linear'), judged([]));
    const context = { conversionType: 't', conversionCount: 100, watchedUntil: 'w', spread: [] };
    expect(confidenceRows(model, context)[0]).toMatchObject({
      held_out_status: 'not tested',
      held_out_reason: 'It predicts nothing.',
      held_out_log_loss: null,
      spread_low_share: null,
      spread_model_count: 0,
      lift_status: 'not validated',
      lift_standard_errors: null,
    });
  });
});
