import type { Slot } from './journey-slots';

export const INK = '#1f2328';
export const QUIET = '#59636e';
export const LINE = '#d8dee4';

/**
 * Okabe and Ito's colours, which the colour-blind tell apart ("Color Universal Design", 2008),
 * without the yellow that white paper swallows. Names stand under the bars: colours only help.
 */
const COLOURS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#5b4b9a'];
/** Sums, what no session took, and channels beyond the colours. */
const GREY = '#9aa4ae';

export const PHASES = [
  { phase: 'initializer', name: 'Initializer', colour: '#0072b2' },
  { phase: 'holder', name: 'Holder', colour: '#e69f00' },
  { phase: 'closer', name: 'Closer', colour: '#009e73' },
] as const;

/** One colour a channel; where there are more channels, the most credited get one. */
export function channelColours(slots: readonly Slot[]): (slot: Slot) => string {
  const credits = new Map<string, number>();
  for (const slot of slots) {
    if (slot.sessionCount === 1) {
      credits.set(slot.channel, (credits.get(slot.channel) ?? 0) + slot.credit);
    }
  }
  const ranked = [...credits].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const colours = new Map(ranked.map(([channel], index) => [channel, COLOURS[index] ?? GREY]));
  return (slot) => (slot.sessionCount === 1 ? (colours.get(slot.channel) ?? GREY) : GREY);
}
