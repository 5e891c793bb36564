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
    // The prior holds it back from 0.5 by as much as the tests are unsure.
    expect(choice.fits[0]?.scale).toBeCloseTo(0.506, 2);
    expect(choice.fits[0]?.chiSquare).toBeLessThan(0.1);
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
    const { effects, scale } = chooseByLiftTests([model('m', [500, 200, 100], some)], some);
    expect(effects[2]).toMatchObject({ channel: 'display', testCount: 0 });
    expect(effects[2]?.conversions).toBeCloseTo(100 * scale, 9);
    expect(effects[2]?.conversions).toBeGreaterThan(50);
    expect(effects[2]?.conversions).toBeLessThan(55);
  });

  it('lets a test speak for a channel that the model gives nothing', () => {
    const some = [test('search', 50, 1), test('social', 20, 1), test('display', 20, 1)];
    const { effects } = chooseByLiftTests([model('m', [500, 200, 0], some)], some);
    expect(effects[2]?.conversions).toBeGreaterThan(150);
  });

  it('does not let one test that finds nothing wipe out every channel', () => {
    const some = [test('search', 0, 10)];
    const { effects } = chooseByLiftTests([model('m', [1000, 1000, 1000], some)], some);
    const [tested, other] = effects;
    expect(tested?.conversions).toBeLessThan(150);
    expect(other?.conversions).toBeGreaterThan(300);
    // Nobody knows how far the others are off with it.
    expect(other?.standardError).toBeGreaterThan(300);
    expect(other?.scaleError).toBeGreaterThan(100);
  });

  it('keeps what tests find beside one that finds harm, and warns', () => {
    const some = [test('search', 80, 10), test('social', -200, 10)];
    const choice = chooseByLiftTests([model('m', [1000, 1000, 1000], some)], some);
    expect(choice.effects[0]?.conversions).toBeCloseTo(800, -1);
    expect(choice.effects[1]?.conversions).toBe(0);
    expect(choice.effects[2]?.conversions).toBeGreaterThan(300);
    expect(choice.warning).toMatch(/contradict the model at any scale/);
  });

  it('warns of tests of one channel that contradict each other, and trusts them less', () => {
    const some = [test('search', 80, 5), test('search', -80, 5)];
    const choice = chooseByLiftTests([model('m', [1000, 1000, 1000], some)], some);
    expect(choice.warning).toMatch(/^The lift tests of "search" contradict each other/);
    expect(choice.effects[0]?.standardError).toBeGreaterThan(300);
    const alike = [test('search', 80, 5), test('search', 90, 5)];
    expect(chooseByLiftTests([model('m', [1000, 1000, 1000], alike)], alike).warning).toBe(
      undefined,
    );
  });

  it('leaves the model almost as it was where tests say nothing', () => {
    const conversions = fc.double({ min: 1, max: 1e4, noNaN: true });
    const vague = fc.record({
      channel: fc.constantFrom(...channels),
      // Within a standard error of nothing, which is 100 times what the model finds.
      place: fc.double({ min: -1, max: 1, noNaN: true }),
      factor: fc.double({ min: 100, max: 1e300, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.tuple(conversions, conversions, conversions),
        fc.array(vague, { minLength: 1, maxLength: 4 }),
        (credits, given) => {
          const all = credits.reduce((sum, value) => sum + value, 0);
          const some = given.map(({ channel, place, factor }) =>
            test(channel, place * factor * all, factor * all),
          );
          const { effects } = chooseByLiftTests([model('m', credits, some)], some);
          effects.forEach((effect, index) => {
            const own = credits[index] as number;
            expect(Math.abs(effect.conversions - own)).toBeLessThan(0.03 * own + 0.02 * all);
          });
        },
      ),
    );
  });

  it('says what decided between models that fit alike', () => {
    const reasonOf = (...models: ModelEffects[]) => chooseByLiftTests(models, tests).reason;
    const nearest = reasonOf(model('a', [1010, 400, 0], tests), model('b', [1000, 400, 0], tests));
    expect(nearest).toBe(
      'b is the nearest to the tests of 2 models that fit the 3 lift tests equally well, none of which is known to predict held-out journeys.',
    );
    const same = [model('b', [1000, 400, 0], tests), model('a', [1000, 400, 0], tests)] as const;
    expect(reasonOf(...same)).toMatch(/^a is the first by name of 2 models/);
    const only = model('c', [1010, 400, 0], tests, 0.3);
    expect(reasonOf(...same, only)).toMatch(/^c is the only one with a held-out fit of 3 models/);
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
