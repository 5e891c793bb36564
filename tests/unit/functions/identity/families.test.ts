import { posteriorsOf } from '@tributary/functions/identity/em';
import { apartLimit, learnApart } from '@tributary/functions/identity/families';
import type { MatchParameters } from '@tributary/functions/identity/parameters';
import { patternsOf } from './support';

// Given name and date of birth (equal, near, else), address, phone.
const own = { m: [0.8, 0.1, 0.1], u: [0.01, 0.09, 0.9] };
const shared = { m: [0.8, 0.2], u: [1e-4, 1 - 1e-4] };
const parameters: MatchParameters = { lambda: 1e-4, comparisons: [own, own, shared, shared] };
const LEVELS = [3, 3, 2, 2];
const scale = { candidateScale: 1, possiblePairs: 10_000_000 };

/** Persons with two records, and pairs of a family. */
const candidates = patternsOf(LEVELS, [
  { levels: [0, 0, 0, 0], count: 700 },
  { levels: [0, 2, 0, 0], count: 90 },
  { levels: [2, 0, 0, 0], count: 90 },
  { levels: [2, 2, 0, 0], count: 3_000 },
  // The near level speaks for nobody either: less than a bit.
  { levels: [1, 2, 0, 0], count: 300 },
]);

const matchesAmong = (learnt: MatchParameters) => {
  const posteriors = posteriorsOf(candidates, learnt);
  const sum = (isOne: (pattern: number) => boolean) =>
    posteriors.reduce(
      (all, posterior, at) => all + (isOne(at) ? posterior * (candidates.counts[at] ?? 0) : 0),
      0,
    );
  const [given, born] = candidates.levels;
  const isApart = (at: number) => (given?.[at] ?? 0) > 0 && (born?.[at] ?? 0) > 0;
  return { apart: sum(isApart), others: sum((at) => !isApart(at)) };
};

test('of those who differ in name and date only twice as many are one person as slips in both make', () => {
  const before = matchesAmong(parameters);
  expect(before.apart).toBeGreaterThan(2_000);
  const apart = learnApart([0, 1], parameters, { ...scale, candidates });
  const after = matchesAmong({ ...parameters, apart });
  // Of 700 who agree 90 differ in each: of 12 slips are the reason, and of as many again that go together.
  expect(after.apart).toBeCloseTo((2 * 90 * 90) / 700, 2);
  expect(after.others).toBe(before.others);
});

test('where there are no families, nothing is taken off, though slips go together', () => {
  const persons = patternsOf(LEVELS, [
    { levels: [0, 0, 0, 0], count: 700 },
    { levels: [0, 2, 0, 0], count: 90 },
    { levels: [2, 0, 0, 0], count: 90 },
    { levels: [2, 2, 0, 0], count: 16 },
  ]);
  expect(learnApart([0, 1], parameters, { ...scale, candidates: persons }).bits).toBe(0);
  expect(learnApart([], parameters, { ...scale, candidates }).bits).toBe(0);
});

test('as a limit it stands with the last of them, where the others differ', () => {
  const apart = learnApart([0, 1], parameters, { ...scale, candidates });
  const learnt = { ...parameters, apart };
  const less = (level: number) => Math.log2((own.m[level] ?? 0) / (own.u[level] ?? 1)) + apart.bits;
  const differs = [null, expect.closeTo(less(1), 9), expect.closeTo(less(2), 9)];
  expect(apartLimit(learnt, 1)).toEqual({
    comparison: 1,
    of: [0],
    most: [[null, null, null], differs, differs],
  });
  expect(apartLimit(learnt, 0)).toBeUndefined();
  expect(apartLimit(parameters, 1)).toBeUndefined();
  const alone = learnApart([0], parameters, { ...scale, candidates });
  expect(apartLimit({ ...parameters, apart: alone }, 0)?.most).toEqual([
    [null, expect.any(Number), expect.any(Number)],
  ]);
});

test('families that made m themselves do not allow as many of them', () => {
  const half = { m: [0.5, 0, 0.5], u: own.u };
  const learnt = { ...parameters, comparisons: [half, half, shared, shared] };
  const apart = learnApart([0, 1], learnt, { ...scale, candidates });
  const after = matchesAmong({ ...learnt, apart });
  expect(after.apart).toBeCloseTo((2 * 90 * 90) / 700, 2);
});
