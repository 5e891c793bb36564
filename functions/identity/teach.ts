import { type EmResult, fitMixture } from './em';
import { bitsOf, probabilityOf } from './log-odds';
import type { MatchParameters } from './parameters';
import { isSeen, type Patterns, pairCount, patternsOfRule } from './patterns';
import { arePersons, partsLeft } from './persons';
import { impliedParts, type Place } from './place';

/** A blocking rule, as far as training must know it. */
export interface TrainingRule {
  readonly name: string;
  /** Its bit in the patterns. */
  readonly number: number;
  /** Indexes of the comparisons that its keys decide. */
  readonly decides: readonly number[];
  /**
   * Those in which even strangers of its blocks agree: mailboxes are made of names. By the u of all strangers
   * every pair of such a block would be one person, and teach the others what it takes to be two.
   */
  readonly tells?: readonly number[];
  /**
   * Those that its keys leave open, but not all of their levels: names of which one is equal are not swapped.
   * Where other rules teach them, it does not.
   */
  readonly bends?: readonly number[];
}

export interface RuleDiagnostics {
  readonly rule: string;
  readonly pairs: number;
  /** The share of matches among the rule's pairs. */
  readonly lambda: number;
  readonly stopReason: string;
  readonly converged: boolean;
}

/** What the rules taught. */
export interface Lesson {
  readonly parameters: MatchParameters;
  readonly rules: readonly RuleDiagnostics[];
  /** By comparison: whether a rule taught it. */
  readonly taught: readonly boolean[];
}

/** What EM made of a rule's pairs; by comparison, whether it was left to it and whether it learnt it. */
interface Fit extends EmResult {
  /** Whether it learnt how many moved. */
  readonly tellsMovers: boolean;
  /** Whether more than one thing is left, by which persons are told from chance. */
  readonly isTold: boolean;
  readonly rule: TrainingRule;
  readonly patterns: Patterns;
  readonly left: readonly boolean[];
  readonly taught: readonly boolean[];
}

/** A rule with fewer expected matches teaches nothing. */
const MIN_MATCHES = 10;
/** How many pairs' worth of the first guess each m is held by. */
const PRIOR_PAIRS = 2;

/**
 * m, and how many moved, by EM on each rule's pairs with u held, without the comparisons that the rule decides;
 * of several rules the median.
 *
 * @param first what EM begins with
 * @param lasting indexes of the comparisons of what a person keeps for life
 */
export function teach(
  candidates: Patterns,
  rules: readonly TrainingRule[],
  parameters: MatchParameters,
  first: MatchParameters,
  lasting: readonly number[] = [],
): Lesson {
  const fit = (rule: TrainingRule, without: readonly number[]) =>
    fitRule(candidates, rule, { without, parameters, first, lasting });
  const decidedBy = ({ decides }: TrainingRule): readonly number[] => [
    ...decides,
    ...(parameters.place ? impliedParts(parameters, parameters.place, decides) : []),
  ];
  const found = rules.map((rule) => {
    const strict = fit(rule, [...decidedBy(rule), ...(rule.tells ?? [])]);
    // With one fact left, nobody can say how many are matches and how many of these agree.
    return factCount(strict.patterns, first.place) > 1 ? strict : fit(rule, rule.decides);
  });
  const fits = believed(found);
  const known = new Set(fits.flatMap(({ taught }) => trueAt(taught)));
  // What no other rule teaches is better learnt from all the pairs of a mailbox than not at all.
  const more = rules
    .filter(({ tells = [] }) => tells.some((at) => !known.has(at)))
    .map((rule) => fit(rule, rule.decides))
    .map((one) => ({ ...one, taught: one.taught.map((is, at) => is && !known.has(at)) }));
  const all = [...fits, ...more];
  const comparisons = parameters.comparisons.map(({ m, u }, at) => {
    const teaching = all.filter(({ taught }) => taught[at]);
    const straight = teaching.filter(({ rule }) => !rule.bends?.includes(at));
    const estimates = (straight.length > 0 ? straight : teaching).map(
      (one) => one.parameters.comparisons[at]?.m ?? m,
    );
    return { m: medianOf(estimates) ?? m, u };
  });
  const place = parameters.place && placeOf(fits, parameters.place);
  return {
    parameters: { ...parameters, comparisons, ...(place && { place }) },
    rules: fits.map(({ rule, patterns, parameters: { lambda }, stopReason, converged }) => ({
      rule: rule.name,
      pairs: pairCount(patterns),
      lambda,
      stopReason,
      converged,
    })),
    taught: parameters.comparisons.map((_, at) => all.some(({ taught }) => taught[at])),
  };
}

const trueAt = (flags: readonly boolean[]): number[] =>
  flags.flatMap((flag, at) => (flag ? [at] : []));

/** EM on one rule's pairs. */
function fitRule(
  candidates: Patterns,
  rule: TrainingRule,
  {
    without,
    parameters,
    first,
    lasting,
  }: {
    readonly lasting: readonly number[];
    readonly without: readonly number[];
    readonly parameters: MatchParameters;
    readonly first: MatchParameters;
  },
): Fit {
  const left = parameters.comparisons.map((_, at) => !without.includes(at));
  const decided = left.map((isLeft) => !isLeft);
  const patterns = patternsOfRule(candidates, rule.number, decided);
  const place = parameters.place && placeLeft(patterns, parameters.place, first.place);
  const start = {
    lambda: lambdaOfRule(parameters, rule),
    comparisons: parameters.comparisons.map(({ u, m }, at) => ({
      m: first.comparisons[at]?.m ?? m,
      u,
    })),
    ...(place && { place }),
    ...(parameters.given && { given: parameters.given }),
    ...(parameters.apart && { apart: parameters.apart }),
  };
  const found = fitMixture(patterns, { start, priorPairs: PRIOR_PAIRS });
  const parts = partsLeft(found.parameters, patterns, { ...rule, lasting });
  const isEnough = found.diagnostics.matchCount >= MIN_MATCHES && arePersons(parts);
  const taught = left.map((isLeft, at) => isEnough && isLeft && isSeen(patterns, at));
  const tellsMovers = isEnough && (place?.moved ?? 0) > 0;
  const isTold = parts.length > 1;
  return { ...found, rule, patterns, left, taught, tellsMovers, isTold };
}

/**
 * What EM begins with of a place. With one part alone, or others that are the same everywhere, nobody can tell who
 * moved from whose place is written in two ways: then nobody did, and m is that of both.
 */
function placeLeft({ levels }: Patterns, place: Place, first: Place | undefined): Place {
  const telling = place.members.filter(
    (at) => new Set(levels[at]?.filter((level) => level >= 0)).size > 1,
  );
  return { ...place, moved: telling.length > 1 ? (first?.moved ?? 0) : 0 };
}

/** What can't be told from chance is believed where other rules found persons, or none could tell. */
function believed(fits: readonly Fit[]): readonly Fit[] {
  const told = fits.filter(({ isTold }) => isTold);
  if (told.length === 0 || told.some(({ taught }) => taught.includes(true))) return fits;
  return fits.map((fit) => ({ ...fit, taught: fit.taught.map(() => false), tellsMovers: false }));
}

/** Comparisons that say anything; those of a place are one. */
function factCount(patterns: Patterns, place: Place | undefined): number {
  const seen = patterns.levels.flatMap((_, at) => (isSeen(patterns, at) ? [at] : []));
  return new Set(seen.map((at) => (place?.members.includes(at) ? 'place' : at))).size;
}

/** Of those who share a postcode hardly anybody has moved: rules that decide no part of a place know best. */
function placeOf(fits: readonly Fit[], place: Place): Place {
  const telling = fits.filter(({ tellsMovers }) => tellsMovers);
  const whole = telling.filter(({ left }) => place.members.every((at) => left[at]));
  const shares = (whole.length > 0 ? whole : telling).map(
    ({ parameters }) => parameters.place?.moved ?? 0,
  );
  return { ...place, moved: medianOf(shares.map((moved) => [moved, 1 - moved]))?.[0] ?? 0 };
}

/** Lambda among pairs that agree on what the rule asks for: the odds times their Bayes factors. */
function lambdaOfRule({ lambda, comparisons }: MatchParameters, rule: TrainingRule): number {
  const bits = rule.decides.reduce((sum, at) => {
    const { m = [], u = [] } = comparisons[at] ?? {};
    return sum + Math.log2((m[0] ?? 1) / (u[0] ?? 1));
  }, bitsOf(lambda));
  return Math.min(0.9, Math.max(0.01, probabilityOf(bits)));
}

/** Level by level, then as shares of 1; undefined where no rule taught it. */
function medianOf(estimates: readonly (readonly number[])[]): number[] | undefined {
  const [one] = estimates;
  if (one === undefined) return undefined;
  const medians = one.map((_, level) => {
    const sorted = estimates.map((m) => m[level] ?? 0).sort((a, b) => a - b);
    const half = sorted.length / 2;
    const [low = 0, high = 0] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
    return (low + high) / 2;
  });
  const total = medians.reduce((sum, value) => sum + value, 0);
  return medians.map((value) => value / total);
}
