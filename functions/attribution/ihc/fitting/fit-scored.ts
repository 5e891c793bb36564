import type { Curve } from '../curves';
import { medianInPlace } from '../quantiles';
import type { Fit } from '../training/fit';
import { curveThrough } from './curve-points';
import { fitCurveWeights } from './curve-weights';
import { fitHolderWeights } from './holder-weights';
import { observe } from './observations';
import { fitPhaseWeights } from './phase-weights';
import {
  journeyStarts,
  type ResetBounds,
  resetBounds,
  type ScoredJourneys,
} from './scored-journeys';

export interface ScoredFit {
  readonly fit: Fit;
  readonly converged: boolean;
  readonly iterations: number;
}

/**
 * Closer curves are quantiles of hours rounded to 0.1 h: where many journeys share such a value,
 * the curve jumps there.
 */
const CLOSER_JUMPS = Array.from({ length: 10 }, (_, index) => (index + 1) / 10);

/**
 * The parameters behind answers: reset from what was cut off, curves and weights of initializer
 * and closer from ratios within journeys, the holder's weights from what is left, phase weights
 * from ihc. A sentence instead where the answers do not tell a part.
 */
export function fitScored(scored: ScoredJourneys): ScoredFit | string {
  const { journeys } = scored;
  const phaseWeights = fitPhaseWeights(scored);
  if (phaseWeights === undefined) {
    return 'no journey has holder values, so the phase weights cannot be told apart';
  }
  const starts = journeyStarts(scored);
  const gaps = observe(scored, starts, 'initializer');
  const times = observe(scored, starts, 'closer');
  if (gaps.count === 0 || times.count === 0) {
    return 'no journey has two or more sessions with initializer and closer values, so the curves cannot be found';
  }
  const initializer = fitCurveWeights(gaps, journeys.channels.length, []);
  const closer = fitCurveWeights(times, journeys.channels.length, CLOSER_JUMPS);
  const rising = curveThrough(gaps, initializer.logWeights, []);
  const bounds = resetBounds(journeys, starts);
  const reset = bounds === null ? null : fitReset(bounds, rising);
  const curves = {
    resetGapHours: reset ?? Number.POSITIVE_INFINITY,
    initializerCurve: reset === null ? rising : risingTo(rising, reset),
    closerCurve: curveThrough(times, closer.logWeights, CLOSER_JUMPS),
  };
  return {
    fit: {
      ...curves,
      phaseWeights,
      channelWeights: {
        initializer: scaledWeights(initializer.logWeights),
        holder: scaledWeights(fitHolderWeights(scored, starts, curves)),
        closer: scaledWeights(closer.logWeights),
      },
    },
    converged: initializer.converged && closer.converged,
    iterations: Math.max(initializer.iterations, closer.iterations),
  };
}

/** Share of the way to the reset from which points tell how steeply membership rises to it. */
const LINE_SHARE = 0.85;

/**
 * The reset within its bounds. Membership reaches 1 there, so the curve is followed from its last
 * point at its late slope; the middle of the bounds where it does not rise.
 */
function fitReset({ above, upTo }: ResetBounds, curve: Curve): number {
  const late = curve.at.findIndex((gap) => gap >= LINE_SHARE * above);
  const last = curve.at.length - 1;
  const slope = late < 0 ? 0 : slopeOf(curve.at.subarray(late), curve.value.subarray(late));
  const reached = (curve.at[last] as number) + (1 - (curve.value[last] as number)) / slope;
  return slope > 0 && Number.isFinite(reached)
    ? Math.min(upTo, Math.max(above, reached))
    : (above + upTo) / 2;
}

function slopeOf(at: Float64Array, value: Float64Array): number {
  const mean = (values: Float64Array) =>
    values.reduce((sum, each) => sum + each, 0) / values.length;
  const [middle, height] = [mean(at), mean(value)];
  let covariance = 0;
  let variance = 0;
  at.forEach((place, index) => {
    covariance += (place - middle) * ((value[index] as number) - height);
    variance += (place - middle) ** 2;
  });
  return variance > 0 ? covariance / variance : 0;
}

/** From the last gap that was seen, membership rises to 1 at the reset. */
function risingTo(curve: Curve, reset: number): Curve {
  const isBelow = (_: number, index: number) => (curve.at[index] as number) < reset;
  return {
    at: Float64Array.of(...curve.at.filter(isBelow), reset),
    value: Float64Array.of(...curve.value.filter(isBelow), 1),
  };
}

/** Only ratios of weights show in answers: the median channel gets 1. */
function scaledWeights(logWeights: Float64Array): Float64Array {
  const middle = logWeights.length === 0 ? 0 : medianInPlace(logWeights.slice());
  return logWeights.map((weight) => Math.exp(weight - middle));
}
