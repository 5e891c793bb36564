import type { LiftTest, ModelEffects } from './lift-test';

/** A channel's incremental conversions over all days, as model and tests know them together. */
export interface ShrunkEffect {
  readonly channel: string;
  /** What the model said by itself. */
  readonly modelConversions: number;
  readonly conversions: number;
  readonly standardError: number;
  readonly testCount: number;
}

/** Models are never right to the last: the spread is not taken for less than this. */
const LEAST_SPREAD = 0.1;

/**
 * Precision weighting: the scaled model is the prior of a channel's effect, with a spread that the
 * tests themselves show (Paule and Mandel 1982: so wide that distances are as large as expected);
 * each test of the channel is a measurement.
 */
export function shrinkEffects(
  { channels, conversions, predicted }: ModelEffects,
  tests: readonly LiftTest[],
  scale: number,
): { readonly shrunk: readonly ShrunkEffect[]; readonly relativeSpread: number } {
  const total = conversions.reduce((sum, value) => sum + value, 0);
  const mean = total / Math.max(1, channels.length);
  // Half of the spread's unit is the mean effect: a channel that the model gives nothing may have one.
  const unitOf = (channel: number) => (scale * ((conversions[channel] as number) + mean)) / 2;
  const typical = typicalCoverage(conversions, predicted, channels, tests);
  const measured = tests.map((test, index) => {
    const channel = channels.indexOf(test.channel);
    const own = conversions[channel] as number;
    const expected = predicted[index] as number;
    const coverage = own > 0 && expected > 0 ? expected / own : typical;
    return {
      channel,
      value: test.incrementalConversions / coverage,
      error: test.standardError / coverage,
      distance: test.incrementalConversions / coverage - scale * own,
      unit: unitOf(channel),
    };
  });
  const spread = Math.max(LEAST_SPREAD, spreadOf(measured));
  const shrunk = channels.map((channel, code): ShrunkEffect => {
    const prior = scale * (conversions[code] as number);
    const own = measured.filter((test) => test.channel === code);
    const priorPrecision = 1 / Math.max(1e-12, spread * unitOf(code)) ** 2;
    let precision = priorPrecision;
    let weighted = prior * priorPrecision;
    for (const { value, error } of own) {
      precision += 1 / error ** 2;
      weighted += value / error ** 2;
    }
    return {
      channel,
      modelConversions: conversions[code] as number,
      conversions: Math.max(0, weighted / precision),
      standardError: Math.sqrt(1 / precision),
      testCount: own.length,
    };
  });
  return { shrunk, relativeSpread: spread };
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

function spreadOf(
  measured: readonly { readonly distance: number; readonly error: number; readonly unit: number }[],
): number {
  const surprise = (spread: number) =>
    measured.reduce(
      (sum, { distance, error, unit }) => sum + distance ** 2 / (error ** 2 + (spread * unit) ** 2),
      0,
    );
  // One number was fitted to the tests: the scale.
  const expected = Math.max(1, measured.length - 1);
  if (surprise(0) <= expected) {
    return 0;
  }
  let low = 0;
  let high = 10;
  for (let turn = 0; turn < 50; turn += 1) {
    const middle = (low + high) / 2;
    if (surprise(middle) > expected) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (low + high) / 2;
}
