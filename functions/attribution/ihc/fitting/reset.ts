import type { Curve } from '../curves';
import { hoursBetween, type Journeys } from '../journeys';

/** Where the reset may lie: above every gap that was none, not above any gap that was one. */
export interface ResetBounds {
  readonly above: number;
  readonly upTo: number;
}

/**
 * Bounds that part the gaps before a start from those after it, with the fewest on the wrong side;
 * null where nothing was cut off.
 *
 * @param counts whether a journey is looked at; all if absent
 */
export function resetBounds(
  journeys: Journeys,
  starts: Uint32Array,
  counts: (journey: number) => boolean = () => true,
): ResetBounds | null {
  const gaps: { readonly hours: number; readonly isReset: boolean }[] = [];
  let resets = 0;
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    const start = starts[journey] as number;
    if (!counts(journey)) {
      continue;
    }
    if (start > from) {
      gaps.push({ hours: hoursBetween(journeys.time, start - 1, start), isReset: true });
      resets += 1;
    }
    for (let session = start + 1; session < to; session += 1) {
      gaps.push({ hours: hoursBetween(journeys.time, session - 1, session), isReset: false });
    }
  }
  return resets === 0 ? null : partition(gaps, resets);
}

function partition(
  gaps: { readonly hours: number; readonly isReset: boolean }[],
  resets: number,
): ResetBounds {
  gaps.sort((a, b) => a.hours - b.hours);
  // Wrong if the reset lies below all gaps: every gap that is none.
  let wrong = gaps.length - resets;
  let fewest = wrong;
  let bounds: ResetBounds = { above: 0, upTo: gaps[0]?.hours ?? 0 };
  gaps.forEach((gap, index) => {
    wrong += gap.isReset ? 1 : -1;
    if (wrong < fewest) {
      fewest = wrong;
      bounds = { above: gap.hours, upTo: gaps[index + 1]?.hours ?? gap.hours };
    }
  });
  return bounds;
}

/**
 * Shares of the way to the reset from which knots tell how steeply membership rises to it: the
 * curve bends with the distribution of gaps, so the shortest end that has knots enough.
 */
const LINE_SHARES = [0.95, 0.85, 0.7];
const FEWEST_KNOTS = 4;
/** The service counts gaps in tenths of an hour. */
const UNITS_PER_HOUR = 10;

/**
 * The reset within its bounds. Membership reaches 1 there, so the curve is followed from its last
 * point at its late slope, to the nearest tenth of an hour that the bounds leave; the middle of
 * the bounds where the curve does not rise.
 */
export function fitReset({ above, upTo }: ResetBounds, curve: Curve): number {
  const late = LINE_SHARES.map((share) => curve.at.findIndex((gap) => gap >= share * above));
  const from = late.find((first) => first >= 0 && curve.at.length - first >= FEWEST_KNOTS);
  const last = curve.at.length - 1;
  const slope =
    from === undefined ? 0 : slopeOf(curve.at.subarray(from), curve.value.subarray(from));
  const reached = (curve.at[last] as number) + (1 - (curve.value[last] as number)) / slope;
  const within =
    slope > 0 && Number.isFinite(reached)
      ? Math.min(upTo, Math.max(above, reached))
      : (above + upTo) / 2;
  const lowest = Math.floor(above * UNITS_PER_HOUR) + 1;
  const highest = Math.floor(upTo * UNITS_PER_HOUR);
  return lowest > highest
    ? within
    : Math.min(highest, Math.max(lowest, Math.round(within * UNITS_PER_HOUR))) / UNITS_PER_HOUR;
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
export function risingTo(curve: Curve, reset: number): Curve {
  const isBelow = (_: number, index: number) => (curve.at[index] as number) < reset;
  return {
    at: Float64Array.of(...curve.at.filter(isBelow), reset),
    value: Float64Array.of(...curve.value.filter(isBelow), 1),
  };
}
