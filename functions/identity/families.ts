import { matchBits } from './em';
import { probabilityOf } from './log-odds';
import { stepsOf } from './made-of';
import type { NamesakeLimits } from './namesakes';
import { type MatchParameters, weightsOf } from './parameters';
import type { Patterns } from './patterns';

/**
 * What a person keeps for life, the given name and the date of birth: whoever differs in all of it altogether is hardly
 * one person, whatever they share. Families share a surname, an address and a phone.
 */
export interface Apart {
  /** Indexes of the comparisons. */
  readonly members: readonly number[];
  /** By member: at which levels it differs. */
  readonly levels: readonly (readonly number[])[];
  /** What two records that differ in all of them have less, 0 or below. */
  readonly bits: number;
}

/** Levels that speak for one person by no more than this say that two records differ. */
const MOST_BITS = 2;

/** By pattern: whether all members differ. */
export function areApart(patterns: Patterns, apart: Apart): (pattern: number) => boolean {
  const differ = membersDiffer(patterns, apart);
  return (pattern) => differ.length > 0 && differ.every((differs) => differs(pattern));
}

/** By member: whether a pattern's pairs differ in it. */
const membersDiffer = (patterns: Patterns, { members, levels }: Apart) =>
  members.map(
    (at, place) => (pattern: number) =>
      levels[place]?.includes(patterns.levels[at]?.[pattern] ?? -1) ?? false,
  );

/**
 * Slips go together: a record with one has others. Of FEBRL's persons and of generated ones 1.3 times as many differ in
 * both as by the product of their shares; families are many times as many.
 */
const TOGETHER = 2;

/** Fewer bits than that would make no difference. */
const LEAST_BITS = -200;

/**
 * Of those who differ in all of it, only so many are one person as slips in each make, and twice as many, for slips go
 * together. The bits that make it so.
 */
export function learnApart(
  members: readonly number[],
  parameters: MatchParameters,
  {
    candidates,
    candidateScale,
    possiblePairs,
  }: {
    readonly candidates: Patterns;
    readonly candidateScale: number;
    readonly possiblePairs: number;
  },
): Apart {
  const weights = weightsOf(parameters);
  const levels = members.map((at) =>
    (weights[at] ?? []).flatMap((bits, level) => (bits <= MOST_BITS ? [level] : [])),
  );
  const even = { members, levels, bits: 0 };
  const isApart = areApart(candidates, even);
  const { apart: _, ...rest } = parameters;
  const bits = matchBits(candidates, rest);
  const matches = (isOne: (pattern: number) => boolean, less = 0): number =>
    bits.reduce(
      (sum, own, pattern) =>
        isOne(pattern) ? sum + (candidates.counts[pattern] ?? 0) * probabilityOf(own + less) : sum,
      0,
    );
  const differ = membersDiffer(candidates, even);
  /** Those who differ in one member and in no other, or in none. */
  const slipsOf = (one: number | undefined): number =>
    matches((pattern) =>
      members.every(
        (at, place) =>
          (candidates.levels[at]?.[pattern] ?? -1) >= 0 &&
          differ[place]?.(pattern) === (place === one),
      ),
    );
  const expected = expectedApart({
    persons: (parameters.lambda * possiblePairs) / candidateScale,
    shares: members.map((at, place) => {
      const { m = [] } = parameters.comparisons[at] ?? {};
      return (levels[place] ?? []).reduce((sum, level) => sum + (m[level] ?? 0), 0);
    }),
    agree: slipsOf(undefined),
    slips: members.map((_, place) => slipsOf(place)),
  });
  if (matches(isApart) <= expected) return even;
  let [low, high] = [LEAST_BITS, 0];
  for (let middle = -100; low < middle && middle < high; middle = (low + high) / 2) {
    if (matches(isApart, middle) > expected) high = middle;
    else low = middle;
  }
  return { ...even, bits: low };
}

/** Fewer persons who agree in all say nothing of how many slip. */
const FEWEST_AGREE = 10;

/**
 * How many differ in all, if slips were independent, and twice as many: by m, or where enough agree in all by those who
 * differ in one thing alone, whichever is fewer. For families whom EM took for persons make m, too, and so themselves.
 */
function expectedApart({
  persons,
  shares,
  agree,
  slips,
}: {
  readonly persons: number;
  readonly shares: readonly number[];
  readonly agree: number;
  readonly slips: readonly number[];
}): number {
  const byM = shares.reduce((all, share) => all * share, persons);
  const bySlips = slips.reduce((all, one) => all * Math.min(1, one / agree), agree);
  return TOGETHER * (slips.length > 1 && agree >= FEWEST_AGREE ? Math.min(byM, bySlips) : byM);
}

/**
 * The same as a limit of what the last of the members weighs where all differ; undefined for other comparisons.
 */
export function apartLimit(
  parameters: MatchParameters,
  comparison: number,
): NamesakeLimits | undefined {
  const { apart } = parameters;
  if (!apart || apart.bits === 0 || apart.members.at(-1) !== comparison) return undefined;
  const of = apart.members.slice(0, -1);
  const sizes = of.map((at) => parameters.comparisons[at]?.m.length ?? 1);
  const steps = stepsOf(sizes);
  const most = Array.from({ length: sizes.reduce((a, b) => a * b, 1) }, (_, likeness) => {
    const areOthersApart = of.every((_, place) =>
      apart.levels[place]?.includes(
        Math.floor(likeness / (steps[place] ?? 1)) % (sizes[place] ?? 1),
      ),
    );
    return (weightsOf(parameters)[comparison] ?? []).map((weight, level) =>
      areOthersApart && apart.levels.at(-1)?.includes(level) ? weight + apart.bits : null,
    );
  });
  return { comparison, of, most };
}
