/**
 * The quantile at `probability` of sorted values, linear between neighbours (type 7 of Hyndman
 * and Fan, the default of R and NumPy); NaN of no values.
 */
export function quantileOfSorted(sorted: Float64Array, probability: number): number {
  if (sorted.length === 0) {
    return Number.NaN;
  }
  const place = (sorted.length - 1) * probability;
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (place - below) * (high - low);
}

/** Sorts `values` in place and answers their quantile. */
export function quantileInPlace(values: Float64Array, probability: number): number {
  return quantileOfSorted(values.sort(), probability);
}

/** Sorts `values` in place and answers their median. */
export function medianInPlace(values: Float64Array): number {
  return quantileInPlace(values, 0.5);
}

/** `count` quantiles of sorted values at equal steps of probability from 0 to `upTo`. */
export function quantileKnots(sorted: Float64Array, count: number, upTo: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) =>
    quantileOfSorted(sorted, (upTo * index) / (count - 1)),
  );
}
