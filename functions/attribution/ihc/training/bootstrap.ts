import { type Journeys, selectJourneys } from '../journeys';
import { quantileInPlace } from '../quantiles';
import type { Random } from '../random';
import { type Fit, fitParameters } from './fit';
import type { TrainingOptions } from './options';
import { type VectorLayout, vectorLayout, vectorOf } from './parameter-vector';

/** Lower and upper ends of 95% intervals. */
export interface Intervals {
  /** Resamples that gave parameters, of those drawn. */
  readonly sample_count: number;
  readonly journeys_per_sample: number;
  readonly parameters: Readonly<Record<string, readonly [number, number]>>;
  /** Memberships at the knots of the trained curve. */
  readonly initializer_curve: { readonly lower: number[]; readonly upper: number[] };
  readonly closer_curve: { readonly lower: number[]; readonly upper: number[] };
}

/**
 * Percentile intervals from resamples of whole journeys: sessions of one journey depend on each
 * other. Large inputs are resampled at `bootstrapJourneys`, and the spread is scaled by the root
 * of the ratio (m out of n), which holds for quantiles and what is made of them.
 */
export function bootstrapIntervals(
  journeys: Journeys,
  fit: Fit,
  options: TrainingOptions,
  random: Random,
): Intervals | undefined {
  const size = Math.min(journeys.journeyCount, options.bootstrapJourneys);
  const layout = vectorLayout(fit, journeys.channels);
  const vectors: Float64Array[] = [];
  for (let sample = 0; sample < options.bootstrapSamples; sample += 1) {
    const indices = Uint32Array.from({ length: size }, () =>
      Math.floor(random() * journeys.journeyCount),
    );
    const resampled = fitParameters(selectJourneys(journeys, indices), options);
    if (typeof resampled !== 'string') {
      vectors.push(vectorOf(resampled, fit, layout));
    }
  }
  if (vectors.length < 2) {
    return undefined;
  }
  const scale = Math.sqrt(size / journeys.journeyCount);
  return intervalsOf(vectors, vectorOf(fit, fit, layout), layout, scale, size);
}

function intervalsOf(
  vectors: readonly Float64Array[],
  estimate: Float64Array,
  layout: VectorLayout,
  scale: number,
  size: number,
): Intervals {
  const end = (index: number, probability: number) => {
    const center = estimate[index] as number;
    const values = Float64Array.from(vectors, (vector) => vector[index] as number);
    return rounded(center + scale * (quantileInPlace(values, probability) - center));
  };
  const range = (from: number, to: number) => ({
    lower: Array.from({ length: to - from }, (_, index) => end(from + index, 0.025)),
    upper: Array.from({ length: to - from }, (_, index) => end(from + index, 0.975)),
  });
  return {
    sample_count: vectors.length,
    journeys_per_sample: size,
    parameters: Object.fromEntries(
      layout.names.map((name, index) => [name, [end(index, 0.025), end(index, 0.975)]]),
    ),
    initializer_curve: range(layout.initializerCurveAt, layout.closerCurveAt),
    closer_curve: range(layout.closerCurveAt, layout.length),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
