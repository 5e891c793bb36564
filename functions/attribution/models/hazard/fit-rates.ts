import { type Compensator, compensatorOf } from './compensator';
import { creditedCodes } from './credited-codes';
import type { EventTable } from './event-table';
import { type Expectation, expect, type Rates } from './expectation';
import { maximise, meanLog } from './maximisation';
import type { HazardOptions } from './parameters';

export interface RatesFit {
  readonly rates: Rates;
  /** Of each point that was accepted, in order. */
  readonly logLikelihoods: readonly number[];
  /** EM steps. */
  readonly steps: number;
  readonly converged: boolean;
}

const INITIAL_TAU_HOURS = 48;
/** A rate of e^-60 an hour is none. */
const LOG_ZERO = -60;

/** Rates to begin with: half of the conversions are the base's, the touches share the others. */
export function initialRates(table: EventTable, options: HazardOptions): Rates {
  const touches = table.exposed.reduce((sum, count) => sum + count, 0);
  const start = Math.min(options.longestTau, Math.max(options.shortestTau, INITIAL_TAU_HOURS));
  return {
    base: (0.5 * table.conversionCount) / table.hours,
    tau: new Float64Array(table.channelCount).fill(start),
    rate: Float64Array.from({ length: table.channelCount }, (_, channel) =>
      hasExposure(table, channel)
        ? (0.5 * table.conversionCount) / touches / (table.asked === 'visits' ? 1 : start)
        : 0,
    ),
  };
}

/** At ends a touch of age 0 exposes to nothing. */
function hasExposure({ asked, bins, exposed }: EventTable, channel: number): boolean {
  const from = channel * bins.count;
  return exposed
    .subarray(asked === 'visits' ? from : from + 1, from + bins.count)
    .some((count) => count > 0);
}

/**
 * EM, made faster by SQUAREM (Varadhan and Roland 2008, step length S3) on the logarithms of all
 * rates: two EM steps show a direction, a longer one is tried, and taken only where it is not worse.
 */
export function fitRates(table: EventTable, initial: Rates, options: HazardOptions): RatesFit {
  const credited = creditedCodes(table);
  const compensator = compensatorOf(table);
  const evaluate = (rates: Rates) => {
    const expectation = expect(table, credited, rates);
    return { expectation, value: objective(table, compensator, rates, expectation, options) };
  };
  let rates = initial;
  let { expectation, value } = evaluate(rates);
  const logLikelihoods = [value];
  let steps = 0;
  for (let cycle = 0; cycle < options.maximumCycles; cycle += 1) {
    const once = maximise(table, compensator, rates, expectation, options);
    const atOnce = evaluate(once);
    const twice = maximise(table, compensator, once, atOnce.expectation, options);
    steps += 2;
    let next = extrapolate(rates, once, twice, options);
    let atNext = evaluate(next);
    if (!(atNext.value >= atOnce.value)) {
      next = twice;
      atNext = evaluate(twice);
    }
    const gain = atNext.value - value;
    ({ expectation, value } = atNext);
    rates = next;
    logLikelihoods.push(value);
    if (gain <= options.tolerance * table.conversionCount) {
      return { rates, logLikelihoods, steps, converged: true };
    }
  }
  return { rates, logLikelihoods, steps, converged: false };
}

/** Log-likelihood in nats: log rates of conversions, less the compensator, and the prior of tau. */
function objective(
  table: EventTable,
  compensator: Compensator,
  rates: Rates,
  expectation: Expectation,
  options: HazardOptions,
): number {
  let value = expectation.logRates - rates.base * table.hours;
  const mean = meanLog(rates.tau);
  for (let channel = 0; channel < table.channelCount; channel += 1) {
    const logTau = Math.log(rates.tau[channel] as number);
    const rate = rates.rate[channel] as number;
    value -= rate > 0 ? rate * Math.exp(compensator(channel, logTau)) : 0;
    value -= (logTau - mean) ** 2 / (2 * options.tauSpread ** 2);
  }
  return value;
}

function extrapolate(start: Rates, once: Rates, twice: Rates, options: HazardOptions): Rates {
  const [a, b, c] = [toLogs(start), toLogs(once), toLogs(twice)];
  let first = 0;
  let second = 0;
  for (let index = 0; index < a.length; index += 1) {
    const r = (b[index] as number) - (a[index] as number);
    const v = (c[index] as number) - (b[index] as number) - r;
    first += r * r;
    second += v * v;
  }
  const length = second > 0 ? Math.max(1, Math.sqrt(first / second)) : 1;
  const moved = a.map((value, index) => {
    const r = (b[index] as number) - value;
    const v = (c[index] as number) - (b[index] as number) - r;
    return value + 2 * length * r + length * length * v;
  });
  return fromLogs(moved, start.tau.length, options);
}

function toLogs({ base, rate, tau }: Rates): Float64Array {
  return Float64Array.of(base, ...rate, ...tau).map((value) => Math.max(LOG_ZERO, Math.log(value)));
}

function fromLogs(logs: Float64Array, channelCount: number, options: HazardOptions): Rates {
  const values = logs.map((log) => (log <= LOG_ZERO ? 0 : Math.exp(Math.min(log, -LOG_ZERO))));
  return {
    base: Math.exp(Math.min(-LOG_ZERO, Math.max(LOG_ZERO, logs[0] as number))),
    rate: values.slice(1, 1 + channelCount),
    tau: values
      .slice(1 + channelCount)
      .map((tau) => Math.min(options.longestTau, Math.max(options.shortestTau, tau))),
  };
}
