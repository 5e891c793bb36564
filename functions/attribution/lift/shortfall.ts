import type { ShrunkEffect } from './shrink';

/**
 * One sentence where journeys hold less of a channel than the tests make of it: no conversion has
 * more than its whole to give, and a channel that the model gives nothing has nothing to multiply.
 * Within the effect's standard error nobody could tell.
 *
 * @param credited conversions by channel, after `calibrateCredits`
 */
export function shortfallOf(
  effects: readonly ShrunkEffect[],
  credited: Float64Array,
): string | undefined {
  const short = effects.flatMap(({ channel, conversions, standardError }, code) => {
    const held = credited[code] as number;
    return conversions - held > Math.max(1, standardError)
      ? [`${Math.round(held)} of ${Math.round(conversions)} conversions of "${channel}"`]
      : [];
  });
  return short.length === 0
    ? undefined
    : `Lift tests say more than the model's journeys can credit: they hold ${short.join(', ')}; the rest stays without credit.`;
}
