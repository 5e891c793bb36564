import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import { trainMarkov } from '@tributary/functions/attribution/models/markov/train';
import { byName, journeysOf, path } from '../support';

const ORDERS = [1, 2, 3, 4];

function effectsOf(paths: ReturnType<typeof path>[], order: number) {
  const journeys = journeysOf(paths);
  const fit = trainMarkov(journeys, order);
  expect(fit.converged).toBe(true);
  return byName(journeys, fit.parameters.removalEffects);
}

describe.each(ORDERS)('trainMarkov of order %i', (order) => {
  it('has no effects without conversions', () => {
    expect(effectsOf([path('a b', 0, 3), path('b', 0, 1)], order)).toEqual({ a: 0, b: 0 });
  });

  it('has no channels without touches', () => {
    expect(effectsOf([path('', 3, 2)], order)).toEqual({});
    expect(effectsOf([], order)).toEqual({});
  });

  it('takes journeys that all convert', () => {
    const effects = effectsOf([path('a b', 3), path('b', 1)], order);
    expect(effects.a).toBeCloseTo(0.75, 12);
    expect(effects.b).toBeCloseTo(1, 12);
  });

  it('gives nothing to a channel that never converts, and all to a single one', () => {
    const effects = effectsOf([path('a', 1, 1), path('b', 0, 5)], order);
    expect(effects).toEqual({ a: expect.closeTo(1, 12), b: 0 });
    expect(effectsOf([path('a', 2, 7)], order)).toEqual({ a: expect.closeTo(1, 12) });
  });

  it('leaves out what happened 0 times', () => {
    expect(effectsOf([path('a', 1), path('b', 0, 0)], order)).toEqual({
      a: expect.closeTo(1, 12),
      b: 0,
    });
  });

  it('takes a channel that follows on itself', () => {
    const effects = effectsOf([path('a a a a a', 1, 1), path('a b b', 0, 1)], order);
    expect(effects.a).toBeCloseTo(1, 12);
    expect(effects.b).toBeCloseTo(0, 12);
  });

  it('takes paths of 10,000 touches', () => {
    const touches = Array.from({ length: 10_000 }, (_, at) => 'abc'[(at * at + (at >> 3)) % 3]);
    const effects = effectsOf([path(touches.join(' '), 1, 1), path('d', 3, 3)], order);
    expect(effects.a).toBeCloseTo(0.25, 6);
    expect(effects.d).toBeCloseTo(0.75, 6);
  });
});

it('takes 200 channels at order 4', () => {
  const random = seededRandom(3);
  const paths = Array.from({ length: 3000 }, () => {
    const length = 1 + Math.floor(random() * 9);
    const touches = Array.from({ length }, () => `c${Math.floor(random() ** 2 * 200)}`);
    return path(touches.join(' '), random() < 0.2 ? 1 : 0, 1);
  });
  const journeys = journeysOf(paths);
  const { parameters, converged, diagnostics } = trainMarkov(journeys, 4);
  expect(converged).toBe(true);
  expect(journeys.channels.length).toBeGreaterThan(190);
  expect(diagnostics.stateCount).toBeGreaterThan(9000);
  // Nearly every state is met once: what is lost without a channel are the paths through it.
  const lost = (channel: string) =>
    paths
      .filter(({ touches }) => touches.includes(channel))
      .reduce((sum, { conversions }) => sum + conversions, 0);
  const all = paths.reduce((sum, { conversions }) => sum + conversions, 0);
  const effects = byName(journeys, parameters.removalEffects);
  expect(Math.abs((effects.c0 as number) - lost('c0') / all)).toBeLessThan(0.02);
});

it.each([0, 5, 1.5, Number.NaN])('refuses order %d', (order) => {
  expect(() => trainMarkov(journeysOf([path('a', 1)]), order)).toThrow(
    `The order of a Markov model is 1, 2, 3 or 4, not ${order}.`,
  );
});

it('refuses more channels than its states have numbers for', () => {
  const paths = Array.from({ length: 1600 }, (_, at) => path(`c${at}`, 1));
  expect(() => trainMarkov(journeysOf(paths), 4)).toThrow(
    '1600 channels are too many for a Markov model of order 4; use a lower order or group channels.',
  );
  expect(trainMarkov(journeysOf(paths), 3).converged).toBe(true);
});

it('takes thousands of channels at order 1, whose inverse would take minutes', () => {
  // A ring, so that all channels have one effect: of 1,600 journeys, each channel is in two.
  const channels = Array.from({ length: 1600 }, (_, at) => `c${at}`);
  const paths = channels.map((channel, at) => path(`${channel} ${channels.at(at - 1)}`, 1));
  const { parameters, converged, diagnostics } = trainMarkov(journeysOf(paths), 1);
  expect([converged, diagnostics.sweeps > 0]).toEqual([true, true]);
  const [first = 0] = parameters.removalEffects;
  expect(first).toBeGreaterThan(1 / 1600);
  for (const effect of parameters.removalEffects) expect(effect).toBeCloseTo(first, 10);
});

it('refuses channels and transitions that would take hours', () => {
  const touches = Array.from({ length: 45_000 }, (_, at) => `c${at}`);
  expect(() => trainMarkov(journeysOf([path(touches.join(' '), 1, 1)]), 1)).toThrow(
    'A Markov model of 45000 channels and 45000 transitions would take hours: put rare channels together.',
  );
});
