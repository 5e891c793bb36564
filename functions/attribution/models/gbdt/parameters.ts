import type { AskedAt } from '../observation/asked-at';
import type { IntentParameters } from '../observation/intent';
import type { BoostOptions, Ensemble } from './boost';

/** Trees of the gbdt, as plain JSON. */
export interface GbdtParameters extends Ensemble {
  /** Absent: at ends. */
  readonly asked_at?: AskedAt;
  /** Channels by the code that the features go by. */
  readonly channels: readonly string[];
  /** How intent is read from touches; absent: touches are counted in its place. */
  readonly intent?: IntentParameters;
}

export interface GbdtOptions extends BoostOptions {
  /** Days of data below which nothing is fitted. */
  readonly minimumDays: number;
  /** Conversions needed before the held-out days, and within them. */
  readonly minimumConversions: number;
  /** Share of the days that are held out: half of their journeys stop the boosting, half judge it. */
  readonly heldOutShare: number;
  /** More journeys than this are drawn from. */
  readonly maximumJourneys: number;
  /** Whether the trees are compared with the base rate and the logit on held-out journeys. */
  readonly isJudged: boolean;
  readonly seed: number;
}

export const GBDT_DEFAULTS: GbdtOptions = {
  minimumDays: 90,
  minimumConversions: 50,
  heldOutShare: 0.2,
  maximumJourneys: 60_000,
  isJudged: true,
  seed: 1,
  depth: 4,
  ridge: 5,
  minimumCurvature: 5,
  learningRate: 0.1,
  maximumTrees: 200,
  patience: 15,
};

export interface GbdtDiagnostics {
  readonly conversion_count: number;
  readonly journey_count: number;
  readonly observed_days: number;
  readonly tree_count?: number;
  /** Mean log-loss in nats on the held-out journeys that had no part in the training. */
  readonly held_out_log_loss?: number;
  readonly base_rate_log_loss?: number;
  readonly incremental_logit_log_loss?: number;
  /** Whether the held-out loss is below both baselines. */
  readonly passes_baseline: boolean;
}
