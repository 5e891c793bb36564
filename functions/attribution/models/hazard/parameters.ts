import type { AskedAt } from '../observation/asked-at';
import type { IntentParameters } from '../observation/intent';

/** Rates of the additive hazard, as plain JSON. */
export interface HazardParameters {
  /** Absent: at ends. At visits, rates are conversions per visit, not per hour. */
  readonly asked_at?: AskedAt;
  /** Conversions per hour (or visit) of a person of intent 1 whom no touch reached. */
  readonly base_rate: number;
  /** How intent is read from touches; absent: all persons are alike. */
  readonly intent?: IntentParameters;
  readonly channels: Readonly<Record<string, HazardChannel>>;
  /** Rate at a journey's end that has even odds; what `predict` compares with. Unread at visits. */
  readonly even_odds_rate: number;
}

export interface HazardChannel {
  /** Conversions per hour (or visit) that a touch adds at once. */
  readonly rate: number;
  /** Hours in which that falls to 1/e. */
  readonly tau_hours: number;
}

export interface HazardOptions {
  /** Conversions, and journeys without, below which nothing is fitted. */
  readonly minimumJourneys: number;
  /** Bounds of tau, in hours. */
  readonly shortestTau: number;
  readonly longestTau: number;
  /** Spread of log tau between channels around their mean, which rare channels fall back to. */
  readonly tauSpread: number;
  /** Whether the base rate follows unseen intent, as touches tell it. */
  readonly withIntent: boolean;
  /** Stops when a cycle adds less than this to the log-likelihood, per conversion. */
  readonly tolerance: number;
  readonly maximumCycles: number;
}

export const HAZARD_DEFAULTS: HazardOptions = {
  minimumJourneys: 30,
  shortestTau: 1,
  longestTau: 1440,
  tauSpread: 1,
  withIntent: true,
  tolerance: 1e-6,
  maximumCycles: 300,
};

export interface HazardDiagnostics {
  readonly conversion_count: number;
  /** Of each cycle, in its order; it never falls. Nats, with the prior of tau. */
  readonly log_likelihoods: readonly number[];
  readonly steps: number;
  /** Channels whose tau lies on a bound: how their touches fade cannot be read. */
  readonly bounded_channels: readonly string[];
}
