import type { Compensator } from './compensator';
import type { EventTable } from './event-table';
import type { Expectation, Rates } from './expectation';
import type { HazardOptions } from './parameters';

/**
 * The M step. Base rate: responsibility over hours. For a touch rate b and its tau, the expected
 * log-likelihood is R log b - A / tau - b E(tau) with R the channel's responsibility, A the sum of
 * responsibility times age, E the compensator; its maximum over b is b = R / E(tau), and what is left
 * in tau is searched on a line. A tau that would not gain stays, so that no step loses.
 */
export function maximise(
  table: EventTable,
  compensator: Compensator,
  rates: Rates,
  expectation: Expectation,
  options: HazardOptions,
): Rates {
  const rate = new Float64Array(table.channelCount);
  const tau = rates.tau.slice();
  const meanLogTau = meanLog(rates.tau);
  for (let channel = 0; channel < table.channelCount; channel += 1) {
    const responsibility = expectation.responsibility[channel] as number;
    const aged = expectation.aged[channel] as number;
    if (responsibility > 0) {
      const gain = (logTau: number) =>
        -responsibility * compensator(channel, logTau) -
        aged / Math.exp(logTau) -
        (logTau - meanLogTau) ** 2 / (2 * options.tauSpread ** 2);
      tau[channel] = searchTau(gain, rates.tau[channel] as number, options);
      const exposed = Math.exp(compensator(channel, Math.log(tau[channel] as number)));
      rate[channel] = responsibility / exposed;
    }
  }
  return { base: expectation.base / table.hours, rate, tau };
}

export function meanLog(values: Float64Array): number {
  return values.reduce((sum, value) => sum + Math.log(value), 0) / Math.max(1, values.length);
}

/** Golden section within half a unit of the present log tau; steps that are larger take turns. */
function searchTau(gain: (logTau: number) => number, tau: number, options: HazardOptions): number {
  const present = Math.log(tau);
  let from = Math.max(Math.log(options.shortestTau), present - 0.5);
  let to = Math.min(Math.log(options.longestTau), present + 0.5);
  const golden = (Math.sqrt(5) - 1) / 2;
  let left = to - golden * (to - from);
  let right = from + golden * (to - from);
  let leftGain = gain(left);
  let rightGain = gain(right);
  while (to - from > 1e-4) {
    if (leftGain >= rightGain) {
      to = right;
      right = left;
      rightGain = leftGain;
      left = to - golden * (to - from);
      leftGain = gain(left);
    } else {
      from = left;
      left = right;
      leftGain = rightGain;
      right = from + golden * (to - from);
      rightGain = gain(right);
    }
  }
  const best = leftGain >= rightGain ? left : right;
  return Math.max(leftGain, rightGain) > gain(present) ? Math.exp(best) : tau;
}
