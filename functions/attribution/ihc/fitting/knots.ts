import { quantileOfSorted } from '../quantiles';
import type { PhaseData } from './phase-data';

/** Knots of a phase's curve, and how far apart they are for its changes. */
export interface Knots {
  /** Hours, sorted; a place where the curve may jump stands twice. */
  readonly at: Float64Array;
  /**
   * By interval: as time passes and as answers lie in it, half and half. Curves of the service are
   * made of both, a line and a distribution of hours.
   */
  readonly clock: Float64Array;
  /** Values to begin the search with. */
  readonly first: Float64Array;
}

export interface KnotOptions {
  /** Places in hours at which the curve may jump. */
  readonly jumps: readonly number[];
  /** Places at which the curve is known. */
  readonly pins: readonly { readonly at: number; readonly value: number }[];
}

/** The time of a step grows with the cube of the knots. */
const KNOTS_AT_MOST = 160;
/** Knots where the curve is level. */
const LEVEL_KNOTS = 20;
const COARSE_KNOTS = 101;
/** A curve that changes less over five coarse intervals is level there. */
const LEVEL = 0.003;
/** A jump counts as so much of the clock, which is about 2 from the first to the last knot. */
const JUMP_CLOCK = 0.02;
const SHORTEST_CLOCK = 1e-6;

/** Knots at the observations, or at quantiles of them, as far as the curve changes there. */
export function placeKnots(data: PhaseData, { jumps, pins }: KnotOptions): Knots {
  const places = data.at.filter((_, entry) => Number.isNaN(data.known[entry])).sort();
  const pinned = pins.map(({ at }) => at);
  if (places.length === 0) {
    const at = Float64Array.from(pinned).sort();
    const first = at.map((place) => pins.find((pin) => pin.at === place)?.value ?? 0);
    return { at, clock: new Float64Array(Math.max(0, at.length - 1)).fill(1), first };
  }
  const coarse = thinned(places, COARSE_KNOTS);
  const rough = firstCurve(data, coarse);
  const changing = places.filter((place) => {
    const below = knotBelow(coarse, place);
    const near = rough.subarray(Math.max(0, below - 2), below + 3);
    return Math.max(...near) - Math.min(...near) > LEVEL;
  });
  const smooth = new Set([
    ...thinned(places, LEVEL_KNOTS),
    ...thinned(changing, KNOTS_AT_MOST),
    ...pinned,
  ]);
  const single = [...smooth].filter((knot) => !jumps.includes(knot));
  const at = Float64Array.from([...single, ...jumps, ...jumps]).sort();
  return { at, clock: clockOf(places, at), first: firstCurve(data, at) };
}

/** The last knot that is not beyond the point; the first where all are. */
export function knotBelow(knots: Float64Array, point: number): number {
  let low = 0;
  let high = knots.length - 1;
  if (point >= (knots[high] as number)) {
    return high;
  }
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((knots[middle] as number) <= point) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

/** All of the sorted places, or so many quantiles. */
function thinned(places: Float64Array, most: number): Float64Array {
  return places.length <= most
    ? places
    : Float64Array.from({ length: most }, (_, index) =>
        quantileOfSorted(places, index / (most - 1)),
      );
}

function clockOf(places: Float64Array, knots: Float64Array): Float64Array {
  const far = quantileOfSorted(places, 0.9) || 1;
  let seen = 0;
  const ranks = knots.map((knot) => {
    while (seen < places.length && (places[seen] as number) <= knot) {
      seen += 1;
    }
    return seen / places.length;
  });
  return Float64Array.from({ length: knots.length - 1 }, (_, index) => {
    const hours = (knots[index + 1] as number) - (knots[index] as number);
    const share = (ranks[index + 1] as number) - (ranks[index] as number);
    return hours === 0 ? JUMP_CLOCK : (hours / far + share) / 2 + SHORTEST_CLOCK;
  });
}

/** Means of ratios to sessions of known membership near each knot, as if channels weighed alike. */
function firstCurve(data: PhaseData, knots: Float64Array): Float64Array {
  const sums = new Float64Array(knots.length + 1);
  const counts = new Float64Array(knots.length + 1);
  for (let group = 0; group + 1 < data.offsets.length; group += 1) {
    const from = data.offsets[group] as number;
    const to = data.offsets[group + 1] as number;
    let reference = 0;
    for (let entry = from; entry < to; entry += 1) {
      if ((data.known[entry] as number) > 0) {
        reference = Math.max(reference, data.value[entry] as number);
      }
    }
    for (let entry = from; reference > 0 && entry < to; entry += 1) {
      if (Number.isNaN(data.known[entry])) {
        const knot = knotBelow(knots, data.at[entry] as number);
        (sums[knot + 1] as number) += Math.min(1, (data.value[entry] as number) / reference);
        (counts[knot + 1] as number) += 1;
      }
    }
  }
  for (let knot = 0; knot < knots.length; knot += 1) {
    (sums[knot + 1] as number) += sums[knot] as number;
    (counts[knot + 1] as number) += counts[knot] as number;
  }
  return knots.map((_, knot) => meanNear(sums, counts, knot));
}

/** The mean over the fewest neighbours to both sides that hold any observation; of running sums. */
function meanNear(sums: Float64Array, counts: Float64Array, knot: number): number {
  const knots = sums.length - 1;
  const reach = Math.ceil(knots / 60);
  for (let width = reach; width < knots + reach; width += reach) {
    const low = Math.max(0, knot - width);
    const high = Math.min(knots, knot + width + 1);
    const count = (counts[high] as number) - (counts[low] as number);
    if (count > 0) {
      return ((sums[high] as number) - (sums[low] as number)) / count;
    }
  }
  return 0.5;
}
