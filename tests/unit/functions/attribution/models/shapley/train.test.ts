import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import type { ModelJourneys } from '@tributary/functions/attribution/models/model-journeys';
import type { Game } from '@tributary/functions/attribution/models/shapley/game';
import { scoreShapley } from '@tributary/functions/attribution/models/shapley/score';
import { trainShapley } from '@tributary/functions/attribution/models/shapley/train';
import { channelTotals } from '@tributary/functions/attribution/models/touch-credits';
import * as fc from 'fast-check';
import { byName, journeysOf, path, somePaths, sumsByJourney, type TestPath } from '../support';

const games = fc.constantFrom<Game>('rate', 'conversions');

function valuesOf(paths: readonly TestPath[], game?: Game): Record<string, number> {
  const journeys = journeysOf(paths);
  const options = { random: seededRandom(1), ...(game === undefined ? {} : { game }) };
  return byName(journeys, trainShapley(journeys, options).parameters.values);
}

/** What journeys within a set of channels come to, by the definition. */
function worthOf(paths: readonly TestPath[], game: Game, channels: readonly string[]): number {
  const within = paths.filter(({ touches }) => touches.every((name) => channels.includes(name)));
  const conversions = within.reduce((sum, one) => sum + one.conversions, 0);
  const nulls = within.reduce((sum, one) => sum + one.nulls, 0);
  if (game === 'conversions') return conversions;
  return conversions === 0 ? 0 : conversions / (conversions + nulls);
}

/** Shapley values as the mean gain over all orders, one by one. */
function valuesByOrders(paths: readonly TestPath[], game: Game): Record<string, number> {
  const counted = paths.filter(({ conversions, nulls }) => conversions + nulls > 0);
  const channels = [...new Set(counted.flatMap(({ touches }) => touches))];
  const values = Object.fromEntries(
    [...new Set(paths.flatMap(({ touches }) => touches))].map((name) => [name, 0]),
  );
  const orders = permutations(channels);
  for (const order of orders) {
    order.forEach((name, at) => {
      const before = worthOf(counted, game, order.slice(0, at));
      const after = worthOf(counted, game, order.slice(0, at + 1));
      values[name] = (values[name] as number) + (after - before) / orders.length;
    });
  }
  return values;
}

function permutations(items: readonly string[]): string[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) =>
    permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]),
  );
}

describe('trainShapley', () => {
  it('is the mean gain over all orders', () => {
    fc.assert(
      fc.property(somePaths(), games, (paths, game) => {
        const expected = valuesByOrders(paths, game);
        for (const [name, value] of Object.entries(valuesOf(paths, game))) {
          expect(value).toBeCloseTo(expected[name] as number, 10);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('gives away what all channels are worth beyond none (efficiency)', () => {
    fc.assert(
      fc.property(somePaths([...'abcdefghij']), games, (paths, game) => {
        const sum = Object.values(valuesOf(paths, game)).reduce((all, value) => all + value, 0);
        const all = worthOf(paths, game, [...'abcdefghij']);
        expect(sum).toBeCloseTo(all - worthOf(paths, game, []), 10);
      }),
    );
  });

  it('gives the same to channels that do the same (symmetry), and is free of order and repetition', () => {
    const swap = (name: string) => ({ a: 'b', b: 'a' })[name] ?? name;
    fc.assert(
      fc.property(somePaths(), games, (paths, game) => {
        const swapped = paths.map((one) => ({ ...one, touches: one.touches.map(swap) }));
        const backwards = swapped.map((one) => ({
          ...one,
          touches: [...one.touches, ...one.touches].toReversed(),
        }));
        const { a, b } = valuesOf([...paths, ...backwards], game);
        expect(a).toBeCloseTo(b ?? (a as number), 10);
      }),
    );
  });

  it('gives nothing to a channel that changes nothing (dummy)', () => {
    fc.assert(
      fc.property(somePaths(), games, (paths, game) => {
        // Every journey once with and once without the channel: no rate changes by it.
        const withIt = paths.map((one) => ({ ...one, touches: [...one.touches, 'idle'] }));
        const both = game === 'rate' ? [...paths, ...withIt, path('idle', 0, 0)] : paths;
        const values = valuesOf([...both, path('idle', 0, 0)], game);
        const empty = paths.some(({ touches }) => touches.length === 0);
        if (game === 'conversions' || empty) expect(values.idle).toBeCloseTo(0, 10);
      }),
    );
  });

  it('comes to equal shares of distinct channels where all journeys convert', () => {
    fc.assert(
      fc.property(somePaths(), (paths) => {
        const all = paths.map((one) => ({ ...one, nulls: 0 }));
        const journeys = journeysOf(all);
        const { parameters } = trainShapley(journeys, { random: seededRandom(1) });
        expect(parameters.game).toBe('conversions');
        const totals = channelTotals(journeys, scoreShapley(journeys, parameters));
        totals.forEach((total, code) => {
          expect(total).toBeCloseTo(parameters.values[code] as number, 9);
        });
      }),
    );
  });

  it('takes no journeys, none with touches, and none that converts', () => {
    expect(valuesOf([])).toEqual({});
    expect(valuesOf([path('', 2, 1)])).toEqual({});
    expect(valuesOf([path('a b', 0, 1)])).toEqual({ a: 0, b: 0 });
  });
});

/** Journeys over so many channels, some of which convert better. */
function shop(channelCount: number, journeyCount = 2000): ModelJourneys {
  const random = seededRandom(5);
  const paths = Array.from({ length: journeyCount }, () => {
    const length = 1 + Math.floor(random() * 5);
    const codes = Array.from({ length }, () => Math.floor(random() ** 2 * channelCount));
    const converts = random() < 0.05 + 0.02 * (codes[0] as number);
    return path(codes.map((code) => `c${code}`).join(' '), converts ? 1 : 0, converts ? 0 : 1);
  });
  return journeysOf(paths);
}

describe('sampled Shapley values', () => {
  it('lie within 4 standard errors of the exact ones', () => {
    const journeys = shop(12);
    const exact = trainShapley(journeys, { random: seededRandom(1) });
    const sampled = trainShapley(journeys, { random: seededRandom(2), mostExact: 0 });
    expect(exact.diagnostics.isExact).toBe(true);
    expect(sampled.diagnostics).toMatchObject({ isExact: false, permutationCount: 1000 });
    let off = 0;
    sampled.parameters.values.forEach((value, code) => {
      const error = Math.abs(value - (exact.parameters.values[code] as number));
      const standardError = sampled.diagnostics.standardErrors[code] as number;
      expect(standardError).toBeGreaterThan(0);
      expect(error).toBeLessThan(4 * standardError);
      off += (error / standardError) ** 2;
    });
    // Errors are as large as they say, not smaller either: their squares are about 1 on average.
    expect(off / 12).toBeGreaterThan(0.2);
    expect(off / 12).toBeLessThan(4);
  });

  it('have a sum without error, and the same numbers for the same seed', () => {
    const journeys = shop(30);
    const [first, again, other] = [7, 7, 8].map((seed) =>
      trainShapley(journeys, { random: seededRandom(seed), pairs: 20 }),
    );
    expect(first?.diagnostics.isExact).toBe(false);
    expect(first?.stopReason).toBe('Mean over 40 orders of 30 channels.');
    expect(first?.parameters.values).toEqual(again?.parameters.values);
    expect(first?.parameters.values).not.toEqual(other?.parameters.values);
    const converted = journeys.conversions.reduce((sum, count) => sum + count, 0);
    const sum = first?.parameters.values.reduce((all, value) => all + value, 0);
    expect(sum).toBeCloseTo(converted / journeys.journeyCount, 10);
  });

  it('are exact to 20 channels', () => {
    const { diagnostics } = trainShapley(shop(20, 300), { random: seededRandom(1) });
    expect(diagnostics.isExact).toBe(true);
  });
});

describe('scoreShapley', () => {
  const parameters = (values: number[]) => ({
    game: 'rate' as const,
    channels: ['a', 'b', 'c'],
    values: Float64Array.from(values),
  });

  it('shares by value among distinct channels, then among the touches of each', () => {
    const journeys = journeysOf([path('a b a', 1), path('b c', 1), path('c new', 1), path('', 1)]);
    const { credit, baseShare } = scoreShapley(journeys, parameters([0.2, 0.6, -0.1]));
    [0.125, 0.75, 0.125, 1, 0, 0.5, 0.5].forEach((share, touch) => {
      expect(credit[touch]).toBeCloseTo(share, 14);
    });
    expect([...baseShare]).toEqual([0, 0, 0, 1]);
  });

  it('shares each conversion once', () => {
    fc.assert(
      fc.property(somePaths(), (paths) => {
        const journeys = journeysOf(paths);
        const { parameters: fitted } = trainShapley(journeys, { random: seededRandom(1) });
        const sums = sumsByJourney(journeys, scoreShapley(journeys, fitted));
        sums.forEach((sum, journey) => {
          expect(sum).toBeCloseTo((journeys.conversions[journey] as number) > 0 ? 1 : 0, 12);
        });
      }),
    );
  });
});
