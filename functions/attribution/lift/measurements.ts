import type { LiftTest, ModelEffects } from './lift-test';
import type { Comparison } from './scale';

/** All tests of one channel together, over all days. */
export interface Measurement extends Comparison {
  /** Index into the model's channels. */
  readonly channel: number;
  readonly testCount: number;
  /** Whether the channel's tests differ by more than their errors explain. */
  readonly isContradictory: boolean;
}

/**
 * What tests measured, by channel: a test speaks of its days and is brought to all days by the part
 * of the channel's credit that lies on them. Several tests of a channel are weighted by precision;
 * where they differ by more than their errors explain, the error grows with it (Birge 1932).
 */
export function measurementsOf(
  { channels, conversions, predicted }: ModelEffects,
  tests: readonly LiftTest[],
): readonly Measurement[] {
  const typical = typicalCoverage(conversions, predicted, channels, tests);
  return channels.flatMap((name, channel): Measurement[] => {
    const model = conversions[channel] as number;
    const own = tests.flatMap((test, index) => {
      const expected = predicted[index] as number;
      const coverage = model > 0 && expected > 0 ? expected / model : typical;
      const value = test.incrementalConversions / coverage;
      const error = test.standardError / coverage;
      // An error too large for a number says nothing at all.
      const speaks = test.channel === name && Number.isFinite(error) && Number.isFinite(value);
      return speaks ? [{ value, error }] : [];
    });
    return own.length === 0 ? [] : [{ channel, model, ...together(own) }];
  });
}

function together(own: readonly { readonly value: number; readonly error: number }[]) {
  // Relative to the surest, so that no square is too large or too small for a number.
  const surest = Math.min(...own.map(({ error }) => error));
  const weights = own.map(({ error }) => (surest / error) ** 2);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const value = own.reduce(
    (total, one, index) => total + one.value * (weights[index] as number),
    0,
  );
  const mean = value / sum;
  const chiSquare = own.reduce((total, one) => total + ((one.value - mean) / one.error) ** 2, 0);
  const freedom = own.length - 1;
  const excess = freedom > 0 ? Math.max(1, chiSquare / freedom) : 1;
  return {
    value: mean,
    error: (surest / Math.sqrt(sum)) * Math.sqrt(excess),
    testCount: own.length,
    // Three standard deviations of chi-square above its mean.
    isContradictory: freedom > 0 && chiSquare > freedom + 3 * Math.sqrt(2 * freedom),
  };
}

/** The part of all credited conversions that a test covers, where a model has none of the channel. */
function typicalCoverage(
  conversions: Float64Array,
  predicted: Float64Array,
  channels: readonly string[],
  tests: readonly LiftTest[],
): number {
  let covered = 0;
  let all = 0;
  tests.forEach(({ channel }, index) => {
    covered += predicted[index] as number;
    all += conversions[channels.indexOf(channel)] as number;
  });
  return covered > 0 ? covered / all : 1;
}
