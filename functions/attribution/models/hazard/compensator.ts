import type { EventTable } from './event-table';

/**
 * Logarithm of a channel's compensator of rate 1: sum over its touches of tau * (1 - exp(-age / tau)),
 * in hours; asked at visits the sum of exp(-age / tau) over all touches that visits know, in visits.
 * -Infinity where there is nothing to expose.
 */
export type Compensator = (channel: number, logTau: number) => number;

/** Of log tau, between the points at which a channel's compensator is added up. */
const STEP = 1 / 16;

/**
 * The sums hang on channel and tau alone, and a fit asks for them thousands of times: they are added up
 * at points of log tau when these are first needed, with their slope, and read between them by cubic
 * Hermite interpolation of the logarithm (wrong by less than 1e-7). The fit sees one smooth function
 * throughout, so that its likelihood still never falls.
 */
export function compensatorOf(table: EventTable): Compensator {
  const known = Array.from({ length: table.channelCount }, () => new Map<number, Point>());
  const exposed = Array.from({ length: table.channelCount }, (_, channel) =>
    exposureOf(table, channel),
  );
  const pointAt = (channel: number, place: number): Point => {
    const points = known[channel] as Map<number, Point>;
    const found = points.get(place);
    if (found) return found;
    const point = addUp(exposed[channel] as Exposure, table.asked, Math.exp(place * STEP));
    points.set(place, point);
    return point;
  };
  return (channel, logTau) => {
    const place = Math.floor(logTau / STEP);
    const left = pointAt(channel, place);
    const right = pointAt(channel, place + 1);
    const t = logTau / STEP - place;
    const u = 1 - t;
    return left.log === Number.NEGATIVE_INFINITY
      ? left.log
      : u * u * ((1 + 2 * t) * left.log + t * STEP * left.slope) +
          t * t * ((1 + 2 * u) * right.log - u * STEP * right.slope);
  };
}

interface Point {
  readonly log: number;
  /** By log tau. */
  readonly slope: number;
}

/** A channel's ages that occur, and how often. */
interface Exposure {
  readonly hours: Float64Array;
  readonly counts: Float64Array;
}

function exposureOf({ bins, exposed }: EventTable, channel: number): Exposure {
  const counts = exposed.subarray(channel * bins.count, (channel + 1) * bins.count);
  return {
    hours: bins.hours.filter((_, bin) => (counts[bin] as number) > 0),
    counts: counts.filter((count) => count > 0),
  };
}

function addUp({ hours, counts }: Exposure, asked: EventTable['asked'], tau: number): Point {
  let sum = 0;
  let aged = 0;
  for (let index = 0; index < counts.length; index += 1) {
    const age = (hours[index] as number) / tau;
    const count = counts[index] as number;
    if (asked === 'visits') {
      const left = count * Math.exp(-age);
      sum += left;
      aged += left * age;
    } else {
      const gone = Math.expm1(-age);
      sum -= count * gone;
      aged += count * (1 + gone) * age;
    }
  }
  return asked === 'visits'
    ? { log: Math.log(sum), slope: aged / sum }
    : { log: Math.log(tau * sum), slope: 1 - aged / sum };
}
