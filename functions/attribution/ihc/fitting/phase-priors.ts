import type { Knots } from './knots';
import type { PhaseState, ShareEquations } from './share-equations';

/** How much a curve changes, and how far channel weights lie from 1, before any answer. */
export interface PhasePriors {
  /** By interval of knots: variance per unit of the clock. */
  readonly curveVariance: Float64Array;
  readonly weightVariance: number;
}

/** Intervals to both sides over which a curve's variance is taken: it hardly changes in steps. */
const WINDOW = 15;
const SMALLEST_CURVE_VARIANCE = 1e-10;
const SMALLEST_WEIGHT_VARIANCE = 1e-8;
/** e to the power of 1: channels that differ more are rare, and answers overrule this. */
const LARGEST_WEIGHT_VARIANCE = 1;
/** Holds knots that no answer tells of. */
const KNOT_PRECISION = 0.01;
const PIN_PRECISION = 1e8;

export function firstPriors(knots: Knots): PhasePriors {
  return { curveVariance: new Float64Array(knots.clock.length).fill(1), weightVariance: 0.1 };
}

/** Adds to the normal equations that the curve walks at random, and that weights lie around 1. */
export function addPriors(
  { normal, right }: ShareEquations,
  state: PhaseState,
  { clock }: Knots,
  priors: PhasePriors,
  pins: readonly { readonly at: number; readonly value: number }[],
): void {
  const { knots, curve, logWeights } = state;
  const size = right.length;
  const add = (row: number, column: number, value: number) => {
    (normal[row * size + column] as number) += value;
  };
  const pull = (place: number, precision: number, distance: number) => {
    add(place, place, precision);
    (right[place] as number) += precision * distance;
  };
  for (let knot = 0; knot + 1 < knots.length; knot += 1) {
    const variance = (priors.curveVariance[knot] as number) * (clock[knot] as number);
    const difference = (curve[knot + 1] as number) - (curve[knot] as number);
    pull(knot, 1 / variance, difference);
    pull(knot + 1, 1 / variance, -difference);
    add(knot, knot + 1, -1 / variance);
    add(knot + 1, knot, -1 / variance);
  }
  curve.forEach((value, knot) => {
    pull(knot, KNOT_PRECISION, 0.5 - value);
  });
  for (const { at, value } of pins) {
    const knot = knots.indexOf(at);
    pull(knot, PIN_PRECISION, value - (curve[knot] as number));
  }
  logWeights.forEach((weight, channel) => {
    pull(knots.length + channel, 1 / priors.weightVariance, -weight);
  });
}

/**
 * Priors that suit what was found: the mean squares of changes and of log weights, each with its
 * posterior variance (expectation and maximisation), so that what answers leave open stays open.
 *
 * @param present by channel: 1 where the phase has answers of it
 */
export function suitedPriors(
  { curve, logWeights }: PhaseState,
  { clock }: Knots,
  covariance: Float64Array,
  present: Uint8Array,
): PhasePriors {
  const size = curve.length + logWeights.length;
  const at = (row: number, column: number) => covariance[row * size + column] as number;
  const running = new Float64Array(clock.length + 1);
  clock.forEach((width, knot) => {
    const next = knot + 1;
    const variance = Math.max(0, at(knot, knot) + at(next, next) - 2 * at(knot, next));
    const square = ((curve[next] as number) - (curve[knot] as number)) ** 2 + variance;
    running[next] = (running[knot] as number) + square / width;
  });
  const curveVariance = clock.map((_, knot) => {
    const low = Math.max(0, knot - WINDOW);
    const high = Math.min(clock.length, knot + WINDOW + 1);
    const mean = ((running[high] as number) - (running[low] as number)) / (high - low);
    return Math.max(SMALLEST_CURVE_VARIANCE, mean);
  });
  let squares = 0;
  let count = 0;
  logWeights.forEach((weight, channel) => {
    if (present[channel] === 1) {
      squares += weight ** 2 + at(curve.length + channel, curve.length + channel);
      count += 1;
    }
  });
  const mean = count === 0 ? 1 : squares / count;
  const atLeast = Math.max(SMALLEST_WEIGHT_VARIANCE, mean);
  return { curveVariance, weightVariance: Math.min(LARGEST_WEIGHT_VARIANCE, atLeast) };
}
