import {
  impliedShares,
  marginalM,
  placeBits,
  stayedShare,
  togetherOf,
} from '@tributary/functions/identity/place';
import { patternsOf } from './support';

test('a place says what its parts say together, and no less than that somebody moved', () => {
  expect(placeBits(7, 0)).toBe(7);
  expect(placeBits(30, 0.25)).toBeCloseTo(30 + Math.log2(0.75), 6);
  expect(placeBits(0, 0.25)).toBeCloseTo(0, 12);
  expect(placeBits(-5000, 0.25)).toBe(-2);
  expect(placeBits(5000, 0.25)).toBeCloseTo(5000, 0);
  expect(stayedShare(-5000, 0.25)).toBe(0);
  expect(stayedShare(0, 0.25)).toBeCloseTo(0.75, 12);
});

test('m of a part by itself is that of those who stayed and those who moved', () => {
  const one = { m: [0.9, 0.1], u: [0.1, 0.9] };
  const place = { members: [1], moved: 0.5, together: [] };
  const [name, town] = marginalM({ lambda: 0.1, comparisons: [one, one], place });
  expect(name).toEqual([0.9, 0.1]);
  expect(town?.map((value) => Number(value.toFixed(9)))).toEqual([0.5, 0.5]);
});

test('what strangers share at once is counted, by chance where it was not seen', () => {
  // Street, postcode and town; who shares one of 100 postcodes shares one of 50 towns.
  const random = patternsOf(
    [2, 2, 2],
    [
      { levels: [1, 0, 0], count: 1_000 },
      { levels: [1, 1, 0], count: 1_000 },
      { levels: [1, 1, 1], count: 97_900 },
      { levels: [0, 1, 1], count: 100 },
      { levels: [1, 0, -1], count: 5_000 },
    ],
  );
  const u = [
    [0.001, 0.999],
    [0.01, 0.99],
    [0.02, 0.98],
  ];
  const bits = togetherOf(random, random.counts, [0, 1, 2], u);
  expect(bits.slice(0, 5)).toEqual([0, 0, 0, expect.any(Number), 0]);
  // 1,000 pairs in place of 20; of street and postcode one was expected and none seen.
  expect(bits[6]).toBeCloseTo(Math.log2(1_001 / 21 / 1), 1);
  expect(bits[3]).toBe(0);
  // All three: as postcode and town, and the street by chance.
  expect(bits[7]).toBeGreaterThan(4.5);
  expect(bits[7]).toBeLessThan(5.7);
});

// A rare town and its rare postcode counted twice: the average town's rarity was taken off, and not its own.
test('a town is decided by its postcode, however rare it is, and by no street', () => {
  const comparisons = [0.02, 0.01, 0.001].map((u) => ({ m: [0.9, 0.1], u: [u, 1 - u] }));
  // Town, postcode, street: nearly all who share a postcode share the town.
  const together = [0, 0, 0, Math.log2(0.99 / 0.02), 0, 0, 0, Math.log2(0.99 / 0.02)];
  const { order, implied } = impliedShares(
    { lambda: 0.1, comparisons },
    { members: [0, 1, 2], moved: 0.2, together },
  );
  expect(order).toEqual([2, 1, 0]);
  expect(implied[0]).toEqual([0]);
  expect(implied[1]).toEqual([0, 0]);
  // By nothing, the street, the postcode, both.
  const [none = 9, street = 9, postcode, both] = implied[2] ?? [];
  expect([none, street]).toEqual([0, 0]);
  expect(postcode).toBeCloseTo(0.99, 2);
  expect(both).toBeCloseTo(0.99, 2);
});
