import type { ShrunkEffect } from '../lift/shrink';
import { BASE, type ShareInterval } from './bootstrap';

/** Standard errors to either side of an interval that holds 90%. */
const HALF_WIDTH = 1.645;

/**
 * Intervals of a model that was drawn to lift tests: beside chance in who was seen there is what tests
 * leave open, its standard error; both are put together as independent. The base has what the
 * channels have not: their own errors, and that of the scale, which is of all of them at once.
 *
 * @param conversions that the shares are of
 */
export function calibratedShares(
  shares: readonly ShareInterval[],
  effects: readonly ShrunkEffect[],
  conversions: number,
): readonly ShareInterval[] {
  const scaleError = effects.reduce((sum, effect) => sum + effect.scaleError, 0);
  const ownErrors = effects.map((effect) =>
    Math.sqrt(Math.max(0, effect.standardError ** 2 - effect.scaleError ** 2)),
  );
  const errorOf = (channel: string) =>
    channel === BASE
      ? Math.hypot(scaleError, ...ownErrors)
      : (effects.find((effect) => effect.channel === channel)?.standardError ?? 0);
  return shares.map(({ channel, share, low, high }) => {
    const margin = conversions > 0 ? (HALF_WIDTH * errorOf(channel)) / conversions : 0;
    return {
      channel,
      share,
      low: Math.max(0, share - Math.hypot(share - low, margin)),
      high: Math.min(1, share + Math.hypot(high - share, margin)),
    };
  });
}
