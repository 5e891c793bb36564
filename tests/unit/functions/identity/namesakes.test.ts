import { namesakeLimits } from '@tributary/functions/identity/namesakes';
import { patternsOf } from './support';

// Given name, surname, e-mail, phone.
const names = { m: [0.9, 0.1], u: [0.01, 0.99] };
const parameters = {
  lambda: 1e-4,
  comparisons: [names, names, { m: [0.8, 0.2], u: [1e-6, 1] }, { m: [0.9, 0.1], u: [1e-6, 1] }],
};
const MADE = { comparison: 2, of: [0, 1] };
const random = patternsOf([2, 2, 2, 2], [{ levels: [1, 1, 1, 1], count: 100_000 }]);
const input = { candidateScale: 1, random, possiblePairs: 100_000_000 };

test('how often namesakes share a mailbox is learnt from those whose phones differ', () => {
  const candidates = patternsOf(
    [2, 2, 2, 2],
    [
      { levels: [0, 0, 0, 0], count: 1_000 },
      // 111 of one person have two phones.
      { levels: [0, 0, 0, 1], count: 611 },
    ],
  );
  const { most } = namesakeLimits(MADE, parameters, { ...input, candidates });
  // 500 of 10,000 pairs of namesakes: by strangers alone an equal address would have 19.6 bits.
  expect(most[0]).toBeCloseTo(Math.log2(0.8 / 0.05), 1);
  expect(most[1]).toBeNull();
});

test('where nothing is known beside names and mailboxes, there is no limit', () => {
  const candidates = patternsOf([2, 2, 2, 2], [{ levels: [0, 0, 0, -1], count: 1_000 }]);
  const { most } = namesakeLimits(MADE, parameters, { ...input, candidates });
  expect(most).toEqual([null, null]);
});
