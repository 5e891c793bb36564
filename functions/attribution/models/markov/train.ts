import { UserError } from '../../../shared/errors';
import type { Fit, ModelCredits, ModelJourneys } from '../model-journeys';
import { creditsByChannel, weightsByName } from '../touch-credits';
import { type Chain, ChainCounter } from './chain';
import { rewardsWithout } from './sweep';

/** An inverse grows with the cube of the channels: beyond these, sweeps over the sparse rows are faster. */
const MOST_STATES_AT_ONCE = 1000;
/** Channels times transitions that sweeps can take at order 1: some minutes. */
const MOST_SPARSE_WORK = 2e9;

export interface MarkovParameters {
  /** How many channels back a step is allowed to depend on, 1 to 4. */
  readonly order: number;
  readonly channels: readonly string[];
  /** By channel: the part of all conversions that is lost without it, 0 to 1. */
  readonly removalEffects: Float64Array;
  /** By channel: the part of all value that is lost without it. Absent where no value was given. */
  readonly valueRemovalEffects?: Float64Array;
}

export interface MarkovDiagnostics {
  readonly stateCount: number;
  readonly transitionCount: number;
  /** Passes over the states; 0 for the closed form. */
  readonly sweeps: number;
  /** How far a removal effect may still be off. */
  readonly remaining: number;
}

/**
 * Removal effects of a Markov chain of journeys.
 *
 * @param values of each journey's conversions, for effects on value too
 * @throws UserError for an order that is none, or more channels than can be solved
 */
export function trainMarkov(
  journeys: ModelJourneys,
  order: number,
  values?: Float64Array,
): Fit<MarkovParameters, MarkovDiagnostics> {
  const counter = new ChainCounter(order);
  counter.add(journeys, values);
  return solveMarkov(counter.finish(), order, journeys.channels);
}

/**
 * Removal effects of a chain, exact: order 1 by its closed form, orders 2 to 4 and more than a
 * thousand channels by sweeps until nothing changes (1e-12).
 *
 * @param chain of which the first reward is conversions, the second, if there is one, value
 * @throws UserError for more channels than can be solved
 */
export function solveMarkov(
  chain: Chain,
  order: number,
  channels: readonly string[],
): Fit<MarkovParameters, MarkovDiagnostics> {
  if (order === 1 && chain.channelCount * chain.target.length > MOST_SPARSE_WORK) {
    throw new UserError(
      `A Markov model of ${chain.channelCount} channels and ${chain.target.length} transitions would take hours: put rare channels together.`,
    );
  }
  const { effects, sweeps, remaining, converged } =
    chain.stateCount === 1 || (order === 1 && chain.stateCount <= MOST_STATES_AT_ONCE)
      ? atOnce(chain)
      : bySweeps(chain);
  const [removalEffects = new Float64Array(chain.channelCount), valueRemovalEffects] = effects;
  return {
    parameters: {
      order,
      channels,
      removalEffects,
      ...(valueRemovalEffects === undefined ? {} : { valueRemovalEffects }),
    },
    diagnostics: {
      stateCount: chain.stateCount,
      transitionCount: chain.target.length,
      sweeps,
      remaining,
    },
    converged,
    stopReason: reasonOf(sweeps, remaining, converged),
  };
}

function reasonOf(sweeps: number, remaining: number, converged: boolean): string {
  if (sweeps === 0) return 'Solved in closed form.';
  return converged
    ? `Exact to ${remaining.toExponential(0)} after ${sweeps} sweeps.`
    : `Stopped after ${sweeps} sweeps, where effects may be off by ${remaining.toExponential(0)}.`;
}

interface Solved {
  readonly effects: readonly Float64Array[];
  readonly sweeps: number;
  readonly remaining: number;
  readonly converged: boolean;
}

function atOnce(chain: Chain): Solved {
  const solved = { sweeps: 0, remaining: 0, converged: true };
  if (chain.stateCount === 1) {
    const effects = chain.rewards.map(() => new Float64Array(chain.channelCount));
    return { ...solved, effects };
  }
  // Loaded here, since higher orders need no inverse.
  const { closedForm } = require('./closed-form') as typeof import('./closed-form');
  return { ...solved, effects: closedForm(chain) };
}

function bySweeps(chain: Chain): Solved {
  const solved = chain.rewards.map((rewards) => {
    const total = rewards.reduce((sum, reward) => sum + reward, 0);
    const solution = rewardsWithout(chain, rewards);
    // A channel that no journey with touches has is removed without a loss: rounding is no effect.
    const effects = solution.without.map((left) =>
      total === 0 || Math.abs(total - left) < 1e-12 * Math.abs(total) ? 0 : 1 - left / total,
    );
    return { ...solution, effects };
  });
  return {
    effects: solved.map(({ effects }) => effects),
    sweeps: Math.max(...solved.map(({ sweeps }) => sweeps)),
    remaining: Math.max(...solved.map(({ remaining }) => remaining)),
    converged: solved.every(({ converged }) => converged),
  };
}

/** Credits of single journeys: in proportion to the removal effects of their touches' channels. */
export function scoreMarkov(journeys: ModelJourneys, parameters: MarkovParameters): ModelCredits {
  const known = new Map(
    parameters.channels.map((name, code) => [name, parameters.removalEffects[code] as number]),
  );
  return creditsByChannel(journeys, weightsByName(journeys.channels, known));
}

/**
 * The channels' parts of a total (all conversions, all value) by their removal effects; all 0 where
 * no channel has an effect.
 */
export function shareByEffect(effects: Float64Array, total: number): Float64Array {
  const sum = effects.reduce((all, effect) => all + effect, 0);
  return effects.map((effect) => (sum === 0 ? 0 : (effect / sum) * total));
}
