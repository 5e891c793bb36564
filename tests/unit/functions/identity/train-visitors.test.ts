import { trainVisitors } from '@tributary/functions/identity/train-visitors';
import { readVisitorPatterns } from '@tributary/functions/identity/visitor-patterns';
import { households, visitorRows } from './visitor-rows';

const train = (proven: number, pairs = 40_000) =>
  trainVisitors(readVisitorPatterns(visitorRows(pairs, proven)));

test.each([0, 0.05])(
  'lambda, m and u of households are found with %d of pairs proven',
  (proven) => {
    const { parameters, converged } = train(proven, 200_000);
    expect(converged).toBe(true);
    expect(Math.abs(parameters.lambda - households.lambda)).toBeLessThan(0.02);
    // Comparisons come sorted by name: address, device, habit, language.
    const known = [0, 1, 3, 2].map((at) => households.comparisons[at]);
    for (const [at, { m, u }] of parameters.comparisons.entries()) {
      for (const level of m.keys()) {
        expect(Math.abs((m[level] ?? 9) - (known[at]?.m[level] ?? 0))).toBeLessThan(0.03);
        expect(Math.abs((u[level] ?? 9) - (known[at]?.u[level] ?? 0))).toBeLessThan(0.03);
      }
    }
  },
);

test('what logins prove is counted, and what the evidence makes of it', () => {
  const { diagnostics } = train(0.1);
  expect(diagnostics.provenSame).toBeGreaterThan(1000);
  expect(diagnostics.provenDifferent).toBeGreaterThan(2000);
  expect(diagnostics.foundSame).toBeGreaterThan(0.3 * diagnostics.provenSame);
  expect(diagnostics.wronglySame).toBeLessThan(0.03 * diagnostics.provenDifferent);
  expect(diagnostics.warnings).toEqual([]);
});

test('without proofs it says on what the weights rest', () => {
  expect(train(0).diagnostics.warnings).toEqual([
    'Only 0 compared pairs are proven by logins to be one person; weights rest on the shape of the data alone.',
  ]);
});

test('a level that nobody has is a warning, and weighs nothing', () => {
  const none = { pair_source: 'no pairs', proof: 'unknown', level_device: 'd9', pair_count: 0 };
  const { parameters, diagnostics, comparisons } = trainVisitors(
    readVisitorPatterns([...visitorRows(5000, 0.1), none]),
  );
  expect(diagnostics.warnings).toEqual(['device: never observed: d9.']);
  const at = comparisons.findIndex(({ name }) => name === 'device');
  const level = comparisons[at]?.levels.indexOf('d9') ?? -1;
  expect(parameters.comparisons[at]?.m[level]).toBeGreaterThan(0);
  expect(parameters.comparisons[at]?.u[level]).toBe(parameters.comparisons[at]?.m[level]);
});

test('a comparison that never has a value is a warning', () => {
  const rows = visitorRows(5000, 0.1).map((row) => ({ ...row, level_screen: null }));
  expect(trainVisitors(readVisitorPatterns(rows)).diagnostics.warnings).toEqual([
    'screen never has a value on both sides; it says nothing.',
  ]);
});
