import { guessedStrangers, proofBits } from '@tributary/functions/identity/proofs';

test('of two who share a mailbox nine in ten are one person; of many hardly any pair is', () => {
  const [two, half, many] = guessedStrangers([2, 18, 512]);
  expect(two).toBeCloseTo(0.1, 12);
  expect(half).toBe(0.5);
  expect(many).toBeGreaterThan(0.96);
});

test('with the prior the bits are the odds of those who share it', () => {
  const prior = -22;
  const [bits = 0] = proofBits([0.1], prior);
  expect(2 ** (prior + bits)).toBeCloseTo(9, 9);
});
