import { hoursBetween, type Journeys } from '../journeys';
import { quantileOfSorted } from '../quantiles';
import type { TrainingOptions } from './options';

/**
 * The gap in hours that starts a journey anew: a quantile of the largest gaps of journeys with 3
 * or more sessions, after the longest of them are left out. Gaps that print as 0.0 h say nothing.
 * NaN where no journey has such a gap.
 */
export function trainReset(journeys: Journeys, options: TrainingOptions): number {
  const largest = largestGaps(journeys).sort();
  const limit = quantileOfSorted(largest, options.resetFilterQuantile);
  let kept = largest.length;
  while (kept > 0 && (largest[kept - 1] as number) > limit) {
    kept -= 1;
  }
  return quantileOfSorted(largest.subarray(0, kept), options.resetQuantile);
}

function largestGaps(journeys: Journeys): Float64Array {
  const gaps = new Float64Array(journeys.journeyCount);
  let count = 0;
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    if (to - from < 3) {
      continue;
    }
    let largest = 0;
    for (let session = from + 1; session < to; session += 1) {
      largest = Math.max(largest, hoursBetween(journeys.time, session - 1, session));
    }
    if (largest >= 0.05) {
      gaps[count] = largest;
      count += 1;
    }
  }
  return gaps.slice(0, count);
}
