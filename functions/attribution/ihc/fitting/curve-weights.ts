import { Matrix, solve } from 'ml-matrix';
import { quantileOfSorted } from '../quantiles';
import { addRoughness, wanderingOf } from './curve-roughness';
import type { Observations } from './observations';

/** Channel weights of a phase, as logarithms, and how their search ended. */
export interface FittedWeights {
  readonly logWeights: Float64Array;
  readonly converged: boolean;
  readonly iterations: number;
}

/** Observations per knot, and knots at most: the time of a step grows with their cube. */
const OBSERVATIONS_PER_KNOT = 2;
const KNOTS_AT_MOST = 200;
const ITERATIONS_AT_MOST = 50;
const SMALLEST_STEP = 1e-9;
/** How rough the curve is, is found along with it in the first steps, and then held. */
const ROUGHNESS_STEPS = 6;
/**
 * Of the mean diagonal: holds the scale of weights, and weights that nothing tells apart from the
 * curve, at 1; and keeps knots without observations solvable.
 */
const WEIGHT_RIDGE = 1e-5;
const KNOT_RIDGE = 1e-9;

/**
 * Weights by channel code with a piecewise linear curve of unknown values beside them: weighted
 * least squares of ratio = curve(at) * exp(weight - reference weight), by Gauss and Newton, with
 * a curve that does not bend more from knot to knot than it does on the whole.
 */
export function fitCurveWeights(
  observations: Observations,
  channelCount: number,
  jumps: readonly number[],
): FittedWeights {
  const knots = knotsOf(observations, jumps);
  const logWeights = new Float64Array(channelCount);
  const curve = new Float64Array(knots.length).fill(0.5);
  if (observations.count === 0) {
    return { logWeights, converged: true, iterations: 0 };
  }
  let wandering = 0;
  for (let iteration = 1; iteration <= ITERATIONS_AT_MOST; iteration += 1) {
    wandering = iteration <= ROUGHNESS_STEPS ? wanderingOf(knots, curve) : wandering;
    const step = newtonStep(observations, { knots, curve, wandering }, logWeights);
    let largest = 0;
    step.forEach((change, index) => {
      if (index < knots.length) {
        (curve[index] as number) += change;
      } else {
        // A weight may triple in a step, no more: the first steps are rough.
        const bounded = Math.max(-1, Math.min(1, change));
        (logWeights[index - knots.length] as number) += bounded;
      }
      largest = Math.max(largest, Math.abs(change));
    });
    if (largest < SMALLEST_STEP) {
      return { logWeights, converged: true, iterations: iteration };
    }
  }
  return { logWeights, converged: false, iterations: ITERATIONS_AT_MOST };
}

/** Quantiles of the places, and each jump twice: the curve's value before it and from it on. */
function knotsOf({ at, count }: Observations, jumps: readonly number[]): Float64Array {
  const sorted = at.slice().sort();
  const wanted = Math.max(2, Math.min(KNOTS_AT_MOST, Math.floor(count / OBSERVATIONS_PER_KNOT)));
  const quantiles = Array.from({ length: wanted }, (_, index) =>
    quantileOfSorted(sorted, index / (wanted - 1)),
  );
  const smooth = [...new Set(quantiles)].filter((knot) => !jumps.includes(knot));
  return Float64Array.from([...smooth, ...jumps, ...jumps]).sort();
}

interface RoughCurve {
  readonly knots: Float64Array;
  readonly curve: Float64Array;
  /** Variance an hour. */
  readonly wandering: number;
}

/** Solves the normal equations: unknowns are the curve at its knots, then the log weights. */
function newtonStep(
  observations: Observations,
  { knots, curve, wandering }: RoughCurve,
  logWeights: Float64Array,
): number[] {
  const size = knots.length + logWeights.length;
  const normal = Matrix.zeros(size, size);
  const right = Matrix.zeros(size, 1);
  const places = new Int32Array(4);
  const slopes = new Float64Array(4);
  for (let index = 0; index < observations.count; index += 1) {
    const { below, share } = locate(knots, observations.at[index] as number);
    const above = Math.min(below + 1, knots.length - 1);
    const channel = observations.channel[index] as number;
    const reference = observations.referenceChannel[index] as number;
    const scale = Math.exp((logWeights[channel] as number) - (logWeights[reference] as number));
    const membership = (1 - share) * (curve[below] as number) + share * (curve[above] as number);
    const residual = (observations.ratio[index] as number) - membership * scale;
    places.set([below, above, knots.length + channel, knots.length + reference]);
    slopes.set([(1 - share) * scale, share * scale, membership * scale, -membership * scale]);
    accumulate(normal, right, places, slopes, residual, observations.error[index] as number);
  }
  addRoughness(normal, right, knots, curve, wandering);
  const mean = normal.trace() / size;
  for (let index = 0; index < size; index += 1) {
    const isKnot = index < knots.length;
    const ridge = mean * (isKnot ? KNOT_RIDGE : WEIGHT_RIDGE);
    const pull = isKnot ? 0 : ridge * (logWeights[index - knots.length] as number);
    normal.set(index, index, normal.get(index, index) + ridge);
    right.set(index, 0, right.get(index, 0) - pull);
  }
  return solve(normal, right).to1DArray();
}

function accumulate(
  normal: Matrix,
  right: Matrix,
  places: Int32Array,
  slopes: Float64Array,
  residual: number,
  error: number,
): void {
  const precision = 1 / (error * error);
  for (let row = 0; row < 4; row += 1) {
    const place = places[row] as number;
    const slope = (slopes[row] as number) * precision;
    right.set(place, 0, right.get(place, 0) + slope * residual);
    for (let column = 0; column < 4; column += 1) {
      const other = places[column] as number;
      normal.set(place, other, normal.get(place, other) + slope * (slopes[column] as number));
    }
  }
}

/** The knot at or below a point, and how far the point lies towards the next; ends are held. */
function locate(knots: Float64Array, point: number): { below: number; share: number } {
  let low = 0;
  let high = knots.length - 1;
  if (high === 0 || point >= (knots[high] as number)) {
    return { below: high, share: 0 };
  }
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((knots[middle] as number) <= point) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const start = knots[low] as number;
  return { below: low, share: Math.max(0, (point - start) / ((knots[high] as number) - start)) };
}
