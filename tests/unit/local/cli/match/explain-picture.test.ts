import { explainPair } from '@tributary/functions/identity/explain';
import { explanationPicture } from '@tributary/local/cli/match/explain-picture';

const explanation = explainPair(-9, [
  { name: 'surname', level: 'one_letter', left: 'alan', right: 'al<en', weight: 6.4 },
  { name: 'city', level: 'missing', left: null, right: 'hull', weight: 0 },
  { name: 'dob', level: 'else', left: '19700101', right: '19811212', weight: -3 },
]);

test('the picture says each step, escapes what it shows, and is the same each time', async () => {
  const svg = await explanationPicture(explanation, ['1', '<2>']);
  expect(svg).toMatch(/^<svg[^>]* role="img">\n<title>1 and &lt;2&gt;: one person with 2\.02%/);
  expect(svg).not.toContain('<2>');
  for (const words of ['surname: one letter', '+6.40', '-3.00', '(nothing)', 'even odds']) {
    expect(svg).toContain(words);
  }
  expect(await explanationPicture(explanation, ['1', '<2>'])).toBe(svg);
});
