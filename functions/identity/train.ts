import { fitMixture, posteriorsOf, shares } from './em';
import { bitsOf, probabilityOf } from './log-odds';
import type { LevelProbabilities, MatchParameters } from './parameters';
import { type Patterns, pairCount, patternsOfRule } from './patterns';

/** A blocking rule, as far as training must know it. */
export interface TrainingRule {
  readonly name: string;
  /** Its bit in the patterns. */
  readonly number: number;
  /** Indexes of the comparisons that its keys decide. */
  readonly decides: readonly number[];
}

export interface TrainingInput {
  /** Names of the comparisons, for warnings. */
  readonly comparisons: readonly { readonly name: string; readonly levels: readonly string[] }[];
  /** Candidate pairs. */
  readonly candidates: Patterns;
  /** Each counted candidate stands for so many. */
  readonly candidateScale: number;
  /** Pairs drawn at random from all. */
  readonly random: Patterns;
  readonly rules: readonly TrainingRule[];
  /** All pairs that could have been compared. */
  readonly possiblePairs: number;
}

export interface RuleDiagnostics {
  readonly rule: string;
  readonly pairs: number;
  /** The share of matches among the rule's pairs. */
  readonly lambda: number;
  readonly stopReason: string;
  readonly converged: boolean;
}

export interface TrainingResult {
  readonly parameters: MatchParameters;
  readonly diagnostics: {
    readonly rounds: number;
    readonly rules: readonly RuleDiagnostics[];
    /** Matches that are expected among all pairs. */
    readonly expectedMatches: number;
    readonly warnings: readonly string[];
  };
  readonly converged: boolean;
  readonly stopReason: string;
}

const MAX_ROUNDS = 10;
/** A round that changes no m by more than this, nor lambda by this share, is the last. */
const ROUND_TOLERANCE = 2e-3;
/** A rule with fewer expected matches teaches nothing. */
const MIN_MATCHES = 10;
/** How many pairs' worth of the first guess each m is held by. */
const PRIOR_PAIRS = 2;

/**
 * Learns lambda, m and u without labels. In each round u comes from random pairs, those that are
 * likely matches weighed out; m from EM on each blocking rule's pairs, with u held and the
 * comparisons left out that the rule decides, combined over the rules by their median; lambda from
 * the posteriors of all candidates. Rounds repeat until they agree with themselves.
 */
export function trainMatching(input: TrainingInput): TrainingResult {
  const first = firstGuess(input);
  let parameters = first;
  let rules: RuleDiagnostics[] = [];
  let taught: boolean[] = [];
  let change = Number.POSITIVE_INFINITY;
  let rounds = 0;
  while (rounds < MAX_ROUNDS && change >= ROUND_TOLERANCE) {
    const round = learnM(input, parameters, first);
    const lambda = learnLambda(input, { ...parameters, comparisons: round.comparisons });
    const updated = learnU(input, { lambda, comparisons: round.comparisons });
    change = changeOf(parameters, updated);
    parameters = updated;
    rules = round.rules;
    taught = round.taught;
    rounds += 1;
  }
  const converged = change < ROUND_TOLERANCE;
  return {
    parameters,
    diagnostics: {
      rounds,
      rules,
      expectedMatches: parameters.lambda * input.possiblePairs,
      warnings: warningsOf(input, taught),
    },
    converged,
    stopReason: converged
      ? `converged after ${rounds} rounds`
      : `stopped after ${rounds} rounds with a change of ${change.toPrecision(2)}`,
  };
}

/** Most matches agree; u as random pairs have it; every second record has a double. */
function firstGuess(input: TrainingInput): MatchParameters {
  const comparisons = input.comparisons.map(({ levels }) => {
    const count = levels.length + 1;
    const m = Array.from({ length: count }, (_, level) => (level === 0 ? 0.8 : 0.2 / (count - 1)));
    return { m, u: m.map(() => 1 / count) };
  });
  const records = Math.sqrt(2 * input.possiblePairs);
  const lambda = Math.min(0.1, records / 2 / Math.max(1, input.possiblePairs));
  // Without weights yet, all random pairs count as strangers.
  return learnU(input, { lambda, comparisons: comparisons.map(({ m }) => ({ m, u: m })) });
}

function learnU(input: TrainingInput, parameters: MatchParameters): MatchParameters {
  const { random } = input;
  const posteriors = posteriorsOf(random, parameters);
  const comparisons = parameters.comparisons.map(({ m }, at): LevelProbabilities => {
    const counts = new Float64Array(m.length);
    const levels = random.levels[at] ?? new Int8Array();
    for (let pattern = 0; pattern < levels.length; pattern += 1) {
      const level = levels[pattern] ?? -1;
      if (level < 0) continue;
      const strangers = (random.counts[pattern] ?? 0) * (1 - (posteriors[pattern] ?? 0));
      counts[level] = (counts[level] ?? 0) + strangers;
    }
    const even = m.map(() => 1 / m.length);
    return { m, u: shares(counts, even, m.length / 2) ?? even };
  });
  return { lambda: parameters.lambda, comparisons };
}

function learnM(input: TrainingInput, parameters: MatchParameters, first: MatchParameters) {
  const estimates = parameters.comparisons.map(() => [] as (readonly number[])[]);
  const rules: RuleDiagnostics[] = [];
  for (const rule of input.rules) {
    const decided = input.comparisons.map((_, at) => rule.decides.includes(at));
    const patterns = patternsOfRule(input.candidates, rule.number, decided);
    const start = {
      lambda: lambdaOfRule(parameters, rule),
      comparisons: parameters.comparisons.map(({ u, m }, at) => ({
        m: first.comparisons[at]?.m ?? m,
        u,
      })),
    };
    const fit = fitMixture(patterns, { start, priorPairs: PRIOR_PAIRS });
    rules.push({
      rule: rule.name,
      pairs: pairCount(patterns),
      lambda: fit.parameters.lambda,
      stopReason: fit.stopReason,
      converged: fit.converged,
    });
    if (fit.diagnostics.matchCount < MIN_MATCHES) continue;
    for (const [at, { m }] of fit.parameters.comparisons.entries()) {
      const isSeen = patterns.levels[at]?.some((level) => level >= 0);
      if (!decided[at] && isSeen) estimates[at]?.push(m);
    }
  }
  const comparisons = parameters.comparisons.map(({ m, u }, at) => ({
    m: medianOf(estimates[at] ?? []) ?? m,
    u,
  }));
  return { comparisons, rules, taught: estimates.map((found) => found.length > 0) };
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

/**
 * Of records without doubles one match among all pairs: with none, no later record (`match --state`) could
 * be anybody's, whatever it shares. So few records that one match would be much say nothing.
 */
const leastLambda = ({ possiblePairs }: TrainingInput): number =>
  Math.min(1e-4, 1 / Math.max(1, possiblePairs));

/** The lambda whose posteriors add up to itself. */
function learnLambda(input: TrainingInput, parameters: MatchParameters): number {
  const { candidates, candidateScale, possiblePairs } = input;
  let lambda = parameters.lambda;
  for (let round = 0; round < 30; round += 1) {
    const posteriors = posteriorsOf(candidates, { ...parameters, lambda });
    let matches = 0;
    for (let pattern = 0; pattern < posteriors.length; pattern += 1) {
      matches += (posteriors[pattern] ?? 0) * (candidates.counts[pattern] ?? 0);
    }
    const next = Math.min(
      0.99,
      Math.max((matches * candidateScale) / possiblePairs, leastLambda(input)),
    );
    const isSettled = Math.abs(next - lambda) < 1e-4 * lambda;
    lambda = next;
    if (isSettled) break;
  }
  return lambda;
}

function changeOf(before: MatchParameters, after: MatchParameters): number {
  const lambda = Math.abs(after.lambda - before.lambda) / after.lambda;
  const ms = after.comparisons.flatMap(({ m }, at) =>
    m.map((value, level) => Math.abs(value - (before.comparisons[at]?.m[level] ?? 0))),
  );
  return Math.max(lambda, ...ms);
}

function warningsOf(input: TrainingInput, taught: readonly boolean[]): string[] {
  const warnings: string[] = [];
  for (const [at, { name, levels }] of input.comparisons.entries()) {
    const isSeen = [input.candidates, input.random].some((patterns) =>
      patterns.levels[at]?.some((level) => level >= 0),
    );
    if (!isSeen) {
      warnings.push(`${name} never has a value on both sides; it says nothing.`);
      continue;
    }
    if (!taught[at]) {
      warnings.push(`No blocking rule could teach ${name}; its m is the first guess.`);
    }
    const seen = new Set(input.candidates.levels[at]);
    const unseen = levels.filter((_, level) => !seen.has(level));
    if (unseen.length > 0) warnings.push(`${name}: never observed: ${unseen.join(', ')}.`);
  }
  return warnings;
}
