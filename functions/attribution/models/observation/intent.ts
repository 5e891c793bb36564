import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { TimedJourneys } from '../model-journeys';

/** How touches follow from unseen intent, as plain JSON. */
export interface IntentParameters {
  /** Gamma shape of intent (mean 1); the larger, the more alike persons are. */
  readonly shape: number;
  readonly channels: Readonly<
    Record<
      string,
      {
        /** Touches per hour of an average person. */
        readonly rate: number;
        /** How far the channel follows intent, 0 (not at all) to 1. */
        readonly weight: number;
      }
    >
  >;
}

/** A shape at which nobody differs. */
const ALIKE = 1e6;
/** A microsecond, in hours: what is shorter in all is no time, and tells no rate. */
const SHORTEST = 1 / 3.6e9;
/** How far the first factor must stand out from what is noise: from the most negative one. */
const ABOVE_NOISE = 4;

/**
 * Reads from touches alone how far persons differ and which channels follow it. A channel that reaches
 * people by their intent has counts that scatter more than chance would, together with those of the
 * other such channels: cov(n_c, n_d) is about e_c e_d g_c g_d with e the expected counts. The loadings
 * g are the first factor of that matrix; the largest gives the shape (1 / g^2), the others the weights.
 * A factor that does not stand out from chance is none: then all persons are alike.
 */
export function fitIntent(journeys: TimedJourneys): IntentParameters {
  const width = journeys.channels.length;
  const rates = channelRates(journeys);
  const products = new Float64Array(width * width);
  const counts = new Float64Array(width);
  let squaredHours = 0;
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const hours = countTouches(journeys, journey, counts);
    squaredHours += hours * hours;
    for (let c = 0; c < width; c += 1) {
      const excess = (counts[c] as number) - (rates[c] as number) * hours;
      for (let d = 0; d <= c; d += 1) {
        const own = c === d ? (counts[c] as number) : 0;
        const other = (counts[d] as number) - (rates[d] as number) * hours;
        products[c * width + d] = (products[c * width + d] as number) + excess * other - own;
      }
    }
  }
  const loadings = firstFactor(products, rates, squaredHours);
  const largest = Math.max(0, ...loadings);
  return {
    shape: largest > 0 ? Math.min(ALIKE, 1 / largest ** 2) : ALIKE,
    channels: Object.fromEntries(
      journeys.channels.map((channel, code) => [
        channel,
        {
          rate: rates[code] as number,
          weight: largest > 0 ? Math.max(0, loadings[code] as number) / largest : 0,
        },
      ]),
    ),
  };
}

/** Intent of each journey's person as its touches tell it at its end; what Gamma and Poisson give. */
export function intentOf(journeys: TimedJourneys, parameters: IntentParameters): Float64Array {
  const read = intentReader(journeys, parameters);
  const intent = new Float64Array(journeys.journeyCount);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    intent[journey] = read(journey);
  }
  return intent;
}

/** The same for one journey at a time. */
export function intentReader(
  journeys: TimedJourneys,
  parameters: IntentParameters,
): (journey: number) => number {
  const { shape } = parameters;
  const { weights, perHour } = byCode(journeys.channels, parameters);
  return (journey) => {
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    let seen = shape;
    for (let touch = from + 1; touch < to; touch += 1) {
      seen += weights[journeys.channel[touch] as number] as number;
    }
    return to > from ? seen / (shape + perHour * (journeys.hoursToEnd[from] as number)) : 1;
  };
}

/** The same at each touch, that touch included. */
export function intentAtTouches(
  journeys: TimedJourneys,
  parameters: IntentParameters,
): Float64Array {
  const { shape } = parameters;
  const { weights, perHour } = byCode(journeys.channels, parameters);
  const intent = new Float64Array(journeys.touchCount);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    let seen = shape;
    for (let touch = from; touch < to; touch += 1) {
      seen += touch > from ? (weights[journeys.channel[touch] as number] as number) : 0;
      const hours = (journeys.hoursToEnd[from] as number) - (journeys.hoursToEnd[touch] as number);
      intent[touch] = seen / (shape + perHour * hours);
    }
  }
  return intent;
}

/** Intent of a person whose only touch lies so many hours back. */
export function intentAfterOne(hours: number, parameters: IntentParameters): number {
  return parameters.shape / (parameters.shape + byCode([], parameters).perHour * hours);
}

/**
 * The integral of intent, as it was known at each moment, over the time that each journey was watched:
 * hours, of a person of intent 1. Before the first touch everybody's is 1.
 */
export function intentHours(journeys: TimedJourneys, parameters: IntentParameters): Float64Array {
  const { shape } = parameters;
  const { weights, perHour } = byCode(journeys.channels, parameters);
  const result = journeys.hoursObserved.slice();
  for (let journey = 0; perHour > 0 && journey < journeys.journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    if (to > from) {
      const first = journeys.hoursToEnd[from] as number;
      let hours = (journeys.hoursObserved[journey] as number) - first;
      let seen = shape;
      let reached = shape;
      for (let touch = from + 1; touch <= to; touch += 1) {
        const left = touch < to ? (journeys.hoursToEnd[touch] as number) : 0;
        const next = shape + perHour * (first - left);
        hours += (seen / perHour) * Math.log(next / reached);
        reached = next;
        seen += touch < to ? (weights[journeys.channel[touch] as number] as number) : 0;
      }
      result[journey] = hours;
    }
  }
  return result;
}

function byCode(channels: readonly string[], { channels: known }: IntentParameters) {
  const of = (channel: string) => (Object.hasOwn(known, channel) ? known[channel] : undefined);
  return {
    weights: Float64Array.from(channels, (channel) => of(channel)?.weight ?? 0),
    // Channels that are followed, whether these journeys have them or not.
    perHour: Object.values(known).reduce((sum, { rate, weight }) => sum + rate * weight, 0),
  };
}

/**
 * Touches after a journey's first one, into `counts`; answers the hours in which they came. The first
 * touch is left out everywhere: journeys may be known by it alone, and some channels (retargeting)
 * begin with it, for whatever person.
 */
function countTouches(journeys: TimedJourneys, journey: number, counts: Float64Array): number {
  counts.fill(0);
  const from = journeys.offsets[journey] as number;
  const to = journeys.offsets[journey + 1] as number;
  for (let touch = from + 1; touch < to; touch += 1) {
    const channel = journeys.channel[touch] as number;
    counts[channel] = (counts[channel] as number) + 1;
  }
  return to > from ? (journeys.hoursToEnd[from] as number) : 0;
}

function channelRates(journeys: TimedJourneys): Float64Array {
  const counts = new Float64Array(journeys.channels.length);
  const totals = new Float64Array(journeys.channels.length);
  let hours = 0;
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    hours += countTouches(journeys, journey, counts);
    counts.forEach((count, code) => {
      totals[code] = (totals[code] as number) + count;
    });
  }
  return totals.map((total) => (hours >= SHORTEST ? total / hours : 0));
}

/** Loadings of the first factor; pairs of frequent channels are better known and count for more. */
function firstFactor(
  products: Float64Array,
  rates: Float64Array,
  squaredHours: number,
): Float64Array {
  const width = rates.length;
  const matrix = Matrix.zeros(width, width);
  for (let c = 0; c < width; c += 1) {
    for (let d = 0; d <= c; d += 1) {
      const size = Math.sqrt((rates[c] as number) * (rates[d] as number)) * squaredHours;
      const value = size > 0 ? (products[c * width + d] as number) / size : 0;
      matrix.set(c, d, value);
      matrix.set(d, c, value);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const first = realEigenvalues.indexOf(Math.max(...realEigenvalues));
  // Covariances of a shared intent have no negative eigenvalue: those are the size of chance.
  const noise = Math.abs(Math.min(...realEigenvalues));
  const value = realEigenvalues[first] ?? 0;
  const root = value > ABOVE_NOISE * noise ? Math.sqrt(value) : 0;
  const vector = Float64Array.from({ length: width }, (_, c) => eigenvectorMatrix.get(c, first));
  const sign = vector.reduce((sum, value) => sum + value, 0) < 0 ? -1 : 1;
  return vector.map((entry, c) =>
    (rates[c] as number) > 0 ? (sign * entry * root) / Math.sqrt(rates[c] as number) : 0,
  );
}
