import { fitMixture } from '@tributary/functions/identity/em';
import type { MatchParameters } from '@tributary/functions/identity/parameters';
import { calibrationOf, patternsOf, uniform, vectors, withMovers } from './support';

/** Many weak comparisons, so that every decile has pairs. */
const independent: MatchParameters = {
  lambda: 0.12,
  comparisons: [
    { m: [0.75, 0.15, 0.1], u: [0.05, 0.1, 0.85] },
    { m: [0.6, 0.25, 0.15], u: [0.04, 0.16, 0.8] },
    { m: [0.8, 0.2], u: [0.3, 0.7] },
    { m: [0.5, 0.3, 0.2], u: [0.1, 0.2, 0.7] },
    { m: [0.7, 0.2, 0.1], u: [0.15, 0.25, 0.6] },
    { m: [0.65, 0.35], u: [0.25, 0.75] },
    { m: [0.55, 0.25, 0.2], u: [0.1, 0.3, 0.6] },
  ],
};
const places = { ...independent, place: { members: [4, 5, 6], moved: 0.4, together: [] } };

/** What EM begins with: nothing of the truth. */
function startOf({ comparisons, place }: MatchParameters): MatchParameters {
  return {
    lambda: 0.3,
    comparisons: comparisons.map(({ m }) => {
      const others = 0.2 / (m.length - 1);
      return {
        m: m.map((_, level) => (level === 0 ? 0.8 : others)),
        u: m.map((_, level) => (level === m.length - 1 ? 0.8 : others)),
      };
    }),
    ...(place && { place: { ...place, moved: 0.1 } }),
  };
}

function learn(truth: MatchParameters, start: MatchParameters, learnsU: boolean) {
  const levelCounts = truth.comparisons.map(({ m }) => m.length);
  const pairs = [...withMovers(truth, 200_000, uniform(7))];
  const found = fitMixture(patternsOf(levelCounts, pairs), {
    start,
    learnsU,
    tolerance: 1e-5,
    maxIterations: 2_000,
  });
  expect(found.converged).toBe(true);
  return found.parameters;
}

type Decile = ReturnType<typeof calibrationOf>[number];

/** By more than three standard errors of the share, and a hundredth for what is learnt. */
const isOff = ({ pairs, mean, share }: Decile): boolean =>
  Math.abs(mean - share) > 0.01 + 3 * Math.sqrt((mean * (1 - mean)) / pairs);

/** Prints mean probability and share of matches of each decile, and fails where they are apart. */
function expectCalibrated(title: string, deciles: readonly Decile[]) {
  const lines = deciles.map(
    ({ pairs, mean, share }, at) =>
      `  ${(at / 10).toFixed(1)} to ${((at + 1) / 10).toFixed(1)}  ${String(pairs).padStart(7)}  ${mean.toFixed(3)}  ${share.toFixed(3)}`,
  );
  console.info([`${title}: pairs, mean probability, share of matches`, ...lines].join('\n'));
  expect(Math.min(...deciles.map(({ pairs }) => pairs))).toBeGreaterThan(400);
  expect(deciles.filter(isOff)).toEqual([]);
}

const EM = 'EM from generated vectors';

test('probabilities that EM learnt are right, decile by decile, on vectors it has not seen', () => {
  const found = learn(independent, startOf(independent), true);
  expectCalibrated(EM, calibrationOf([...vectors(independent, 200_000, uniform(11))], found));
});

test('who moved changes street, postcode and town at once: learnt within 0.01, and calibrated', () => {
  const start = startOf(places);
  const known = start.comparisons.map(({ m }, at) => ({ m, u: places.comparisons[at]?.u ?? [] }));
  const found = learn(places, { ...start, comparisons: known }, false);
  expect(Math.abs((found.place?.moved ?? 9) - places.place.moved)).toBeLessThan(0.01);
  expect(Math.abs(found.lambda - places.lambda)).toBeLessThan(0.01);
  for (const [at, { m }] of places.comparisons.entries()) {
    for (const [level, value] of m.entries()) {
      expect(Math.abs((found.comparisons[at]?.m[level] ?? 9) - value)).toBeLessThan(0.01);
    }
  }
  const unseen = [...withMovers(places, 200_000, uniform(13))];
  expectCalibrated(`${EM}, of whom two in five moved`, calibrationOf(unseen, found));
});

test('as three comparisons the same places are not calibrated', () => {
  const { place: _, ...start } = startOf(places);
  const known = start.comparisons.map(({ m }, at) => ({ m, u: places.comparisons[at]?.u ?? [] }));
  const found = learn(places, { ...start, comparisons: known }, false);
  const deciles = calibrationOf([...withMovers(places, 200_000, uniform(13))], found);
  expect(deciles.filter(isOff)).not.toEqual([]);
});
