import {
  scoreMarkov,
  shareByEffect,
  trainMarkov,
} from '@tributary/functions/attribution/models/markov/train';
import { readPaths } from '@tributary/functions/attribution/paths/read-paths';
import * as fc from 'fast-check';
import {
  byName,
  journeysOf,
  path,
  pathData,
  somePaths,
  sumsByJourney,
  type TestPath,
} from '../support';

const toy = [path('c1 c2 c3', 1), path('c1', 0, 1), path('c2 c3', 0, 1)];
const ORDERS = [1, 2, 3, 4];

function effectsOf(paths: readonly TestPath[], order: number): Record<string, number> {
  const journeys = journeysOf(paths);
  return byName(journeys, trainMarkov(journeys, order).parameters.removalEffects);
}

/**
 * The same effects by playing the chain forward from the start: the probability of being in each
 * state after each step, until what is still on its way no longer counts.
 */
function effectsByPlaying(paths: readonly TestPath[], order: number): Record<string, number> {
  const counts = new Map<string, Map<string, number>>();
  const add = (state: string, next: string, times: number) => {
    const row = counts.get(state) ?? new Map<string, number>();
    counts.set(state, row.set(next, (row.get(next) ?? 0) + times));
  };
  for (const { touches, conversions, nulls } of paths) {
    if (touches.length === 0 || conversions + nulls === 0) continue;
    const states = touches.map((_, at) => touches.slice(Math.max(0, at + 1 - order), at + 1));
    const names = ['', ...states.map((state) => state.join(' '))];
    names.slice(1).forEach((next, at) => {
      add(names[at] as string, next, conversions + nulls);
    });
    add(names.at(-1) as string, '(converted)', conversions);
    add(names.at(-1) as string, '(lost)', nulls);
  }
  const convertedWithout = (removed: string | undefined): number => {
    let converted = 0;
    let at = new Map([['', 1]]);
    for (let step = 0; step < 3000 && at.size > 0; step += 1) {
      const next = new Map<string, number>();
      for (const [state, mass] of at) {
        const row = counts.get(state) ?? new Map<string, number>();
        const total = [...row.values()].reduce((sum, times) => sum + times, 0);
        for (const [to, times] of row) {
          const moved = (mass * times) / total;
          if (to === '(converted)') converted += moved;
          else if (to !== '(lost)' && to.split(' ').at(-1) !== removed && moved > 1e-16) {
            next.set(to, (next.get(to) ?? 0) + moved);
          }
        }
      }
      at = next;
    }
    return converted;
  };
  const all = convertedWithout(undefined);
  const channels = [...new Set(paths.flatMap(({ touches }) => touches))];
  return Object.fromEntries(
    channels.map((channel) => [channel, all === 0 ? 0 : 1 - convertedWithout(channel) / all]),
  );
}

describe('trainMarkov', () => {
  it.each(ORDERS)('solves the toy exactly at order %i', (order) => {
    const effects = effectsOf(toy, order);
    // From order 3 on, what ended in c1 > c2 > c3 is known to have come through c1.
    const c1 = order < 3 ? 0.5 : 1;
    expect(effects.c1).toBeCloseTo(c1, 14);
    expect(effects.c2).toBeCloseTo(1, 14);
    expect(effects.c3).toBeCloseTo(1, 14);
    const journeys = journeysOf(toy);
    const { parameters } = trainMarkov(journeys, 1);
    const shares = shareByEffect(parameters.removalEffects, 1);
    [0.2, 0.4, 0.4].forEach((share, code) => {
      expect(shares[code]).toBeCloseTo(share, 14);
    });
  });

  it('agrees with the chain played forward', () => {
    fc.assert(
      fc.property(somePaths(), fc.constantFrom(...ORDERS), (paths, order) => {
        const played = effectsByPlaying(paths, order);
        for (const [channel, effect] of Object.entries(effectsOf(paths, order))) {
          expect(Math.abs(effect - (played[channel] as number))).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same by its closed form and by sweeps', () => {
    // Paths of one touch have the same states at every order.
    const paths = [path('a', 3, 2), path('b', 1, 4), path('c', 0, 1)];
    const [closed, swept] = [effectsOf(paths, 1), effectsOf(paths, 2)];
    for (const channel of 'abc') expect(swept[channel]).toBeCloseTo(closed[channel] as number, 14);
  });

  it('takes channels by any name, counts in any unit, and journeys in any order', () => {
    fc.assert(
      fc.property(somePaths(), fc.constantFrom(...ORDERS), (paths, order) => {
        const effects = effectsOf(paths, order);
        const renamed = paths.map((one) => ({
          ...one,
          touches: one.touches.map((name) => `${'dcba'['abcd'.indexOf(name)]}'`),
        }));
        const doubled = paths.map((one) => ({
          ...one,
          conversions: 2 * one.conversions,
          nulls: 2 * one.nulls,
        }));
        const again = effectsOf(renamed.toReversed(), order);
        const twice = effectsOf(doubled, order);
        for (const [channel, effect] of Object.entries(effects)) {
          expect(again[`${'dcba'['abcd'.indexOf(channel)]}'`]).toBeCloseTo(effect, 9);
          expect(twice[channel]).toBeCloseTo(effect, 9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('shares all conversions, and each one once', () => {
    fc.assert(
      fc.property(somePaths(), fc.constantFrom(...ORDERS), (paths, order) => {
        const journeys = journeysOf(paths);
        const { parameters } = trainMarkov(journeys, order);
        const shares = shareByEffect(parameters.removalEffects, 100);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 9);
        const sums = sumsByJourney(journeys, scoreMarkov(journeys, parameters));
        sums.forEach((sum, journey) => {
          expect(sum).toBeCloseTo((journeys.conversions[journey] as number) > 0 ? 1 : 0, 12);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('finds the effects on value', () => {
    const journeys = journeysOf([path('a b', 1), path('a', 1), path('b', 1)]);
    const { parameters } = trainMarkov(journeys, 2, Float64Array.of(10, 20, 70));
    expect(byName(journeys, parameters.removalEffects)).toEqual({
      a: expect.closeTo(2 / 3, 12),
      b: expect.closeTo(2 / 3, 12),
    });
    expect(parameters.valueRemovalEffects?.[0]).toBeCloseTo(0.3, 12);
    expect(parameters.valueRemovalEffects?.[1]).toBeCloseTo(0.8, 12);
  });

  it('scores journeys by the effects of their touches, known by name', () => {
    const { parameters } = trainMarkov(journeysOf(toy), 1);
    const journeys = journeysOf([path('c3 c1 c1', 1), path('new c2', 1), path('new', 1)]);
    const { credit } = scoreMarkov(journeys, parameters);
    [0.5, 0.25, 0.25, 0, 1, 1].forEach((share, touch) => {
      expect(credit[touch]).toBeCloseTo(share, 14);
    });
  });
});

const describeWithData = pathData === undefined ? describe.skip : describe;
if (pathData === undefined) {
  console.warn('Skipped: ../shared/data/attribution is absent, so there are no golden values.');
}

describeWithData('golden values of the Markov model', () => {
  const golden: Record<string, readonly number[]> = {
    eta: [3340.847, 3391.858, 3396.071, 3401.827],
    iota: [3884.615, 3810.511, 3791.029, 3771.938],
    alpha: [5344.948, 5617.454, 5748.099, 5814.108],
    beta: [2527.352, 2439.649, 2405.534, 2401.274],
    theta: [1971.913, 1902.474, 1849.813, 1816.535],
    lambda: [1282.847, 1189.472, 1150.74, 1139.752],
    kappa: [274.363, 266.027, 264.239, 260.931],
    mi: [1.722, 2.073, 2.127, 2.155],
  };

  it.each(ORDERS)('order %i', async (order) => {
    const journeys = await readPaths(pathData as string);
    const { parameters, converged, diagnostics } = trainMarkov(journeys, order);
    expect(converged).toBe(true);
    expect(diagnostics.remaining).toBeLessThan(1e-12);
    const credits = byName(journeys, shareByEffect(parameters.removalEffects, 19785));
    for (const [channel, orders] of Object.entries(golden)) {
      expect(Math.abs((credits[channel] as number) - (orders[order - 1] as number))).toBeLessThan(
        1e-3,
      );
    }
  });
});
