import type { MatchParameters } from './parameters';
import { isSeen, type Patterns } from './patterns';

/** What a comparison says of those whom EM found. */
interface Part {
  /** Comparisons that have to do with each other are parts of one fact. */
  readonly fact: unknown;
  /** Bits of equality, and those that matches have on average. */
  readonly possible: number;
  readonly said: number;
  /** The share of matches that are equal. */
  readonly equal: number;
  /** Whether a person keeps it for life. */
  readonly lasts: boolean;
}

/**
 * What a rule leaves open: a place is one fact, names and all that is made of them are one. Of namesakes, whom the rule's
 * keys made, mailboxes say nothing.
 *
 * @param rule indexes of the comparisons that it decides, and of what a person keeps for life
 */
export function partsLeft(
  { comparisons, place, given = [] }: MatchParameters,
  patterns: Patterns,
  {
    decides,
    lasting,
  }: { readonly decides: readonly number[]; readonly lasting: readonly number[] },
): Part[] {
  const names = new Set(given.flatMap(({ of }) => of));
  const made = new Set(given.map(({ comparison }) => comparison));
  const areNamesakes = decides.some((at) => names.has(at));
  return comparisons.flatMap(({ m, u }, at) => {
    if ((areNamesakes && made.has(at)) || !isSeen(patterns, at)) return [];
    const isOfPlace = place?.members.includes(at) ?? false;
    const stayed = isOfPlace ? 1 - (place?.moved ?? 0) : 1;
    const said = m.reduce((sum, share, k) => sum + share * Math.log2(share / (u[k] ?? 1)), 0);
    return {
      fact: isOfPlace ? 'place' : names.has(at) || made.has(at) ? 'name' : at,
      possible: -Math.log2(u[0] ?? 1),
      said: stayed * said,
      equal: stayed * (m[0] ?? 0),
      lasts: lasting.includes(at),
    };
  });
}

/** Bits of a fact that has enough values to tell persons apart. */
const LEAST_FACT = 2;
/**
 * The share of its bits that a fact says of persons at least: of ten matches found by chance the first guess alone, which
 * counts as two, makes a sixth of it.
 */
const OF_A_FACT = 0.2;

/**
 * Whether those whom EM found agree as persons do: in two facts, or most of them equal in every part of the only one.
 * Strangers whose mailboxes look alike because of one name agree in nothing else; families agree in much, but not in
 * what each of them keeps for life.
 */
export function arePersons(parts: readonly Part[]): boolean {
  const isTelling = (some: readonly Part[]): boolean => {
    const [said, possible] = [sumOf(some, 'said'), sumOf(some, 'possible')];
    return said >= OF_A_FACT * possible;
  };
  const lasting = parts.filter(({ lasts }) => lasts);
  if (lasting.length > 0 && !lasting.some((part) => isTelling([part]))) return false;
  const facts = [...new Set(parts.map(({ fact }) => fact))]
    .map((fact) => parts.filter((part) => part.fact === fact))
    .filter((some) => sumOf(some, 'possible') >= LEAST_FACT);
  if (facts.length > 1) return facts.filter(isTelling).length > 1;
  return (facts[0] ?? []).every(({ equal }) => equal >= 0.5);
}

const sumOf = (parts: readonly Part[], of: 'said' | 'possible'): number =>
  parts.reduce((sum, part) => sum + part[of], 0);
