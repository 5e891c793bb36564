import { chooseByLiftTests } from '@tributary/functions/attribution/lift/choose';
import type { LiftTest, ModelEffects } from '@tributary/functions/attribution/lift/lift-test';
import { UserError } from '@tributary/functions/shared/errors';
import fc from 'fast-check';

const channels = ['search', 'social', 'display'];
const test = (channel: string, incrementalConversions: number, standardError = 5): LiftTest => ({
  channel,
  startDay: 100,
  endDay: 127,
  incrementalConversions,
  standardError,
  population: 1000,
});
/** A model that credits the channels so, and of which the tests cover a tenth. */
const model = (
  name: string,
  conversions: readonly number[],
  tests: readonly LiftTest[],
  heldOutLogLoss?: number,
): ModelEffects => ({
  model: name,
  channels,
  conversions: Float64Array.from(conversions),
  predicted: Float64Array.from(
    tests,
    ({ channel }) => (conversions[channels.indexOf(channel)] as number) / 10,
  ),
  ...(heldOutLogLoss === undefined ? {} : { heldOutLogLoss }),
});

describe('chooseByLiftTests', () => {
  const tests = [test('search', 50), test('social', 20), test('display', 0)];

  it('takes the model that the tests fit, at the scale that fits it', () => {
    const right = model('right', [1000, 400, 0], tests);
    const wrong = model('wrong', [300, 400, 700], tests);
    const choice = chooseByLiftTests([wrong, right], tests);
    expect(choice.model).toBe('right');
    expect(choice.fits.map((fit) => fit.model)).toEqual(['right', 'wrong']);
    expect(choice.fits[0]?.scale).toBeCloseTo(0.5, 10);
    expect(choice.fits[0]?.chiSquare).toBeCloseTo(0, 10);
    expect(choice.reason).toBe('right fits the 3 lift tests best.');
  });

  it('lets held-out journeys decide between models that fit alike', () => {
    const models = [
      model('none', [1000, 400, 0], tests),
      model('worse', [1001, 400, 0], tests, 0.31),
      model('better', [1000, 410, 0], tests, 0.3),
      model('far', [0, 0, 900], tests, 0.1),
    ];
    const choice = chooseByLiftTests(models, tests);
    expect(choice.fits.map((fit) => fit.model)).toEqual(['better', 'worse', 'none', 'far']);
    expect(choice.reason).toMatch(/^better is the best on held-out journeys of 3 models/);
  });

  it('draws a tested channel to its test, the more the surer the test', () => {
    const effectOf = (standardError: number) => {
      const some = [test('search', 50), test('social', 20), test('display', 30, standardError)];
      const choice = chooseByLiftTests([model('m', [500, 200, 100], some)], some);
      return choice.effects[2]?.conversions as number;
    };
    expect(effectOf(0.01)).toBeCloseTo(300, 0);
    expect(effectOf(10)).toBeLessThan(effectOf(1));
    expect(effectOf(1000)).toBeLessThan(110);
  });

  it('scales what was not tested', () => {
    const some = [test('search', 25, 0.1), test('social', 10, 0.1)];
    const { effects } = chooseByLiftTests([model('m', [500, 200, 100], some)], some);
    expect(effects[2]).toMatchObject({ channel: 'display', testCount: 0 });
    expect(effects[2]?.conversions).toBeCloseTo(50, 6);
  });

  it('lets a test speak for a channel that the model gives nothing', () => {
    const some = [test('search', 50, 1), test('social', 20, 1), test('display', 20, 1)];
    const { effects } = chooseByLiftTests([model('m', [500, 200, 0], some)], some);
    expect(effects[2]?.conversions).toBeGreaterThan(150);
  });

  it('never gives NaN nor less than nothing', () => {
    const number = fc.double({ min: 0, max: 1e6, noNaN: true });
    const anyTest = fc.record({
      channel: fc.constantFrom(...channels),
      value: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
      error: fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 4 }),
        fc.array(anyTest, { minLength: 1, maxLength: 6 }),
        (credits, given) => {
          const some = given.map(({ channel, value, error }) => test(channel, value, error));
          const models = credits.map((conversions, index) => model(`m${index}`, conversions, some));
          for (const { conversions, standardError } of chooseByLiftTests(models, some).effects) {
            expect(conversions).toBeGreaterThanOrEqual(0);
            expect(standardError).toBeGreaterThanOrEqual(0);
          }
        },
      ),
    );
  });

  it.each([
    [{ channel: 'radio' }, /names a channel that no journey has/],
    [{ standardError: 0 }, /has the standard error 0/],
    [{ incrementalConversions: Number.NaN }, /has no number of incremental conversions/],
    [{ population: 0 }, /has a population of 0/],
    [{ endDay: 99 }, /ends before it starts/],
  ])('refuses a test with %j', (change, message) => {
    const wrong = [{ ...test('search', 5), ...change }];
    const choose = () => chooseByLiftTests([model('m', [1, 2, 3], [])], wrong);
    expect(choose).toThrow(UserError);
    expect(choose).toThrow(message);
  });

  it('refuses no tests, and no models', () => {
    expect(() => chooseByLiftTests([], tests)).toThrow(/at least one model and one test/);
    expect(() => chooseByLiftTests([model('m', [1, 2, 3], [])], [])).toThrow(UserError);
  });
});
