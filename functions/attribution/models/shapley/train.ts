import type { Random } from '../../ihc/random';
import type { Fit, ModelJourneys } from '../model-journeys';
import { gatherCoalitions } from './coalitions';
import { exactValues } from './exact';
import type { Game } from './game';
import { sampledValues } from './sampled';

/** Up to so many channels all subsets are looked at: 2^20 of them. */
export const MOST_EXACT = 20;
const PAIRS = 500;

export interface ShapleyParameters {
  readonly game: Game;
  readonly channels: readonly string[];
  /** By channel: its Shapley value; 0 for a channel that no journey touched. */
  readonly values: Float64Array;
}

export interface ShapleyDiagnostics {
  readonly isExact: boolean;
  /** Distinct sets of channels that journeys touched. */
  readonly coalitionCount: number;
  /** Orders that were sampled; 0 where values are exact. */
  readonly permutationCount: number;
  /** By channel; all 0 where values are exact. */
  readonly standardErrors: Float64Array;
}

export interface ShapleyOptions {
  readonly random: Random;
  /** The rate, unless no journey ended without conversion: then there is no rate to compare. */
  readonly game?: Game;
  /** Pairs of orders, where values are sampled; 500 unless told, at least 2. */
  readonly pairs?: number;
  /** Channels up to which values are exact; 20 unless told, and 20 at most. */
  readonly mostExact?: number;
}

/**
 * Shapley values of the channels: what each adds on average to the worth of those before it, over
 * all orders of joining. Exact up to 20 channels, sampled above.
 */
export function trainShapley(
  journeys: ModelJourneys,
  options: ShapleyOptions,
): Fit<ShapleyParameters, ShapleyDiagnostics> {
  const coalitions = gatherCoalitions(journeys);
  const { players } = coalitions;
  const game =
    options.game ?? (coalitions.nulls.some((nulls) => nulls > 0) ? 'rate' : 'conversions');
  const isExact = players.length <= Math.min(options.mostExact ?? MOST_EXACT, MOST_EXACT);
  const pairs = Math.max(2, options.pairs ?? PAIRS);
  const { values, standardErrors } = isExact
    ? { values: exactValues(coalitions, game), standardErrors: new Float64Array(players.length) }
    : sampledValues(coalitions, game, pairs, options.random);
  const byChannel = (ofPlayers: Float64Array) => {
    const all = new Float64Array(journeys.channels.length);
    players.forEach((code, player) => {
      all[code] = ofPlayers[player] as number;
    });
    return all;
  };
  return {
    parameters: { game, channels: journeys.channels, values: byChannel(values) },
    diagnostics: {
      isExact,
      coalitionCount: coalitions.setCount,
      permutationCount: isExact ? 0 : 2 * pairs,
      standardErrors: byChannel(standardErrors),
    },
    converged: true,
    stopReason: isExact
      ? `Exact over the subsets of ${players.length} ${players.length === 1 ? 'channel' : 'channels'}.`
      : `Mean over ${2 * pairs} orders of ${players.length} channels.`,
  };
}
