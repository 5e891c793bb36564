import { matchBits } from '@tributary/functions/identity/em';
import { givenOthers, likenessesOf } from '@tributary/functions/identity/made-of';
import { patternsOfRule } from '@tributary/functions/identity/patterns';
import { patternsOf } from './support';

// Given name and surname (equal, near, else), mailbox (equal, alike, else).
const LEVELS = [3, 3, 3];
const MADE = { comparison: 2, of: [0, 1] };
const u = [
  { m: [], u: [0.01, 0.01, 0.98] },
  { m: [], u: [0.01, 0.01, 0.98] },
  { m: [], u: [1e-6, 0.001, 0.999] },
];

test('how they agree in names is one number, and what is missing counts as what differs', () => {
  const patterns = patternsOf(
    LEVELS,
    [
      [0, 0],
      [1, 0],
      [2, 0],
      [0, 1],
      [2, 2],
      [-1, 2],
    ].map((names) => ({ levels: [...names, 0] })),
  );
  expect([...likenessesOf(patterns, MADE)]).toEqual([0, 1, 2, 3, 8, 8]);
});

test('strangers with one name in common have mailboxes that look alike', () => {
  const random = patternsOf(LEVELS, [
    { levels: [2, 2, 2], count: 96_000 },
    { levels: [2, 2, 1], count: 4 },
    { levels: [0, 2, 2], count: 900 },
    { levels: [0, 2, 1], count: 100 },
    { levels: [2, 0, 2], count: 1_000 },
    // Nothing is known of their mailboxes.
    { levels: [0, 2, -1], count: 5_000 },
  ]);
  const given = givenOthers(MADE, random, random.counts, u).u;
  const [both, , surname, , , , name, , none] = given.map(([, alike]) => alike);
  expect(name).toBeCloseTo(0.1, 2);
  expect(none).toBeCloseTo(4 / 96_000, 4);
  // None of 1,000.
  expect(surname).toBeLessThan(0.0001);
  // Nobody had both: no less than with one of them.
  expect(both).toBeCloseTo(0.1, 2);
});

test('what strangers of a likeness have in common is no evidence, also where a rule decides the names', () => {
  const patterns = patternsOf(LEVELS, [
    { levels: [0, 2, 1], count: 5 },
    { levels: [2, 2, 1], count: 7 },
    { levels: [0, 2, 0], count: 11 },
  ]);
  const likenesses = [likenessesOf(patterns, MADE)];
  const ofRule = patternsOfRule({ ...patterns, likenesses }, 0, [true, true, false]);
  // Alike or equal, of those with one name and of those with none.
  expect([...ofRule.counts]).toEqual([5, 7, 11]);
  const shares = Array.from({ length: 9 }, (_, likeness) => [
    1,
    likeness === 6 ? 0.032 : 0.001,
    0.9,
  ]);
  const parameters = {
    lambda: 0.5,
    comparisons: u.map((one) => ({ ...one, m: [0.5, 0.032, 0.468] })),
    given: [{ ...MADE, u: shares }],
  };
  const [alike, others, equal] = matchBits(ofRule, parameters);
  expect(alike).toBeCloseTo(0, 9);
  expect(others).toBeCloseTo(5, 9);
  // An equal one speaks for itself, by its rarity.
  expect(equal).toBeCloseTo(Math.log2(0.5 / 1e-6), 9);
});
