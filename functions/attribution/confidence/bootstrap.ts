import { seededRandom } from '../ihc/random';
import type { ModelCredits, ModelJourneys } from '../models/model-journeys';
import { keptBy } from '../models/observation/kept';
import { type SparseRows, sparseRows } from '../models/sparse-rows';

export interface ShareInterval {
  /** Channel, or '(base)' for what no touch earned. */
  readonly channel: string;
  /** Share of all conversions. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  readonly samples: number;
  /** Share of resamples that lie within the interval. */
  readonly level: number;
  readonly seed: number;
  /** More customers who converted than this are drawn from, and their intervals narrowed. */
  readonly mostCustomers: number;
}

export const BOOTSTRAP_DEFAULTS: BootstrapOptions = {
  samples: 200,
  level: 0.9,
  seed: 1,
  mostCustomers: 10_000,
};

export const BASE = '(base)';

/** Cumulative probabilities of Poisson numbers of mean 1: 0, 1, 2, ... */
const POISSON_ONE = cumulativePoisson(16);

/**
 * Sampling intervals of channel shares: each customer counts a Poisson number of times (mean 1), with
 * all of their journeys together, so that their conversions are not taken for independent. Poisson
 * bootstrap, Chamandy and others 2012; intervals are quantiles of the resamples. Of many customers
 * every so many-th is resampled, and the distances from the share shrink by the root of the ratio (m out
 * of n, Bickel, Götze and van Zwet 1997): the interval is as wide, and takes no longer.
 *
 * @param customer customer of each journey, 0 to the number of customers less 1
 */
export function bootstrapShares(
  journeys: ModelJourneys,
  { credit, baseShare }: ModelCredits,
  customer: Uint32Array,
  given: Partial<BootstrapOptions> = {},
): readonly ShareInterval[] {
  const options = { ...BOOTSTRAP_DEFAULTS, ...given };
  const width = journeys.channels.length + 1;
  const customers = sumByCustomer(journeys, { credit, baseShare }, customer, width);
  const step = Math.max(1, Math.ceil(customers.length / width / options.mostCustomers));
  const stride = width * step;
  const drawn = drawTimes(customer, Math.ceil(customers.length / stride), options);
  const samples = resample(sparseRows(customers, width), step, width, drawn);
  const shares = sharesOf(customers, width, width);
  const drawnShares = sharesOf(customers, width, stride);
  return [...journeys.channels, BASE].map((channel, column) => {
    const sorted = (samples[column] as Float64Array).sort();
    const share = shares[column] as number;
    const bound = (at: number) => {
      const value = quantile(sorted, at);
      if (step === 1) return value;
      const distance = (value - (drawnShares[column] as number)) / Math.sqrt(step);
      return Math.min(1, Math.max(0, share + distance));
    };
    const low = bound((1 - options.level) / 2);
    return { channel, share, low, high: bound((1 + options.level) / 2) };
  });
}

/** Poisson numbers, sample by sample; all models of the same customers get the same. */
function drawTimes(
  customer: Uint32Array,
  count: number,
  { samples, seed }: BootstrapOptions,
): readonly Uint8Array[] {
  const known = drawnTimes(customer);
  const key = `${seed} ${samples} ${count}`;
  const found = known.get(key);
  if (found) return found;
  const random = seededRandom(seed);
  const drawn = Array.from({ length: samples }, () => {
    const times = new Uint8Array(count);
    for (let index = 0; index < count; index += 1) times[index] = poissonOne(random());
    return times;
  });
  known.set(key, drawn);
  return drawn;
}

const drawnTimes = keptBy((_: Uint32Array) => new Map<string, readonly Uint8Array[]>());

/** Shares of the resamples, by column: of every `step`-th row, so many times each. */
function resample(
  { offsets, columns, values }: SparseRows,
  step: number,
  width: number,
  drawn: readonly Uint8Array[],
): readonly Float64Array[] {
  const shares = Array.from({ length: width }, () => new Float64Array(drawn.length));
  const sums = new Float64Array(width);
  drawn.forEach((times, sample) => {
    sums.fill(0);
    for (let index = 0, row = 0; index < times.length; index += 1, row += step) {
      const count = times[index] as number;
      const to = count > 0 ? (offsets[row + 1] as number) : 0;
      for (let at = offsets[row] as number; at < to; at += 1) {
        (sums[columns[at] as number] as number) += count * (values[at] as number);
      }
    }
    const total = sums.reduce((sum, value) => sum + value, 0);
    shares.forEach((column, index) => {
      column[sample] = total > 0 ? (sums[index] as number) / total : 0;
    });
  });
  return shares;
}

/** Shares of all conversions, by the rows at every `stride`. */
function sharesOf(customers: Float64Array, width: number, stride: number): Float64Array {
  const sums = new Float64Array(width);
  for (let row = 0; row < customers.length; row += stride) {
    for (let column = 0; column < width; column += 1) {
      (sums[column] as number) += customers[row + column] as number;
    }
  }
  const total = sums.reduce((sum, value) => sum + value, 0);
  return sums.map((sum) => (total > 0 ? sum / total : 0));
}

/** Rows of customers who converted: conversions by channel, and the base's. */
function sumByCustomer(
  journeys: ModelJourneys,
  { credit, baseShare }: ModelCredits,
  customer: Uint32Array,
  width: number,
): Float64Array {
  const rows = new Map<number, number>();
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const owner = customer[journey] as number;
    if ((journeys.conversions[journey] as number) > 0 && !rows.has(owner)) {
      rows.set(owner, rows.size);
    }
  }
  const sums = new Float64Array(rows.size * width);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const weight = journeys.conversions[journey] as number;
    if (weight > 0) {
      const start = (rows.get(customer[journey] as number) as number) * width;
      const to = journeys.offsets[journey + 1] as number;
      for (let touch = journeys.offsets[journey] as number; touch < to; touch += 1) {
        (sums[start + (journeys.channel[touch] as number)] as number) +=
          weight * (credit[touch] as number);
      }
      (sums[start + width - 1] as number) += weight * (baseShare[journey] as number);
    }
  }
  return sums;
}

function cumulativePoisson(count: number): Float64Array {
  const cumulative = new Float64Array(count);
  let probability = Math.exp(-1);
  let sum = 0;
  for (let number = 0; number < count; number += 1) {
    sum += probability;
    cumulative[number] = sum;
    probability /= number + 1;
  }
  return cumulative;
}

function poissonOne(uniform: number): number {
  let number = 0;
  while (number < POISSON_ONE.length && uniform >= (POISSON_ONE[number] as number)) {
    number += 1;
  }
  return number;
}

/** Type 7 of Hyndman and Fan. */
function quantile(sorted: Float64Array, at: number): number {
  const place = at * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? 0;
  return below + (place - Math.floor(place)) * (above - below);
}
