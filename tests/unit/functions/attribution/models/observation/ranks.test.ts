import { placesOf, ranksOf } from '@tributary/functions/attribution/models/observation/ranks';
import fc from 'fast-check';

describe('ranksOf', () => {
  it('is what sorting by value, tie and order gives', () => {
    const few = fc.integer({ min: 0, max: 3 });
    const uneven = fc.oneof(few, fc.double({ min: -1e300, max: 1e300, noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.tuple(uneven, few), { maxLength: 40 }), (pairs) => {
        const order = pairs.map((_, index) => index);
        const pair = (index: number) => pairs[index] as [number, number];
        order.sort((a, b) => pair(a)[0] - pair(b)[0] || pair(a)[1] - pair(b)[1] || a - b);
        const ranks = ranksOf(
          placesOf(Float64Array.from(pairs, ([value]) => value)),
          Float64Array.from(pairs, ([, tie]) => tie),
        );
        expect(Array.from(ranks)).toEqual(order.map((_, index) => order.indexOf(index)));
      }),
    );
  });
});
