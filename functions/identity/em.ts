import { areApart } from './families';
import { bitsOf, probabilityOf } from './log-odds';
import { bitsGiven } from './made-of';
import { type MatchParameters, weightsOf } from './parameters';
import { type Patterns, pairCount } from './patterns';
import { type Place, placeBits, stayedBits, stayedShare } from './place';

export interface EmOptions {
  readonly start: MatchParameters;
  /** Also learns u; otherwise u stays as it is at the start. */
  readonly learnsU?: boolean;
  /** Stops where no parameter changed by more than this. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
  /** Pairs that are added to each comparison's counts in the shares of the start: they hold what has no data. */
  readonly priorPairs?: number;
  /** By pattern: 1 where its pairs are known to be matches, 0 where known not to be, else -1. */
  readonly known?: Int8Array;
}

export interface EmResult {
  readonly parameters: MatchParameters;
  readonly diagnostics: {
    readonly iterations: number;
    /** The largest change of a parameter in the last iteration. */
    readonly change: number;
    /** Pairs by the posterior probability that they are matches. */
    readonly matchCount: number;
  };
  readonly converged: boolean;
  readonly stopReason: string;
}

/**
 * Expectation maximization of the Fellegi-Sunter mixture on counts of patterns: matches with
 * probability lambda, levels independent given the class (Winkler 1988). Sums of logarithms
 * throughout, so that no u is too small.
 *
 * Levels of a place are independent among those who did not move; how many did is learnt with them.
 *
 * A comparison that is missing everywhere keeps its probabilities.
 */
export function fitMixture(patterns: Patterns, options: EmOptions): EmResult {
  const { tolerance = 1e-4, maxIterations = 25, learnsU = false, start } = options;
  const total = pairCount(patterns);
  let parameters = start;
  let change = Number.POSITIVE_INFINITY;
  let matchCount = 0;
  let iterations = 0;
  while (iterations < maxIterations && change >= tolerance && total > 0) {
    const posteriors = withKnown(posteriorsOf(patterns, parameters), options.known);
    const next = maximize(patterns, posteriors, parameters, options);
    matchCount = next.matchCount;
    const lambda = clamp(matchCount / total);
    const comparisons = learnsU
      ? next.comparisons
      : next.comparisons.map(({ m }, at) => ({ m, u: start.comparisons[at]?.u ?? [] }));
    const updated = { ...start, lambda, comparisons, ...(next.place && { place: next.place }) };
    change = largestChange(parameters, updated);
    parameters = updated;
    iterations += 1;
  }
  const converged = change < tolerance;
  return {
    parameters,
    diagnostics: { iterations, change, matchCount },
    converged,
    stopReason: converged
      ? `converged after ${iterations} iterations`
      : `stopped after ${iterations} iterations with a change of ${change.toPrecision(2)}`,
  };
}

/** By pattern: the probability that its pairs are matches. */
export const posteriorsOf = (patterns: Patterns, parameters: MatchParameters): Float64Array =>
  matchBits(patterns, parameters).map(probabilityOf);

/** By pattern: the log2 odds that its pairs are matches. */
export function matchBits(patterns: Patterns, parameters: MatchParameters): Float64Array {
  const prior = bitsOf(parameters.lambda);
  const weights = weightsOf(parameters);
  const { members = [], moved = 0 } = parameters.place ?? {};
  const bits = stayedBits(patterns, parameters).map((stayed) => prior + placeBits(stayed, moved));
  for (const [at, levels] of patterns.levels.entries()) {
    if (members.includes(at)) continue;
    const own = Float64Array.from(weights[at] ?? []);
    for (let pattern = 0; pattern < bits.length; pattern += 1) {
      const level = levels[pattern] ?? -1;
      if (level >= 0) bits[pattern] = (bits[pattern] ?? 0) + (own[level] ?? 0);
    }
  }
  return lessApart(lessGiven(bits, patterns, parameters), patterns, parameters);
}

/** Less what strangers have in common only because they do in something else. */
function lessGiven(
  bits: Float64Array,
  { levels, likenesses = [] }: Patterns,
  { comparisons, given = [] }: MatchParameters,
): Float64Array {
  return bits.map((sum, pattern) =>
    given.reduce((left, made, index) => {
      const level = levels[made.comparison]?.[pattern] ?? -1;
      return left - bitsGiven(made, likenesses[index]?.[pattern] ?? -1, level, comparisons);
    }, sum),
  );
}

/** Less where they differ in all that a person keeps. */
function lessApart(
  bits: Float64Array,
  patterns: Patterns,
  { apart }: MatchParameters,
): Float64Array {
  if (!apart || apart.bits === 0) return bits;
  const isApart = areApart(patterns, apart);
  return bits.map((sum, pattern) => (isApart(pattern) ? sum + apart.bits : sum));
}

/** What is proven needs no guess. */
function withKnown(posteriors: Float64Array, known: Int8Array | undefined): Float64Array {
  if (!known) return posteriors;
  return posteriors.map((posterior, pattern) => {
    const proof = known[pattern] ?? -1;
    return proof < 0 ? posterior : proof;
  });
}

function maximize(
  patterns: Patterns,
  posteriors: Float64Array,
  before: MatchParameters,
  { priorPairs = 0, start }: EmOptions,
) {
  const { levels, counts, levelCounts } = patterns;
  const { members = [], moved = 0 } = before.place ?? {};
  const stayed = stayedBits(patterns, before).map((bits) => stayedShare(bits, moved));
  let matchCount = 0;
  for (let pattern = 0; pattern < counts.length; pattern += 1) {
    matchCount += (counts[pattern] ?? 0) * (posteriors[pattern] ?? 0);
  }
  const comparisons = levels.map((column, at) => {
    const matches = new Float64Array(levelCounts[at] ?? 0);
    const others = new Float64Array(levelCounts[at] ?? 0);
    const isOfPlace = members.includes(at);
    for (let pattern = 0; pattern < counts.length; pattern += 1) {
      const level = column[pattern] ?? -1;
      if (level < 0) continue;
      const count = counts[pattern] ?? 0;
      const match = count * (posteriors[pattern] ?? 0);
      const teaching = isOfPlace ? match * (stayed[pattern] ?? 1) : match;
      matches[level] = (matches[level] ?? 0) + teaching;
      others[level] = (others[level] ?? 0) + count - match;
    }
    const known = before.comparisons[at] ?? { m: [], u: [] };
    const first = start.comparisons[at] ?? known;
    return {
      m: shares(matches, first.m, priorPairs) ?? known.m,
      u: shares(others, first.u, priorPairs) ?? known.u,
    };
  });
  const place = start.place && placeAfter(patterns, posteriors, stayed, start.place, priorPairs);
  return { matchCount, comparisons, place };
}

/** How many moved, of the matches of whom a place is known on both sides. */
function placeAfter(
  { levels, counts }: Patterns,
  posteriors: Float64Array,
  stayed: Float64Array,
  place: Place,
  priorPairs: number,
): Place {
  let matches = priorPairs;
  let moves = priorPairs * place.moved;
  for (let pattern = 0; pattern < counts.length; pattern += 1) {
    if (!place.members.some((at) => (levels[at]?.[pattern] ?? -1) >= 0)) continue;
    const match = (counts[pattern] ?? 0) * (posteriors[pattern] ?? 0);
    matches += match;
    moves += match * (1 - (stayed[pattern] ?? 1));
  }
  return matches > 0 ? { ...place, moved: moves / matches } : place;
}

/** The least that a probability may become: a level that was never seen is unlikely, not impossible. */
const LEAST = 1e-9;

/** Counts as shares; undefined where nothing was counted. */
export function shares(
  counts: Float64Array,
  prior: readonly number[],
  priorPairs: number,
): number[] | undefined {
  const counted = counts.reduce((sum, count) => sum + count, 0);
  if (counted <= 0) return undefined;
  const raised = Array.from(counts, (count, level) =>
    Math.max(count + priorPairs * (prior[level] ?? 0), LEAST * counted),
  );
  const total = raised.reduce((sum, count) => sum + count, 0);
  return raised.map((count) => count / total);
}

function clamp(lambda: number): number {
  return Math.min(1 - 1e-9, Math.max(1e-15, lambda));
}

function largestChange(before: MatchParameters, after: MatchParameters): number {
  const moves = Math.abs((before.place?.moved ?? 0) - (after.place?.moved ?? 0));
  let change = Math.max(moves, Math.abs(before.lambda - after.lambda));
  for (const [at, { m, u }] of after.comparisons.entries()) {
    const old = before.comparisons[at];
    for (const [level, value] of m.entries()) {
      change = Math.max(change, Math.abs(value - (old?.m[level] ?? 0)));
    }
    for (const [level, value] of u.entries()) {
      change = Math.max(change, Math.abs(value - (old?.u[level] ?? 0)));
    }
  }
  return change;
}
