import { fitMixture, posteriorsOf, shares } from './em';
import type { LevelProbabilities, MatchParameters } from './parameters';
import { type Patterns, pairCount } from './patterns';
import type { VisitorComparison, VisitorPatterns } from './visitor-patterns';

export interface VisitorTrainingResult {
  /** lambda is the share of matches among the candidates, not among all pairs. */
  readonly parameters: MatchParameters;
  readonly comparisons: readonly VisitorComparison[];
  readonly diagnostics: {
    readonly iterations: number;
    readonly pairs: number;
    /** Candidates that are matches, as far as EM can tell. */
    readonly expectedMatches: number;
    /** Blocking rules that made pairs. */
    readonly rules: readonly string[];
    /** Pairs that logins prove, and how many of them the evidence alone would take for one person. */
    readonly provenSame: number;
    readonly provenDifferent: number;
    readonly foundSame: number;
    readonly wronglySame: number;
    readonly warnings: readonly string[];
  };
  readonly converged: boolean;
  readonly stopReason: string;
}

/** u is learnt too, which takes longer than m alone. */
const MAX_ITERATIONS = 200;
/** Fewer proven pairs begin nothing: their shares would be chance. */
const MIN_PROVEN = 50;
/** How many pairs' worth of the start each distribution is held by. */
const PRIOR_PAIRS = 2;
/** No level begins as impossible, for EM keeps what it begins with. */
const LEAST_START = 0.05;
/** At which probability a pair counts as found in the diagnostics. */
const FOUND = 0.9;

/**
 * Learns what evidence between visitors says, by EM on the pairs that blocking rules made. Others
 * behind the same address are mostly the same household: alike in language and often in device. So
 * u is that of the candidates that are no matches, not that of strangers, and is learnt with m.
 * Pairs of visitors who both signed in are proven to be one person or two; they hold the two
 * classes to their meaning. Without them EM begins with u of random pairs.
 */
export function trainVisitors(patterns: VisitorPatterns): VisitorTrainingResult {
  const { comparisons, candidates, known } = patterns;
  const fit = fitMixture(candidates, {
    start: firstGuess(patterns),
    known,
    learnsU: true,
    priorPairs: PRIOR_PAIRS,
    maxIterations: MAX_ITERATIONS,
  });
  const parameters = withSilentLevels(
    fit.parameters,
    countsOf(candidates, () => true),
  );
  const posteriors = posteriorsOf(candidates, parameters);
  const proven = (proof: number, least: number) =>
    sumWhere(candidates, (at) => known[at] === proof && (posteriors[at] ?? 0) >= least);
  const provenSame = proven(1, 0);
  return {
    parameters,
    comparisons,
    diagnostics: {
      iterations: fit.diagnostics.iterations,
      pairs: pairCount(candidates),
      expectedMatches: fit.diagnostics.matchCount,
      rules: patterns.rules,
      provenSame,
      provenDifferent: proven(0, 0),
      foundSame: proven(1, FOUND),
      wronglySame: proven(0, FOUND),
      warnings: warningsOf(patterns, provenSame),
    },
    converged: fit.converged,
    stopReason: fit.stopReason,
  };
}

function firstGuess({ comparisons, candidates, known, random }: VisitorPatterns): MatchParameters {
  const all = countsOf(candidates, () => true);
  const same = startOf(candidates, (at) => known[at] === 1);
  const different = startOf(candidates, (at) => known[at] === 0);
  const strangers = countsOf(random, () => true);
  return {
    lambda: 0.5,
    comparisons: comparisons.map(({ levels }, at): LevelProbabilities => {
      const even = levels.map(() => 1 / levels.length);
      const found = shares(all[at] ?? new Float64Array(), even, 1) ?? even;
      // What a rule decides, as sharing an address, random pairs can't teach: they have one level.
      const drawn = strangers[at] ?? new Float64Array();
      const apart = drawn.filter((count) => count > 0).length > 1 ? drawn : undefined;
      return {
        m: raised((same && shares(same[at] ?? drawn, found, PRIOR_PAIRS)) ?? found),
        u: raised(
          (different && shares(different[at] ?? drawn, found, PRIOR_PAIRS)) ??
            (apart && shares(apart, found, PRIOR_PAIRS)) ??
            found,
        ),
      };
    }),
  };
}

/** A level that no candidate has says nothing, whatever the first guess was: m and u are one. */
function withSilentLevels(
  { lambda, comparisons }: MatchParameters,
  seen: readonly Float64Array[],
): MatchParameters {
  return {
    lambda,
    comparisons: comparisons.map(({ m, u }, at) => ({
      m,
      u: u.map((probability, level) => (seen[at]?.[level] ? probability : (m[level] ?? 0))),
    })),
  };
}

function raised(probabilities: readonly number[]): number[] {
  const least = probabilities.map((probability) => Math.max(probability, LEAST_START));
  const total = least.reduce((sum, probability) => sum + probability, 0);
  return least.map((probability) => probability / total);
}

/** Counts of levels among the chosen patterns; undefined where they are too few to begin with. */
function startOf(
  patterns: Patterns,
  chosen: (pattern: number) => boolean,
): readonly Float64Array[] | undefined {
  return sumWhere(patterns, chosen) < MIN_PROVEN ? undefined : countsOf(patterns, chosen);
}

function countsOf(patterns: Patterns, chosen: (pattern: number) => boolean): Float64Array[] {
  const { levels, levelCounts, counts } = patterns;
  return levels.map((column, at) => {
    const sums = new Float64Array(levelCounts[at] ?? 0);
    for (let pattern = 0; pattern < counts.length; pattern += 1) {
      const level = column[pattern] ?? -1;
      if (level >= 0 && chosen(pattern)) sums[level] = (sums[level] ?? 0) + (counts[pattern] ?? 0);
    }
    return sums;
  });
}

function sumWhere({ counts }: Patterns, chosen: (pattern: number) => boolean): number {
  let sum = 0;
  for (let pattern = 0; pattern < counts.length; pattern += 1) {
    if (chosen(pattern)) sum += counts[pattern] ?? 0;
  }
  return sum;
}

function warningsOf(
  { comparisons, candidates, random }: VisitorPatterns,
  provenSame: number,
): string[] {
  const warnings: string[] = [];
  if (provenSame < MIN_PROVEN) {
    warnings.push(
      `Only ${provenSame} compared pairs are proven by logins to be one person; weights rest on the shape of the data alone.`,
    );
  }
  const [seen, drawn] = [candidates, random].map((patterns) => countsOf(patterns, () => true));
  for (const [at, { name, levels }] of comparisons.entries()) {
    const unseen = levels.filter((_, level) => !seen?.[at]?.[level] && !drawn?.[at]?.[level]);
    if (unseen.length === levels.length) {
      warnings.push(`${name} never has a value on both sides; it says nothing.`);
    } else if (unseen.length > 0) {
      warnings.push(`${name}: never observed: ${unseen.join(', ')}.`);
    }
  }
  return warnings;
}
