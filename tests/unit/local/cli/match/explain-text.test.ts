import { explainPair } from '@tributary/functions/identity/explain';
import { explanationText } from '@tributary/local/cli/match/explain-text';

test('the waterfall is at most 80 columns wide, whatever stands in the records', () => {
  const long = 'x'.repeat(200);
  const text = explanationText(
    explainPair(-9, [
      { name: 'surname', level: 'one_letter', left: 'alan', right: 'allen', weight: 6.4 },
      { name: long, level: long, left: long, right: null, weight: -3 },
    ]),
    [long, '2'],
    'One cluster, by this pair.',
  );
  expect(Math.max(...text.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
  expect(text).toContain('surname         one letter              +6.40');
  expect(text).toContain('  alan | allen');
  expect(text).toContain('(nothing)');
  expect(text).toMatch(
    /Sum -5\.60 bits .*: one person with 2\.02%\.\nOne cluster, by this pair\.\n$/,
  );
});
