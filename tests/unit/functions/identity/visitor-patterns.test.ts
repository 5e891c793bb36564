import { readVisitorPatterns } from '@tributary/functions/identity/visitor-patterns';

const row = (pair_source: string, proof: string, device: string | null, pair_count: number) => ({
  pair_source,
  proof,
  level_device: device,
  level_address: 'near',
  pair_count,
});
const rows = [
  row('address', 'unknown', 'same', 3),
  row('random', 'unknown', 'other', 9),
  row('address', 'same', 'same', 2),
  row('address', 'different', null, 4),
  row('no pairs', 'unknown', 'never', 0),
];

test('rows become columns of levels, with what is proven and without what has no pairs', () => {
  const read = readVisitorPatterns(rows);
  expect(read.comparisons).toEqual([
    { name: 'address', levels: ['near'] },
    { name: 'device', levels: ['never', 'other', 'same'] },
  ]);
  expect(read.rules).toEqual(['address']);
  expect([...read.candidates.counts]).toEqual([4, 2, 3]);
  expect([...read.known]).toEqual([0, 1, -1]);
  expect([...(read.candidates.levels[1] ?? [])]).toEqual([-1, 2, 2]);
  expect([...read.random.counts]).toEqual([9]);
});

test('the order of the rows does not matter', () => {
  expect(readVisitorPatterns([...rows].reverse())).toEqual(readVisitorPatterns(rows));
});

test('no rows are no patterns', () => {
  expect(readVisitorPatterns([])).toMatchObject({ comparisons: [], rules: [] });
});

test('a count that is none is refused', () => {
  const bad = { ...row('address', 'same', 'same', 1), pair_count: 'many' };
  expect(() => readVisitorPatterns([bad])).toThrow(
    'int_identity__patterns: pair_count is "many"; it must be a whole number from 0: run the models anew.',
  );
});
