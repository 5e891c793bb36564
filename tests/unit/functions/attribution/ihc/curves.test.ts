import { evaluateCurve } from '@tributary/functions/attribution/ihc/curves';

const curve = { at: Float64Array.of(1, 2, 2, 4), value: Float64Array.of(0, 0.5, 0.7, 1) };

describe('evaluateCurve', () => {
  it.each([
    [0, 0],
    [1, 0],
    [1.5, 0.25],
    [3, 0.85],
    [4, 1],
    [1000, 1],
  ])('at %d is %d', (point, value) => {
    expect(evaluateCurve(curve, point)).toBeCloseTo(value, 12);
  });

  it('takes the last of several knots at one place', () => {
    expect(evaluateCurve(curve, 2)).toBe(0.7);
  });

  it('is constant where there is one knot', () => {
    const constant = { at: Float64Array.of(5), value: Float64Array.of(0.4) };
    expect([0, 5, 9].map((point) => evaluateCurve(constant, point))).toEqual([0.4, 0.4, 0.4]);
  });
});
