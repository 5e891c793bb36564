import type { EventTable } from './event-table';

/** Rates under way; by channel code. Hours throughout. */
export interface Rates {
  readonly base: number;
  readonly rate: Float64Array;
  readonly tau: Float64Array;
}

export interface Expectation {
  /** Sum over conversions of the log of their rate (of a visit: log(exp(rate) - 1)), in nats; without
   * the compensator. */
  readonly logRates: number;
  /** Conversions that are the base's. */
  readonly base: number;
  /** By code: conversions that such touches caused. */
  readonly responsibility: Float64Array;
}

/** What each of the codes adds to the rate at the journey's end. */
function ratesByCode({ bins, single }: EventTable, codes: Uint32Array, rates: Rates): Float64Array {
  const added = new Float64Array(single.length);
  for (const code of codes) {
    const channel = Math.floor(code / bins.count);
    const rate = rates.rate[channel] as number;
    if (rate > 0) {
      const age = bins.hours[code - channel * bins.count] as number;
      added[code] = rate * Math.exp(-age / (rates.tau[channel] as number));
    }
  }
  return added;
}

/**
 * The E step: one pass over the conversions. The base follows a person's intent; at visits touches do
 * too (see the README).
 *
 * @param credited `creditedCodes` of the table
 */
export function expect(table: EventTable, credited: Uint32Array, rates: Rates): Expectation {
  const { asked, single, offsets, codes, weights, untouched, intent, singleIntent, bins } = table;
  // A visit converts once at most, however many causes it has: they are 1 or more, and expected to
  // be rate / (1 - exp(-rate)). At any time, one cause is all there is.
  const isVisit = asked === 'visits';
  const chanceOf = (rate: number) => (isVisit ? -Math.expm1(-rate) : rate);
  const added = ratesByCode(table, credited, rates);
  // Causes over rate, summed over conversions with such a touch; times its rate: responsibility.
  const inverse = new Float64Array(added.length);
  let logRates = untouched > 0 ? untouched * Math.log(rates.base) : 0;
  let baseInverse = untouched > 0 ? untouched / rates.base : 0;
  for (const code of credited) {
    const weight = single[code] as number;
    if (weight > 0) {
      const person = singleIntent[code % bins.count] as number;
      const rate = rates.base * person + (added[code] as number);
      const chance = chanceOf(rate);
      const part = weight / chance;
      logRates += weight * (Math.log(chance) + (isVisit ? rate : 0));
      inverse[code] = part;
      baseInverse += part * person;
    }
  }
  for (let event = 0; event < weights.length; event += 1) {
    const from = offsets[event] as number;
    const to = offsets[event + 1] as number;
    const person = intent[event] as number;
    const touched = isVisit ? person : 1;
    let rate = rates.base * person;
    for (let touch = from; touch < to; touch += 1) {
      rate += touched * (added[codes[touch] as number] as number);
    }
    const weight = weights[event] as number;
    const chance = chanceOf(rate);
    const part = weight / chance;
    logRates += weight * (Math.log(chance) + (isVisit ? rate : 0));
    baseInverse += part * person;
    for (let touch = from; touch < to; touch += 1) {
      (inverse[codes[touch] as number] as number) += part * touched;
    }
  }
  for (const code of credited) (inverse[code] as number) *= added[code] as number;
  return { logRates, base: rates.base * baseInverse, responsibility: inverse };
}
