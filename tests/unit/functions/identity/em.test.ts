import { fitMixture, posteriorsOf } from '@tributary/functions/identity/em';
import type { MatchParameters } from '@tributary/functions/identity/parameters';
import { patternsOf, uniform, vectors } from './support';

const truth: MatchParameters = {
  lambda: 0.12,
  comparisons: [
    { m: [0.75, 0.15, 0.1], u: [0.02, 0.05, 0.93] },
    { m: [0.6, 0.25, 0.15], u: [0.01, 0.09, 0.9] },
    { m: [0.9, 0.1], u: [0.2, 0.8] },
    { m: [0.5, 0.3, 0.2], u: [0.001, 0.049, 0.95] },
  ],
};
const start: MatchParameters = {
  lambda: 0.3,
  comparisons: truth.comparisons.map(({ m }) => ({
    m: m.map((_, level) => (level === 0 ? 0.8 : 0.2 / (m.length - 1))),
    u: m.map((_, level) => (level === m.length - 1 ? 0.8 : 0.2 / (m.length - 1))),
  })),
};
const levelCounts = truth.comparisons.map(({ m }) => m.length);
const drawn = patternsOf(levelCounts, vectors(truth, 150_000, uniform(7)));

function expectNear(found: MatchParameters, known: MatchParameters, distance: number): void {
  expect(Math.abs(found.lambda - known.lambda)).toBeLessThan(distance);
  for (const [at, { m, u }] of known.comparisons.entries()) {
    for (const [level, value] of m.entries()) {
      expect(Math.abs((found.comparisons[at]?.m[level] ?? 9) - value)).toBeLessThan(distance);
    }
    for (const [level, value] of u.entries()) {
      expect(Math.abs((found.comparisons[at]?.u[level] ?? 9) - value)).toBeLessThan(distance);
    }
  }
}

test('lambda, m and u of generated vectors are found within 0.01', () => {
  const fit = fitMixture(drawn, { start, learnsU: true, tolerance: 1e-6, maxIterations: 500 });
  expect(fit.converged).toBe(true);
  expectNear(fit.parameters, truth, 0.01);
});

test('with u held, lambda and m are found within 0.01', () => {
  const known = start.comparisons.map(({ m }, at) => ({ m, u: truth.comparisons[at]?.u ?? [] }));
  const fit = fitMixture(drawn, { start: { lambda: 0.3, comparisons: known } });
  expect(fit.stopReason).toMatch(/^converged after \d+ iterations$/);
  expectNear(fit.parameters, truth, 0.01);
});

test('it stops after 25 iterations and says so', () => {
  const fit = fitMixture(drawn, { start, learnsU: true, tolerance: 1e-12 });
  expect(fit).toMatchObject({ converged: false, diagnostics: { iterations: 25 } });
  expect(fit.stopReason).toContain('stopped after 25 iterations');
});

test('u of 1e-300 in many comparisons overflows nothing', () => {
  const tiny = { m: [0.9, 0.1], u: [1e-300, 1 - 1e-300] };
  const parameters = { lambda: 1e-12, comparisons: Array.from({ length: 20 }, () => tiny) };
  const all = (level: number) => Array.from({ length: 20 }, () => level);
  const patterns = patternsOf(
    all(2),
    [0, 1, -1].map((level) => ({ levels: all(level), count: 100 })),
  );
  const [agreed = Number.NaN, differed = Number.NaN, missing = Number.NaN] = posteriorsOf(
    patterns,
    parameters,
  );
  expect(agreed).toBe(1);
  expect(differed).toBeGreaterThanOrEqual(0);
  expect(differed).toBeLessThan(1e-20);
  expect(missing).toBeCloseTo(1e-12, 20);
  const fit = fitMixture(patterns, { start: parameters });
  expect(Number.isFinite(fit.parameters.lambda)).toBe(true);
  expect(fit.parameters.comparisons.flatMap(({ m }) => m).every(Number.isFinite)).toBe(true);
});

test('a comparison that is missing everywhere keeps what it had; no pairs change nothing', () => {
  const silent = patternsOf([2, 2], [{ levels: [0, -1], count: 10 }]);
  const known = { m: [0.7, 0.3], u: [0.1, 0.9] };
  const first = { lambda: 0.2, comparisons: [known, known] };
  expect(fitMixture(silent, { start: first }).parameters.comparisons[1]).toEqual(known);
  const nothing = fitMixture(patternsOf([2, 2], []), { start: first });
  expect(nothing.parameters).toEqual(first);
});
