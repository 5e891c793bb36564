import { type MatchParameters, weightsOf } from './parameters';
import type { Patterns } from './patterns';

/**
 * Comparisons that say together where somebody lives. Who moves changes them all at once: street, postcode and
 * town then agree as those of strangers do, and say nothing. As three comparisons they would speak against
 * one person three times.
 */
export interface Place {
  /** Indexes of the comparisons; their m is that of persons who did not move. */
  readonly members: readonly number[];
  /** Pr(moved | one person). */
  readonly moved: number;
  /**
   * By the members that agree exactly, as a sum of 2 to the power of their places: the bits by which strangers
   * do so more often than if it were chance in each. Who shares a postcode shares a town.
   */
  readonly together: readonly number[];
}

/** Of more parts than that the others are taken by themselves. */
const MOST_PARTS = 8;

/**
 * How often strangers agree in several parts of a place at once. Of what was not seen the best guess is that of
 * fewer parts, and the rest by chance; what was seen counts against that as one pair more.
 *
 * @param strangers by pattern of the random pairs: how many are of two persons
 * @param u by comparison
 */
export function togetherOf(
  { levels }: Patterns,
  strangers: Float64Array,
  members: readonly number[],
  u: readonly (readonly number[])[],
): number[] {
  const parts = members.slice(0, MOST_PARTS);
  const alone = parts.map((at) => u[at]?.[0] ?? 1);
  const found = [1];
  const bits = [0];
  for (let mask = 1; mask < 2 ** parts.length; mask += 1) {
    const chosen = parts.flatMap((_, part) => (hasBit(mask, part) ? [part] : []));
    const guess = Math.max(
      ...chosen.map((part) => (found[mask - 2 ** part] ?? 1) * (alone[part] ?? 1)),
    );
    const columns = chosen.map((part) => levels[parts[part] ?? -1] ?? new Int8Array());
    let known = 0;
    let agreed = 0;
    for (let pattern = 0; pattern < strangers.length; pattern += 1) {
      if (columns.some((column) => (column[pattern] ?? -1) < 0)) continue;
      const count = strangers[pattern] ?? 0;
      known += count;
      if (columns.every((column) => column[pattern] === 0)) agreed += count;
    }
    const share = chosen.length === 1 ? guess : (guess * (agreed + 1)) / (guess * known + 1);
    const chance = chosen.reduce((product, part) => product * (alone[part] ?? 1), 1);
    found.push(share);
    bits.push(Math.max(0, Math.log2(share / chance)));
  }
  return bits;
}

/**
 * Of its parts, the most telling first: by those before that agree (as a sum of 2 to the power of their places), the
 * share of strangers for whom it is decided by them. All others agree in it as if by chance.
 */
export function impliedShares(
  { comparisons }: MatchParameters,
  { members, together }: Place,
): { readonly order: readonly number[]; readonly implied: readonly (readonly number[])[] } {
  const alone = members.map((at) => comparisons[at]?.u[0] ?? 1);
  const ranked = members
    .map((_, part) => part)
    .slice(0, MOST_PARTS)
    .sort((a, b) => (alone[a] ?? 1) - (alone[b] ?? 1));
  const implied = ranked.map((part, rank) =>
    Array.from({ length: 2 ** rank }, (_, agreed) => {
      const before = ranked.slice(0, rank).filter((_, index) => hasBit(agreed, index));
      const mask = before.reduce((sum, one) => sum + 2 ** one, 0);
      const own = alone[part] ?? 1;
      const shares = own * 2 ** ((together[mask + 2 ** part] ?? 0) - (together[mask] ?? 0));
      return Math.min(1, Math.max(0, (shares - own) / Math.max(1 - own, 1e-9)));
    }),
  );
  const order = ranked.map((part) => members[part] ?? -1);
  return { order: [...order, ...members.slice(MOST_PARTS)], implied };
}

/** Parts that are decided for most strangers who agree in others: who shares a postcode shares its town. */
export function impliedParts(
  { comparisons }: MatchParameters,
  { members, together }: Place,
  agreed: readonly number[],
): number[] {
  const parts = members.slice(0, MOST_PARTS);
  const mask = parts.reduce((sum, at, part) => sum + (agreed.includes(at) ? 2 ** part : 0), 0);
  if (mask === 0) return [];
  return parts.filter((at, part) => {
    if (agreed.includes(at)) return false;
    const more = (together[mask + 2 ** part] ?? 0) - (together[mask] ?? 0);
    return (comparisons[at]?.u[0] ?? 1) * 2 ** more > 0.5;
  });
}

const hasBit = (mask: number, place: number): boolean => Math.floor(mask / 2 ** place) % 2 === 1;

/** By pattern: the bits of the place's levels, if nobody had moved. */
export function stayedBits(patterns: Patterns, parameters: MatchParameters): Float64Array {
  const weights = weightsOf(parameters);
  const { members = [], together = [] } = parameters.place ?? {};
  const bits = new Float64Array(patterns.counts.length);
  const agreed = new Int32Array(bits.length);
  for (const [part, at] of members.entries()) {
    const levels = patterns.levels[at] ?? new Int8Array();
    for (let pattern = 0; pattern < bits.length; pattern += 1) {
      const level = levels[pattern] ?? -1;
      if (level >= 0) bits[pattern] = (bits[pattern] ?? 0) + (weights[at]?.[level] ?? 0);
      if (level === 0 && part < MOST_PARTS) agreed[pattern] = (agreed[pattern] ?? 0) + 2 ** part;
    }
  }
  return bits.map((sum, pattern) => sum - (together[agreed[pattern] ?? 0] ?? 0));
}

/** log2((1 - moved) * 2^bits + moved): what the place says, whether somebody moved or not. */
export function placeBits(bits: number, moved: number): number {
  if (moved <= 0) return bits;
  const [stays, moves] = [bits + Math.log2(1 - moved), Math.log2(moved)];
  const most = Math.max(stays, moves);
  return most + Math.log2(2 ** (stays - most) + 2 ** (moves - most));
}

/** Pr(did not move | one person, the place's bits). */
export function stayedShare(bits: number, moved: number): number {
  return (1 - moved) * 2 ** (bits - placeBits(bits, moved));
}

/** Pr(level | one person) of each comparison by itself, whether somebody moved or not. */
export function marginalM({ comparisons, place }: MatchParameters): (readonly number[])[] {
  const { members = [], moved = 0 } = place ?? {};
  return comparisons.map(({ m, u }, at) =>
    members.includes(at) ? m.map((stays, k) => (1 - moved) * stays + moved * (u[k] ?? 0)) : m,
  );
}
