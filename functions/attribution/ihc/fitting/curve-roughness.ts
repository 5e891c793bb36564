import type { Matrix } from 'ml-matrix';

/** Standard deviation of a value that was rounded to four decimals: 1e-4 / sqrt(12). */
const ROUNDING_ERROR = 2.9e-5;
/** Below this the curve counts as zero, and says nothing about how rough it is. */
const ZERO = 0.001;
/** Holds the penalty finite where the curve is exactly straight. */
const SMALLEST_VARIANCE = 1e-8;

/** The change of slope at one knot. */
interface Bend {
  /** Index of the knot before; its two neighbours follow. */
  readonly first: number;
  /** What the three values are multiplied by. */
  readonly slopes: readonly [number, number, number];
  readonly value: number;
  /** Of the bend, where the curve wanders at random with variance 1 an hour. */
  readonly variance: number;
}

/** The variance an hour with which a curve wanders from a straight line, by its bends. */
export function wanderingOf(knots: Float64Array, curve: Float64Array): number {
  const told = bendsOf(knots, curve).filter(({ first }) => (curve[first + 2] as number) > ZERO);
  const sum = told.reduce((total, { value, variance }) => total + value ** 2 / variance, 0);
  return Math.max(SMALLEST_VARIANCE, sum / Math.max(1, told.length));
}

/**
 * Adds to the normal equations that a curve wanders from a straight line like a random walk of
 * variance `wandering` an hour. With it, knots may stand as close as the observations: what these
 * don't tell is filled by the neighbours, and weights are not bent to meet a curve that is too
 * stiff. Knots at one place, a jump, are not held together.
 *
 * The weighted squares of the normal equations are in units of the answers' rounding.
 */
export function addRoughness(
  normal: Matrix,
  right: Matrix,
  knots: Float64Array,
  curve: Float64Array,
  wandering: number,
): void {
  for (const { first, slopes, value, variance } of bendsOf(knots, curve)) {
    const precision = ROUNDING_ERROR ** 2 / (wandering * variance);
    slopes.forEach((slope, row) => {
      const place = first + row;
      right.set(place, 0, right.get(place, 0) - precision * slope * value);
      slopes.forEach((other, column) => {
        const beside = first + column;
        normal.set(place, beside, normal.get(place, beside) + precision * slope * other);
      });
    });
  }
}

function bendsOf(knots: Float64Array, curve: Float64Array): Bend[] {
  const bends: Bend[] = [];
  for (let first = 0; first + 2 < knots.length; first += 1) {
    const [a = 0, b = 0, c = 0] = knots.subarray(first, first + 3);
    if (!(b > a && c > b)) {
      continue;
    }
    const [before, after] = [1 / (b - a), 1 / (c - b)];
    const slopes = [before, -before - after, after] as const;
    const [low = 0, middle = 0, high = 0] = curve.subarray(first, first + 3);
    bends.push({
      first,
      slopes,
      value: slopes[0] * low + slopes[1] * middle + slopes[2] * high,
      variance: before + after,
    });
  }
  return bends;
}
