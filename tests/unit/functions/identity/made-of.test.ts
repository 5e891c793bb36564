import { givenOthers, likenessesOf } from '@tributary/functions/identity/made-of';
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
