import type { CreditedCodes } from './credited-codes';
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
  /** By channel: conversions that its touches caused, and the sum of these touches' ages. */
  readonly responsibility: Float64Array;
  readonly aged: Float64Array;
}

/** What each of the codes adds to the rate at the journey's end. */
function addedBy({ channel, age }: CreditedCodes, { rate, tau }: Rates): Float64Array {
  return age.map((hours, place) => {
    const code = channel[place] as number;
    const own = rate[code] as number;
    return own > 0 ? own * Math.exp(-hours / (tau[code] as number)) : 0;
  });
}

/**
 * The E step: one pass over the conversions. The base follows a person's intent; at visits touches do
 * too (see the README).
 *
 * @param credited `creditedCodes` of the table
 */
export function expect(table: EventTable, credited: CreditedCodes, rates: Rates): Expectation {
  const { asked, offsets, weights, untouched, intent } = table;
  const { single, singleIntent, places } = credited;
  // A visit converts once at most, however many causes it has: they are 1 or more, and expected to
  // be rate / (1 - exp(-rate)). At any time, one cause is all there is.
  const isVisit = asked === 'visits';
  const added = addedBy(credited, rates);
  // Causes over rate, summed over conversions with such a touch; times its rate: responsibility.
  const inverse = new Float64Array(added.length);
  let logRates = untouched > 0 ? untouched * Math.log(rates.base) : 0;
  let baseInverse = untouched > 0 ? untouched / rates.base : 0;
  for (let place = 0; place < single.length; place += 1) {
    const weight = single[place] as number;
    if (weight > 0) {
      const person = singleIntent[place] as number;
      const rate = rates.base * person + (added[place] as number);
      const chance = isVisit ? -Math.expm1(-rate) : rate;
      const part = weight / chance;
      logRates += weight * (Math.log(chance) + (isVisit ? rate : 0));
      inverse[place] = part;
      baseInverse += part * person;
    }
  }
  for (let event = 0; event < weights.length; event += 1) {
    const from = offsets[event] as number;
    const to = offsets[event + 1] as number;
    const person = intent[event] as number;
    const touched = isVisit ? person : 1;
    let sum = 0;
    for (let touch = from; touch < to; touch += 1) sum += added[places[touch] as number] as number;
    const rate = rates.base * person + touched * sum;
    const weight = weights[event] as number;
    const chance = isVisit ? -Math.expm1(-rate) : rate;
    const part = weight / chance;
    logRates += weight * (Math.log(chance) + (isVisit ? rate : 0));
    baseInverse += part * person;
    const each = part * touched;
    for (let touch = from; touch < to; touch += 1) {
      (inverse[places[touch] as number] as number) += each;
    }
  }
  const responsibility = new Float64Array(table.channelCount);
  const aged = new Float64Array(table.channelCount);
  credited.channel.forEach((channel, place) => {
    const part = (inverse[place] as number) * (added[place] as number);
    (responsibility[channel] as number) += part;
    (aged[channel] as number) += part * (credited.age[place] as number);
  });
  return { logRates, base: rates.base * baseInverse, responsibility, aged };
}
