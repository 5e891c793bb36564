import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import { Booster, boostUntil, type Rows } from '@tributary/functions/attribution/models/gbdt/boost';
import { GBDT_DEFAULTS } from '@tributary/functions/attribution/models/gbdt/parameters';
import { train } from '@tributary/functions/attribution/models/gbdt/train';
import { splitByTime } from '@tributary/functions/attribution/models/observation/time-split';
import { hazardJourneys } from '../timed-journeys';

/** Outcomes follow the first of three features; weights are whole, so that covers add up exactly. */
function anyRows(rowCount: number, seed: number): Rows {
  const random = seededRandom(seed);
  const features = Float64Array.from({ length: 3 * rowCount }, (_, at) =>
    at % 3 === 2
      ? random() < 0.9
        ? Number.POSITIVE_INFINITY
        : random()
      : Math.round(9 * random()),
  );
  const outcomes = Float64Array.from({ length: rowCount }, (_, row) =>
    random() < (features[3 * row] as number) / 10 ? 1 : 0,
  );
  return { rowCount, width: 3, features, outcomes, weights: new Float64Array(rowCount).fill(2) };
}

describe('a booster', () => {
  const rows = anyRows(500, 1);

  it('has the same first trees, however many are asked for and in what order', () => {
    const [few, many] = [new Booster(rows, GBDT_DEFAULTS), new Booster(rows, GBDT_DEFAULTS)];
    const ten = few.ensemble(10);
    expect(many.ensemble(30).trees.slice(0, 10)).toEqual(ten.trees);
    expect(many.ensemble(10)).toEqual(ten);
    expect(few.tree(29)).toEqual(many.tree(29));
  });

  it('covers of children add up to that of their parent, and the root has all weight', () => {
    for (const tree of new Booster(rows, GBDT_DEFAULTS).ensemble(5).trees) {
      expect(tree.cover[0]).toBe(1000);
      tree.feature.forEach((feature, node) => {
        if (feature >= 0) {
          const [left, right] = [tree.left[node] as number, tree.right[node] as number];
          expect((tree.cover[left] as number) + (tree.cover[right] as number)).toBe(
            tree.cover[node],
          );
        }
      });
    }
  });

  it('stops where other rows are predicted best', () => {
    const options = { ...GBDT_DEFAULTS, maximumTrees: 100 };
    const booster = new Booster(rows, options);
    const { trees } = boostUntil(booster, anyRows(500, 2), options);
    expect(trees.length).toBeGreaterThan(3);
    expect(trees.length).toBeLessThan(100);
    expect(trees).toEqual(booster.ensemble(trees.length).trees);
  });
});

it('trees of the days before are the same, whether or not they were boosted for the whole', () => {
  const world = {
    base: 0.05 / 2400,
    effects: [{ rate: 0.01, tau: 12 }],
    persons: 1_000,
    days: 100,
  };
  const options = { maximumTrees: 40, minimumConversions: 10 };
  const pastOf = (isKnown: boolean) => {
    const journeys = hazardJourneys(world);
    if (isKnown) train(journeys, options);
    return train(splitByTime(journeys, 0.2).past, { ...options, minimumDays: 72 }).parameters;
  };
  expect(pastOf(true)).toBeDefined();
  expect(pastOf(true)).toEqual(pastOf(false));
});
