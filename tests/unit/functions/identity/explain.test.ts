import { explainPair } from '@tributary/functions/identity/explain';
import { bitsOf, probabilityOf } from '@tributary/functions/identity/log-odds';

test('the steps of a pair add up to its weight', () => {
  const step = { level: 'exact', left: 'a', right: 'a' };
  const found = explainPair(-8, [
    { ...step, name: 'given_name', weight: 6 },
    { ...step, name: 'city', weight: 3.5 },
  ]);
  expect(found.steps.map(({ name, sum }) => [name, sum])).toEqual([
    ['prior', -8],
    ['given_name', -2],
    ['city', 1.5],
  ]);
  expect(found.weight).toBe(1.5);
  expect(found.probability).toBeCloseTo(2 ** 1.5 / (1 + 2 ** 1.5), 12);
});

test('odds and probabilities are each other backwards, and never overflow', () => {
  for (const probability of [1e-300, 1e-9, 0.01, 0.5, 0.99]) {
    expect(probabilityOf(bitsOf(probability)) / probability).toBeCloseTo(1, 9);
  }
  expect([probabilityOf(1e5), probabilityOf(-1e5), probabilityOf(0)]).toEqual([1, 0, 0.5]);
});
