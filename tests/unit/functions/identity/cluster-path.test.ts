import { pathBetween } from '@tributary/functions/identity/cluster-path';

const pairs = {
  recordCount: 7,
  left: Int32Array.from([0, 1, 2, 0, 4, 0]),
  right: Int32Array.from([1, 2, 3, 4, 2, 6]),
  weights: Float64Array.from([5, 5, 5, 9, 9, -3]),
};
// 5 has the identifier of 3, 6 stands alone.
const unique = [Int32Array.from([-1, -1, -1, 8, -1, 8, -1])];
const clusters = Int32Array.from([0, 0, 0, 0, 0, 0, 6]);
const pathOf = (from: number, to: number) =>
  pathBetween(pairs, { threshold: 0, unique }, clusters, [from, to]);

test('the shortest way, and of two the one that begins with the stronger pair', () => {
  expect(pathOf(0, 1)).toEqual([{ record: 1, by: 'pair' }]);
  expect(pathOf(0, 2)?.map(({ record }) => record)).toEqual([4, 2]);
});

test('equal identifiers lead on, and no pair below the threshold does', () => {
  expect(pathOf(2, 5)).toEqual([
    { record: 3, by: 'pair' },
    { record: 5, by: 0 },
  ]);
  expect(pathOf(0, 6)).toBeUndefined();
});
