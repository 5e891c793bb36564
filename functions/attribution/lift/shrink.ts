import type { LiftTest, ModelEffects } from './lift-test';
import { type Measurement, measurementsOf } from './measurements';
import { fitScale, type Scale } from './scale';

/** A channel's incremental conversions over all days, as model and tests know them together. */
export interface ShrunkEffect {
  readonly channel: string;
  /** What the model said by itself. */
  readonly modelConversions: number;
  readonly conversions: number;
  /** With the scale's. */
  readonly standardError: number;
  /** The part of it that is the scale's: one number, of all channels at once. */
  readonly scaleError: number;
  readonly testCount: number;
}

export interface ShrunkEffects {
  readonly shrunk: readonly ShrunkEffect[];
  /** What the model's totals are multiplied by where no test speaks. */
  readonly scale: number;
  /** Spread of true effects around the scaled model, relative to their size. */
  readonly relativeSpread: number;
  /** One sentence where tests contradict each other, or all that the model says. */
  readonly warning?: string;
}

/** Models are never right to the last: the spread is not taken for less than this. */
const LEAST_SPREAD = 0.1;
/** ... and not for less than this over the number of channels that were tested: one shows no spread. */
const UNKNOWN_SPREAD = 0.5;
/** The unit of the spread is that of a scale not below this, and not below one conversion. */
const LEAST_UNIT_SCALE = 0.5;
const ROUNDS = 40;
const SETTLED = 1e-6;

/**
 * Precision weighting: the scaled model is the prior of a channel's effect, with a spread that the
 * tests themselves show (Paule and Mandel 1982: so wide that distances are as large as expected);
 * each tested channel has a measurement. Scale and spread are found in turns, since tests that a
 * model cannot meet say little of its scale.
 */
export function shrinkEffects(model: ModelEffects, tests: readonly LiftTest[]): ShrunkEffects {
  const { channels, conversions } = model;
  const measured = measurementsOf(model, tests);
  const mean = conversions.reduce((sum, value) => sum + value, 0) / Math.max(1, channels.length);
  const least = Math.max(LEAST_SPREAD, UNKNOWN_SPREAD / Math.max(1, measured.length));
  // Half of the spread's unit is the mean effect: a channel that the model gives nothing may have one.
  const unitOf = (channel: number, scale: number) =>
    Math.max(
      1,
      (Math.max(LEAST_UNIT_SCALE, scale) * ((conversions[channel] as number) + mean)) / 2,
    );
  let scale: Scale = { scale: 1, logError: 1 };
  let spread = least;
  for (let round = 0, moved = 1; round < ROUNDS && moved > SETTLED; round += 1) {
    const { scale: before } = scale;
    const unit = (channel: number) => unitOf(channel, before);
    spread = Math.max(least, spreadOf(measured, before, unit));
    const next = fitScale(
      measured.map((one) => ({ ...one, error: Math.hypot(one.error, spread * unit(one.channel)) })),
    );
    // Half of the way (in logarithms): whole steps swing where one test is far off.
    scale = { ...next, scale: Math.sqrt(before * next.scale) };
    moved = Math.abs(Math.log(scale.scale / before));
  }
  const shrunk = channels.map((channel, code): ShrunkEffect => {
    const own = conversions[code] as number;
    const prior = { value: scale.scale * own, error: spread * unitOf(code, scale.scale) };
    const measurement = measured.find((one) => one.channel === code);
    // The measurement's part: precision over the sum of precisions, without squares that overflow.
    const trust = measurement ? 1 / (1 + (measurement.error / prior.error) ** 2) : 0;
    const error = prior.error * Math.sqrt(1 - trust);
    const scaleError = (1 - trust) * prior.value * scale.logError;
    return {
      channel,
      modelConversions: own,
      conversions: Math.max(0, prior.value + trust * ((measurement?.value ?? 0) - prior.value)),
      standardError: Math.hypot(error, scaleError),
      scaleError,
      testCount: measurement?.testCount ?? 0,
    };
  });
  const warning = warningOf(measured, channels, spread);
  return {
    shrunk,
    scale: scale.scale,
    relativeSpread: spread,
    ...(warning === undefined ? {} : { warning }),
  };
}

function warningOf(
  measured: readonly Measurement[],
  channels: readonly string[],
  spread: number,
): string | undefined {
  const torn = measured.filter(({ isContradictory }) => isContradictory);
  if (torn.length > 0) {
    const names = torn.map(({ channel }) => `"${channels[channel]}"`).join(', ');
    return `The lift tests of ${names} contradict each other by more than their standard errors explain; check them, until then they count for less.`;
  }
  return spread > 1
    ? 'The lift tests contradict the model at any scale: effects differ from it by more than their size; check the tests, and take untested channels for unknown.'
    : undefined;
}

/** The relative spread at which distances from the scaled model are as large as expected; 0 to 10. */
function spreadOf(
  measured: readonly Measurement[],
  scale: number,
  unitOf: (channel: number) => number,
): number {
  const surprise = (spread: number) =>
    measured.reduce((sum, { channel, model, value, error }) => {
      const distance = value - scale * model;
      return sum + (distance / Math.hypot(error, spread * unitOf(channel))) ** 2;
    }, 0);
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
