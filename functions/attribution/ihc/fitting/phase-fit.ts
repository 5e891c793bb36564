import type { Curve } from '../curves';
import { medianInPlace } from '../quantiles';
import { solvePositive } from './cholesky';
import { type KnotOptions, placeKnots } from './knots';
import type { PhaseData } from './phase-data';
import { addPriors, firstPriors, suitedPriors } from './phase-priors';
import { type PhaseState, shareEquations } from './share-equations';

/** A phase's curve and channel weights, as logarithms, and how their search ended. */
export interface PhaseFit {
  readonly curve: Curve;
  readonly logWeights: Float64Array;
  readonly converged: boolean;
  readonly iterations: number;
  /** Of the groups, by answers' rounding: what is far above 1 the phase does not explain. */
  readonly medianError: number;
}

export interface PhaseFitOptions extends KnotOptions {
  readonly channelCount: number;
  /** Standard deviation of the answers' rounding. */
  readonly rounding: number;
}

const ITERATIONS_AT_MOST = 60;
/** Priors are found along with curve and weights in the first steps, and then held. */
const PRIOR_STEPS = 8;
const SMALLEST_STEP = 1e-6;
/** No answer is taken for more exact in the first step; a third of it in each further one. */
const FIRST_NOISE = 0.02;
/** Where no answer has value, the curve is 0 if the fit says no more than this. */
const UNSEEN = 0.003;
/** Times the usual error at which a group counts half: it was cut or answered otherwise. */
const STRANGE = 30;

/**
 * The curve and weights that explain a phase's values: weighted least squares by Gauss and Newton,
 * with a curve that walks at random between its knots and weights around 1, both as much as the
 * answers themselves say.
 */
export function fitPhase(data: PhaseData, options: PhaseFitOptions): PhaseFit {
  const knots = placeKnots(data, options);
  const state: PhaseState = {
    knots: knots.at,
    curve: knots.first.slice(),
    logWeights: new Float64Array(options.channelCount),
  };
  const present = new Uint8Array(options.channelCount);
  for (const channel of data.channel) {
    present[channel] = 1;
  }
  let priors = firstPriors(knots);
  let trust = new Float64Array(data.offsets.length - 1).fill(1);
  let medianError = 0;
  let converged = false;
  let iterations = 0;
  while (!converged && iterations < ITERATIONS_AT_MOST) {
    const { curveVariance } = priors;
    const equations = shareEquations(data, state, {
      rounding: Math.max(options.rounding, FIRST_NOISE / 3 ** iterations),
      bridge: knots.clock.map((width, knot) => width * (curveVariance[knot] as number)),
      trust,
    });
    addPriors(equations, state, knots, priors, options.pins);
    const seeksPriors = iterations < PRIOR_STEPS;
    const { solution, inverse } = solvePositive(equations.normal, equations.right, seeksPriors);
    const largest = move(state, solution);
    medianError = medianInPlace(equations.errors.slice());
    trust = trustOf(equations.errors, medianError);
    if (inverse !== undefined) {
      priors = suitedPriors(state, knots, inverse, present);
    }
    iterations += 1;
    converged = !seeksPriors && largest < SMALLEST_STEP;
  }
  const { from, to } = valuedHours(data, options.rounding);
  const curve = {
    at: state.knots,
    // What no answer shows is 0, so that such sessions have no value even among themselves.
    value: state.curve.map((value, knot) => {
      const at = state.knots[knot] as number;
      const least = at < from || at > to ? UNSEEN : options.rounding;
      return value > least ? Math.min(1, value) : 0;
    }),
  };
  return { curve, logWeights: state.logWeights, converged, iterations, medianError };
}

/**
 * Between which hours answers of the curve have value: curves begin or end with 0, and what a fit
 * leaves there is noise. It would be all the value of a journey that has no other.
 */
function valuedHours({ at, known, value }: PhaseData, rounding: number) {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  at.forEach((hours, entry) => {
    if (Number.isNaN(known[entry]) && (value[entry] as number) > rounding) {
      from = Math.min(from, hours);
      to = Math.max(to, hours);
    }
  });
  return { from, to };
}

/** Answers the largest change. */
function move({ knots, curve, logWeights }: PhaseState, step: Float64Array): number {
  let largest = 0;
  step.forEach((change, index) => {
    // A weight may triple in a step, no more: the first steps are rough.
    const bounded = Math.max(-1, Math.min(1, change));
    if (index < knots.length) {
      curve[index] = Math.max(-0.5, Math.min(1.5, (curve[index] as number) + bounded));
    } else {
      (logWeights[index - knots.length] as number) += bounded;
    }
    largest = Math.max(largest, Math.abs(change));
  });
  return largest;
}

function trustOf(errors: Float64Array, medianError: number): Float64Array<ArrayBuffer> {
  const usual = STRANGE * Math.max(1, medianError);
  return Float64Array.from(errors, (error) => 1 / (1 + (error / usual) ** 2));
}
