import { calibratedShares } from '@tributary/functions/attribution/confidence/calibrated-shares';
import {
  chosenAgreement,
  liftAgreement,
} from '@tributary/functions/attribution/confidence/lift-agreement';
import { spreadOverModels } from '@tributary/functions/attribution/confidence/model-spread';

describe('liftAgreement', () => {
  const test = (channel: string, incrementalConversions: number, standardError: number) => ({
    channel,
    incrementalConversions,
    standardError,
    startDay: 1,
    endDay: 2,
    population: 10,
  });
  const tests = [test('a', 10, 3), test('a', 14, 4), test('b', 10, 1)];
  const effects = {
    model: 'm',
    channels: ['a', 'b', 'c'],
    conversions: Float64Array.of(100, 100, 100),
    predicted: Float64Array.of(12, 12, 13),
  };

  it('puts tests of a channel together, and says where there was none', () => {
    const [a, b, c] = liftAgreement(effects, tests);
    // Precisions 1/9 and 1/16: (2/9 - 2/16) over the root of their sum.
    expect(a?.standardErrors).toBeCloseTo((2 / 9 - 2 / 16) / Math.sqrt(1 / 9 + 1 / 16), 10);
    expect(a).toMatchObject({ status: 'agrees', testCount: 2 });
    expect(b).toMatchObject({ status: 'disagrees', standardErrors: 3 });
    expect(c).toEqual({
      channel: 'c',
      status: 'not validated',
      testCount: 0,
      standardErrors: null,
    });
  });

  it('takes errors of the predictions into account', () => {
    const errors = Float64Array.of(0, 0, 2);
    expect(liftAgreement(effects, tests, errors)[1]).toMatchObject({
      status: 'agrees',
      standardErrors: expect.closeTo(3 / Math.sqrt(5), 12),
    });
  });
});

describe('chosenAgreement', () => {
  const test = (channel: string, incrementalConversions: number) => ({
    channel,
    incrementalConversions,
    standardError: 1,
    startDay: 1,
    endDay: 2,
    population: 10,
  });
  const model = (tests: readonly { channel: string }[]) => ({
    model: 'm',
    channels: ['a', 'b', 'c'],
    conversions: Float64Array.of(100, 100, 100),
    predicted: Float64Array.from(tests, () => 100),
  });

  it('judges by each test as if it had not been seen', () => {
    // Drawn to all three, c would be met; from the others it is expected at about 100.
    const tests = [test('a', 100), test('b', 101), test('c', 10)];
    const [, , c] = chosenAgreement([model(tests)], tests);
    expect(c).toMatchObject({ channel: 'c', testCount: 1, status: 'disagrees' });
    expect(c?.standardErrors).toBeGreaterThan(2);
    const right = [test('a', 100), test('b', 101), test('c', 99)];
    expect(chosenAgreement([model(right)], right).map(({ status }) => status)).toEqual([
      'agrees',
      'agrees',
      'agrees',
    ]);
  });

  it('does not call it agreement to meet the only test', () => {
    const tests = [test('a', 10)];
    const [a, b] = chosenAgreement([model(tests)], tests);
    expect(a).toEqual({ channel: 'a', status: 'drawn to it', testCount: 1, standardErrors: null });
    expect(b).toMatchObject({ status: 'not validated', testCount: 0 });
  });
});

describe('calibratedShares', () => {
  const shares = [
    { channel: 'a', share: 0.5, low: 0.47, high: 0.54 },
    { channel: '(base)', share: 0.5, low: 0.46, high: 0.53 },
  ];
  const effect = { channel: 'a', modelConversions: 60, conversions: 50, testCount: 1 };

  it('widens intervals by what tests leave open', () => {
    const effects = [{ ...effect, standardError: 5, scaleError: 3 }];
    const [a, base] = calibratedShares(shares, effects, 100);
    expect(a?.low).toBeCloseTo(0.5 - Math.hypot(0.03, 1.645 * 0.05), 12);
    expect(a?.high).toBeCloseTo(0.5 + Math.hypot(0.04, 1.645 * 0.05), 12);
    // One channel: what it has not is the base's.
    expect(base?.high).toBeCloseTo(0.5 + Math.hypot(0.03, 1.645 * 0.05), 12);
  });

  it('leaves them where nothing is open, and within 0 and 1', () => {
    const sure = [{ ...effect, standardError: 0, scaleError: 0 }];
    expect(calibratedShares(shares, sure, 100)[0]?.low).toBeCloseTo(0.47, 12);
    const open = [{ ...effect, standardError: 900, scaleError: 0 }];
    expect(calibratedShares(shares, open, 100)[0]).toMatchObject({ low: 0, high: 1 });
  });
});

describe('spreadOverModels', () => {
  it('is over models that pass, and knows that a model may lack a channel', () => {
    const spread = spreadOverModels([
      { model: 'x', passes: true, shares: { a: 0.5, b: 0.5 } },
      { model: 'y', passes: true, shares: { a: 0.9, '(base)': 0.1 } },
      { model: 'z', passes: false, shares: { a: 0, b: 1 } },
    ]);
    expect(spread).toEqual([
      { channel: '(base)', low: 0, high: 0.1, models: ['x', 'y'] },
      { channel: 'a', low: 0.5, high: 0.9, models: ['x', 'y'] },
      { channel: 'b', low: 0, high: 0.5, models: ['x', 'y'] },
    ]);
  });

  it('is empty where no model passes', () => {
    expect(spreadOverModels([{ model: 'z', passes: false, shares: { a: 1 } }])).toEqual([]);
  });
});
