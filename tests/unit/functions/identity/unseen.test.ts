import { weightsOf } from '@tributary/functions/identity/parameters';
import { trainMatching } from '@tributary/functions/identity/train';
import { holdUnseen } from '@tributary/functions/identity/unseen';
import { patternsOf, uniform, vectors } from './support';

// All lived in one town. Then somebody of the same name came from another: that spoke for one person by five bits.
test('a town that is new to a state does not speak for one person', () => {
  const name = { m: [0.9, 0.1], u: [0.01, 0.99] };
  const truth = { lambda: 0.01, comparisons: [name, name] };
  const rows = [...vectors(truth, 100_000, uniform(31))].map(({ levels }) => ({
    levels: [...levels, 0],
    rules: levels[0] === 0 ? 1 : 0,
  }));
  const patterns = patternsOf([2, 2, 3], rows);
  const { parameters } = trainMatching({
    comparisons: [
      { name: 'given_name', levels: ['exact'] },
      { name: 'surname', levels: ['exact'] },
      { name: 'city', levels: ['exact', 'similar'] },
    ],
    candidates: patterns,
    candidateScale: 1,
    random: patterns,
    rules: [{ name: 'given_name', number: 0, decides: [0] }],
    possiblePairs: rows.length,
  });
  const [surname = [], city = []] = weightsOf(parameters).slice(1);
  expect(Math.max(...city)).toBeLessThan(0.01);
  expect(surname[0]).toBeGreaterThan(6);
});

test('a level that was not seen says no more than being equal; others, and being equal, stay', () => {
  const one = { m: [0.6, 0.2, 0.2], u: [0.1, 0.001, 0.899] };
  const learnt = { lambda: 0.1, comparisons: [one, one, one] };
  const seen = patternsOf([3, 3, 3], [{ levels: [0, 1, 2] }, { levels: [2, 2, 1] }]);
  const [similar = [], equal = [], apart = []] = weightsOf(holdUnseen(learnt, [seen]));
  expect(similar[1]).toBeCloseTo(similar[0] ?? 9, 9);
  expect(equal[0]).toBeCloseTo(Math.log2(6), 9);
  expect(apart[1]).toBeCloseTo(Math.log2(200), 9);
  for (const { m } of holdUnseen(learnt, [seen]).comparisons) {
    expect(m.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  }
});
