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
  /** By code: causes over rate, summed over conversions with such a touch; times its rate: responsibility. */
  readonly inverse: Float64Array;
}

/** What each code adds to the rate at the journey's end. */
export function ratesByCode({ bins, channelCount }: EventTable, rates: Rates): Float64Array {
  const added = new Float64Array(channelCount * bins.count);
  for (let channel = 0; channel < channelCount; channel += 1) {
    const rate = rates.rate[channel] as number;
    const tau = rates.tau[channel] as number;
    for (let bin = 0; rate > 0 && bin < bins.count; bin += 1) {
      added[channel * bins.count + bin] = rate * Math.exp(-(bins.hours[bin] as number) / tau);
    }
  }
  return added;
}

/**
 * The E step: one pass over the conversions. The base follows a person's intent; at visits touches do
 * too (see the README).
 */
export function expect(table: EventTable, rates: Rates): Expectation {
  const { asked, single, offsets, codes, weights, untouched, intent, singleIntent, bins } = table;
  // A visit converts once at most, however many causes it has: they are 1 or more, and expected to
  // be rate / (1 - exp(-rate)). At any time, one cause is all there is.
  const isVisit = asked === 'visits';
  const logOf = (rate: number) => (isVisit ? rate + Math.log(-Math.expm1(-rate)) : Math.log(rate));
  const causesOver = (rate: number) => (isVisit ? -1 / Math.expm1(-rate) : 1 / rate);
  const added = ratesByCode(table, rates);
  const inverse = new Float64Array(added.length);
  let logRates = untouched > 0 ? untouched * Math.log(rates.base) : 0;
  let baseInverse = untouched > 0 ? untouched / rates.base : 0;
  for (let code = 0; code < single.length; code += 1) {
    const weight = single[code] as number;
    if (weight > 0) {
      const person = singleIntent[code % bins.count] as number;
      const rate = rates.base * person + (added[code] as number);
      const part = weight * causesOver(rate);
      logRates += weight * logOf(rate);
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
    const part = weight * causesOver(rate);
    logRates += weight * logOf(rate);
    baseInverse += part * person;
    for (let touch = from; touch < to; touch += 1) {
      (inverse[codes[touch] as number] as number) += part * touched;
    }
  }
  return { logRates, base: rates.base * baseInverse, inverse };
}
