import {
  medianInPlace,
  quantileKnots,
  quantileOfSorted,
} from '@tributary/functions/attribution/ihc/quantiles';

describe('quantiles', () => {
  // Type 7, as in Hyndman and Fan (1996): 1 + (n - 1) p.
  it.each([
    [0, 1],
    [0.25, 1.75],
    [0.5, 2.5],
    [0.9, 3.7],
    [1, 4],
  ])('of 1, 2, 3, 4 at %d is %d', (probability, value) => {
    expect(quantileOfSorted(Float64Array.of(1, 2, 3, 4), probability)).toBeCloseTo(value, 12);
  });

  it('of nothing is NaN', () => {
    expect(quantileOfSorted(new Float64Array(0), 0.5)).toBeNaN();
  });

  it('sorts for the median', () => {
    expect(medianInPlace(Float64Array.of(9, 1, 5))).toBe(5);
  });

  it('gives knots at equal steps up to a probability', () => {
    expect([...quantileKnots(Float64Array.of(0, 10), 3, 0.5)]).toEqual([0, 2.5, 5]);
  });
});
