import { evaluateCurve } from '../curves';
import type { Fit } from './fit';

/** What the numbers of a parameter vector are. */
export interface VectorLayout {
  /** Such as 'phase_weights.holder' or 'channel_weights.Direct.closer'. */
  readonly names: readonly string[];
  /** Where the memberships at the reference's knots begin: initializer curve, then closer curve. */
  readonly initializerCurveAt: number;
  readonly closerCurveAt: number;
  readonly length: number;
}

export const PHASES = ['initializer', 'holder', 'closer'] as const;

/** The layout for fits of journeys with these channels, compared at the knots of `reference`. */
export function vectorLayout(reference: Fit, channels: readonly string[]): VectorLayout {
  const names = [
    ...PHASES.map((phase) => `phase_weights.${phase}`),
    'reset_gap_hours',
    'initializer_curve.start',
    'closer_curve.end',
    ...channels.flatMap((channel) => PHASES.map((phase) => `channel_weights.${channel}.${phase}`)),
  ];
  const closerCurveAt = names.length + reference.initializerCurve.at.length;
  return {
    names,
    initializerCurveAt: names.length,
    closerCurveAt,
    length: closerCurveAt + reference.closerCurve.at.length,
  };
}

/** A fit as one vector; curves by their memberships at the knots of `reference`. */
export function vectorOf(fit: Fit, reference: Fit, layout: VectorLayout): Float64Array {
  const vector = new Float64Array(layout.length);
  let next = 0;
  const put = (value: number) => {
    vector[next] = value;
    next += 1;
  };
  for (const phase of PHASES) {
    put(fit.phaseWeights[phase]);
  }
  put(fit.resetGapHours);
  put(fit.initializerCurve.at[0] as number);
  put(fit.closerCurve.at[fit.closerCurve.at.length - 1] as number);
  for (let channel = 0; channel < fit.channelWeights.initializer.length; channel += 1) {
    for (const phase of PHASES) {
      put(fit.channelWeights[phase][channel] as number);
    }
  }
  for (const gap of reference.initializerCurve.at) {
    put(gap >= fit.resetGapHours ? 1 : evaluateCurve(fit.initializerCurve, gap));
  }
  for (const hours of reference.closerCurve.at) {
    put(evaluateCurve(fit.closerCurve, hours));
  }
  return vector;
}
