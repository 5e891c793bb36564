import type { Curve } from '../curves';
import { hoursBetween, type Journeys } from '../journeys';
import { medianInPlace, quantileKnots } from '../quantiles';
import { lastReset } from '../score';
import type { TrainingOptions } from './options';

/**
 * Closer membership by hours to conversion: it falls in equal steps from 1 to 0 over the quantiles
 * of the journeys' median times of closer sessions. 0 after the last knot.
 */
export function trainCloserCurve(
  journeys: Journeys,
  resetGapHours: number,
  options: TrainingOptions,
): Curve {
  const medians = mediansByJourney(journeys, resetGapHours, (from, to, values) => {
    let count = 0;
    for (let session = from; session < to - 1; session += 1) {
      const hours = Math.round(hoursBetween(journeys.time, session, to - 1) * 10) / 10;
      if (journeys.closer[session] && hours > 0) {
        values[count] = hours;
        count += 1;
      }
    }
    return count;
  });
  const steps = options.knotCount - 1;
  return {
    at: quantileKnots(medians, options.knotCount, options.closerEndQuantile),
    value: Float64Array.from({ length: steps + 1 }, (_, index) => 1 - index / steps),
  };
}

/**
 * Initializer membership by the gap before a session: the straight line to 1 at the reset, bent
 * down where typical gaps lie (F, their distribution), max(0, (1 + K) t/b - K F(t)); 0 before its
 * last zero.
 */
export function trainInitializerCurve(
  journeys: Journeys,
  resetGapHours: number,
  options: TrainingOptions,
): Curve {
  const medians = mediansByJourney(journeys, resetGapHours, (from, to, values) => {
    let count = 0;
    for (let session = from + 1; session < to; session += 1) {
      const gap = hoursBetween(journeys.time, session - 1, session);
      if (gap > options.shortGapHours && gap <= resetGapHours) {
        values[count] = gap;
        count += 1;
      }
    }
    return count;
  });
  const quantiles = quantileKnots(medians, options.knotCount, 1);
  const bend = options.initializerBend;
  const steps = options.knotCount - 1;
  const at = [...quantiles, resetGapHours];
  const value = [...quantiles].map((gap, index) =>
    Math.min(1, ((1 + bend) * gap) / resetGapHours - (bend * index) / steps),
  );
  return fromLastZero([0, ...at], [0, ...value, 1]);
}

/** Cuts the curve off below its last crossing of 0, where it starts at 0. */
function fromLastZero(at: readonly number[], value: readonly number[]): Curve {
  let above = value.length - 1;
  while (above > 0 && (value[above - 1] as number) > 0) {
    above -= 1;
  }
  const below = above - 1;
  const low = value[below] as number;
  const high = value[above] as number;
  const start = at[below] as number;
  const crossing = start + ((at[above] as number) - start) * (-low / (high - low));
  return {
    at: Float64Array.of(crossing, ...at.slice(above)),
    value: Float64Array.of(0, ...value.slice(above)),
  };
}

type Collect = (from: number, to: number, values: Float64Array) => number;

/** Sorted medians of what `collect` finds in each journey after its last reset. */
function mediansByJourney(
  journeys: Journeys,
  resetGapHours: number,
  collect: Collect,
): Float64Array {
  const medians = new Float64Array(journeys.journeyCount);
  let values = new Float64Array(1024);
  let journeyCount = 0;
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const to = journeys.offsets[journey + 1] as number;
    const from = lastReset(journeys, resetGapHours, journeys.offsets[journey] as number, to);
    if (to - from > values.length) {
      values = new Float64Array(2 * (to - from));
    }
    const count = collect(from, to, values);
    if (count > 0) {
      medians[journeyCount] = medianInPlace(values.subarray(0, count));
      journeyCount += 1;
    }
  }
  return medians.slice(0, journeyCount).sort();
}
