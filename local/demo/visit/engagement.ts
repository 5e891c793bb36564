import type { Random } from '../random/random';
import type { Origin } from '../shop/origins';

export type Depth = 'glance' | 'browse' | 'deep';

/** How much a visit of this depth counts for intent. */
export const engagementOf: Readonly<Record<Depth, number>> = { glance: 0.3, browse: 1, deep: 1.6 };

/** How deep a visit goes: the origin decides about glances, experience about the rest. */
export function chooseDepth(random: Random, origin: Origin, visitCount: number): Depth {
  const bounce = visitCount > 2 ? origin.bounce : origin.bounce * 1.25;
  if (random.chance(bounce)) return 'glance';
  return random.chance(0.18 + 0.03 * Math.min(visitCount, 5)) ? 'deep' : 'browse';
}
