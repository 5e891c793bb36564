import { type Journeys, selectJourneys } from '../journeys';
import { type Fit, fitParameters } from './fit';
import type { TrainingOptions } from './options';
import { vectorLayout, vectorOf } from './parameter-vector';

/** A parameter on which the two halves of the journeys disagree. */
export interface Disagreement {
  readonly parameter: string;
  readonly first_half: number;
  readonly second_half: number;
}

export interface Stability {
  readonly disagreements: readonly Disagreement[];
  /** Empty where the halves agree. */
  readonly warnings: readonly string[];
}

/** How far halves may differ: absolutely for weights, as a share of the estimate for hours. */
const tolerances: readonly (readonly [RegExp, number, 'absolute' | 'relative'])[] = [
  [/^phase_weights\./, 0.02, 'absolute'],
  [/^channel_weights\./, 0.15, 'absolute'],
  [/^(reset_gap_hours|closer_curve\.end|initializer_curve\.start)$/, 0.15, 'relative'],
];

/** Trains on every other journey and on the rest, and names the parameters that differ much. */
export function compareHalves(journeys: Journeys, fit: Fit, options: TrainingOptions): Stability {
  const half = (parity: number) => {
    const size = Math.floor((journeys.journeyCount - parity + 1) / 2);
    const indices = Uint32Array.from({ length: size }, (_, index) => 2 * index + parity);
    return fitParameters(selectJourneys(journeys, indices), options);
  };
  const first = half(0);
  const second = half(1);
  if (typeof first === 'string' || typeof second === 'string') {
    return {
      disagreements: [],
      warnings: ['Half of the journeys is too few to train on, so stability is not known.'],
    };
  }
  const layout = vectorLayout(fit, journeys.channels);
  const [a, b, whole] = [first, second, fit].map((each) => vectorOf(each, fit, layout)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const disagreements = layout.names.flatMap((parameter, index): Disagreement[] => {
    const one = a[index] as number;
    const other = b[index] as number;
    return Math.abs(one - other) > allowed(parameter, whole[index] as number)
      ? [{ parameter, first_half: rounded(one), second_half: rounded(other) }]
      : [];
  });
  return { disagreements, warnings: disagreements.length === 0 ? [] : [warningOf(disagreements)] };
}

function allowed(parameter: string, estimate: number): number {
  const rule = tolerances.find(([pattern]) => pattern.test(parameter));
  const [, tolerance, kind] = rule ?? [null, Number.POSITIVE_INFINITY, 'absolute'];
  return kind === 'relative' ? tolerance * Math.abs(estimate) : tolerance;
}

function warningOf(disagreements: readonly Disagreement[]): string {
  const named = disagreements
    .slice(0, 3)
    .map(
      ({ parameter, first_half, second_half }) => `${parameter} ${first_half} and ${second_half}`,
    );
  const more = disagreements.length > 3 ? ` and ${disagreements.length - 3} more` : '';
  return `The two halves of the journeys disagree on ${named.join(', ')}${more}; train on more journeys, or set these by hand.`;
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
