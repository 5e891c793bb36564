import { liftAgreement } from '@tributary/functions/attribution/confidence/lift-agreement';
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

  it('takes the scale of the totals into account', () => {
    expect(liftAgreement(effects, tests, 10 / 13)[1]).toMatchObject({ status: 'agrees' });
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
