/** A piecewise linear curve: `at` never falls, and both arrays have the same length. */
export interface Curve {
  readonly at: Float64Array;
  readonly value: Float64Array;
}

/**
 * The curve's value at `point`: linear between knots, constant beyond the ends. Where several
 * knots share a place, the last of them counts, from there on.
 */
export function evaluateCurve(curve: Curve, point: number): number {
  const { at, value } = curve;
  const last = at.length - 1;
  if (point < (at[0] as number)) {
    return value[0] as number;
  }
  if (point >= (at[last] as number)) {
    return value[last] as number;
  }
  // The last knot that is not beyond the point.
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((at[middle] as number) <= point) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const start = at[low] as number;
  const share = (point - start) / ((at[high] as number) - start);
  return (value[low] as number) + share * ((value[high] as number) - (value[low] as number));
}
