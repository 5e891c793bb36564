/**
 * What a set of channels is worth, by what came of the journeys that touched no channel beyond it.
 *
 * - `rate`: conversions / (conversions + nulls), 0 where there are no such journeys
 * - `conversions`: conversions
 */
export type Game = 'rate' | 'conversions';

export function worth(game: Game, conversions: number, nulls: number): number {
  if (game === 'conversions') return conversions;
  return conversions === 0 ? 0 : conversions / (conversions + nulls);
}
