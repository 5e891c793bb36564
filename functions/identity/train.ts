import { posteriorsOf, shares } from './em';
import { learnApart } from './families';
import { givenOthers, likenessesOf, type MadeOf } from './made-of';
import { type NamesakeLimits, namesakeLimits } from './namesakes';
import type { LevelProbabilities, MatchParameters } from './parameters';
import type { Patterns } from './patterns';
import { type Place, togetherOf } from './place';
import { type RuleDiagnostics, type TrainingRule, teach } from './teach';
import { holdUnseen } from './unseen';

export type { RuleDiagnostics, TrainingRule } from './teach';

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
  /** Indexes of the comparisons that say together where somebody lives. */
  readonly places?: readonly number[];
  /** Indexes of the comparisons of what a person keeps for life. */
  readonly lasting?: readonly number[];
  /** Comparisons whose values are made of others'. */
  readonly madeOf?: readonly MadeOf[];
}

export interface TrainingResult {
  readonly parameters: MatchParameters;
  /** Of each comparison in `madeOf`. */
  readonly namesakes: readonly NamesakeLimits[];
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

/**
 * Learns lambda, m and u without labels. In each round u comes from random pairs, those that are
 * likely matches weighed out; m from EM on each blocking rule's pairs (teach.ts); lambda
 * from the posteriors of all candidates. Rounds repeat until they agree with themselves.
 */
export function trainMatching(told: TrainingInput): TrainingResult {
  const { madeOf = [], lasting = [] } = told;
  const withLikenesses = (patterns: Patterns): Patterns => ({
    ...patterns,
    likenesses: madeOf.map((one) => likenessesOf(patterns, one)),
  });
  const input = {
    ...told,
    candidates: withLikenesses(told.candidates),
    random: withLikenesses(told.random),
  };
  const first = firstGuess(input);
  let parameters = first;
  let rules: readonly RuleDiagnostics[] = [];
  let taught: readonly boolean[] = [];
  let change = Number.POSITIVE_INFINITY;
  let rounds = 0;
  while (rounds < MAX_ROUNDS && change >= ROUND_TOLERANCE) {
    const lesson = teach(input.candidates, input.rules, parameters, first, lasting);
    const apart = learnApart(lasting, lesson.parameters, input);
    const known = { ...lesson.parameters, apart };
    const lambda = learnLambda(input, known);
    const updated = learnU(input, { ...known, lambda });
    change = changeOf(parameters, updated);
    parameters = updated;
    rules = lesson.rules;
    taught = lesson.taught;
    rounds += 1;
  }
  const converged = change < ROUND_TOLERANCE;
  return {
    parameters: holdUnseen(parameters, [input.candidates, input.random]),
    namesakes: (parameters.given ?? []).map((one) => namesakeLimits(one, parameters, input)),
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
  const place = guessPlace(input);
  return learnU(input, {
    lambda,
    comparisons: comparisons.map(({ m }) => ({ m, u: m })),
    ...(place && { place }),
  });
}

/** One match in ten moved. One part of a place is a comparison like others. */
const guessPlace = ({ places = [] }: TrainingInput): Place | undefined =>
  places.length < 2 ? undefined : { members: places, moved: 0.1, together: [] };

function learnU(input: TrainingInput, parameters: MatchParameters): MatchParameters {
  const { random } = input;
  const strangers = posteriorsOf(random, parameters).map(
    (posterior, pattern) => (random.counts[pattern] ?? 0) * (1 - posterior),
  );
  const comparisons = parameters.comparisons.map(({ m }, at): LevelProbabilities => {
    const counts = new Float64Array(m.length);
    const levels = random.levels[at] ?? new Int8Array();
    for (let pattern = 0; pattern < levels.length; pattern += 1) {
      const level = levels[pattern] ?? -1;
      if (level < 0) continue;
      counts[level] = (counts[level] ?? 0) + (strangers[pattern] ?? 0);
    }
    const even = m.map(() => 1 / m.length);
    return { m, u: shares(counts, even, m.length / 2) ?? even };
  });
  const given = (input.madeOf ?? []).map((one) => givenOthers(one, random, strangers, comparisons));
  if (!parameters.place) return { ...parameters, comparisons, given };
  const { members } = parameters.place;
  const u = comparisons.map((one) => one.u);
  const together = togetherOf(random, strangers, members, u);
  return { ...parameters, comparisons, given, place: { ...parameters.place, together } };
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
  const moved = Math.abs((after.place?.moved ?? 0) - (before.place?.moved ?? 0));
  return Math.max(lambda, moved, ...ms);
}

function warningsOf(input: TrainingInput, taught: readonly boolean[]): string[] {
  const warnings: string[] = [];
  const isTaught = taught.includes(true);
  if (!isTaught) {
    warnings.push(
      'There are no doubles to learn from, or too few: weights are first guesses, so look at the pairs before you trust them (--pairs FILE).',
    );
  }
  for (const [at, { name, levels }] of input.comparisons.entries()) {
    const isSeen = [input.candidates, input.random].some((patterns) =>
      patterns.levels[at]?.some((level) => level >= 0),
    );
    if (!isSeen) {
      warnings.push(`${name} never has a value on both sides; it says nothing.`);
      continue;
    }
    if (isTaught && !taught[at]) {
      warnings.push(`No blocking rule could teach ${name}; its m is the first guess.`);
    }
    const seen = new Set(input.candidates.levels[at]);
    const unseen = levels.filter((_, level) => !seen.has(level));
    if (unseen.length > 0) warnings.push(`${name}: never observed: ${unseen.join(', ')}.`);
  }
  return warnings;
}
