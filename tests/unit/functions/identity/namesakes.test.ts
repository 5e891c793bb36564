import { namesakeLimits } from '@tributary/functions/identity/namesakes';
import { patternsOf } from './support';

// Given name, surname, e-mail (equal, alike, else), phone.
const names = { m: [0.9, 0.1], u: [0.01, 0.99] };
const mailbox = { m: [0.8, 0.1, 0.1], u: [1e-6, 1e-3, 0.999] };
const parameters = {
  lambda: 1e-4,
  comparisons: [names, names, mailbox, { m: [0.9, 0.1], u: [1e-6, 1] }],
};
// What strangers' mailboxes have in common by how their names agree: both, the surname, the given name, none.
const ALIKE = [0.3, 0.02, 1e-3, 1e-4];
const MADE = { comparison: 2, of: [0, 1], u: ALIKE.map((alike) => [2e-6, alike, 1 - alike]) };
const LEVELS = [2, 2, 3, 2];
const random = patternsOf(LEVELS, [{ levels: [1, 1, 2, 1], count: 100_000 }]);
const input = { candidateScale: 1, random, possiblePairs: 100_000_000 };
const limit = (level: number, share: number) => Math.log2(mailbox.m[level] ?? 0) - Math.log2(share);

test('how often namesakes share a mailbox is learnt from those whose phones differ', () => {
  const candidates = patternsOf(LEVELS, [
    { levels: [0, 0, 0, 0], count: 1_000 },
    // 111 of one person have two phones.
    { levels: [0, 0, 0, 1], count: 611 },
  ]);
  const [both] = namesakeLimits(MADE, parameters, { ...input, candidates }).most;
  // 500 of 10,000 pairs of namesakes: by strangers alone an equal address would have 19.6 bits.
  expect(both?.[0]).toBeCloseTo(limit(0, 0.05), 1);
  expect(both?.[1]).toBeCloseTo(limit(1, 0.3), 9);
  expect(both?.[2]).toBeNull();
});

test('of two limits the lower one holds', () => {
  const candidates = patternsOf(LEVELS, [{ levels: [0, 0, 1, 1], count: 5_000 }]);
  const [both] = namesakeLimits(MADE, parameters, { ...input, candidates }).most;
  expect(both?.[1]).toBeCloseTo(limit(1, 0.5), 1);
});

test('who has one name in common has mailboxes that look alike, but no equal ones', () => {
  const candidates = patternsOf(LEVELS, [{ levels: [0, 0, 0, -1], count: 1_000 }]);
  const { most } = namesakeLimits(MADE, parameters, { ...input, candidates });
  const none = [null, null, null];
  const near = (bits: number) => [null, expect.closeTo(bits, 9), null];
  expect(most).toEqual([near(limit(1, 0.3)), near(limit(1, 0.02)), none, none]);
});
