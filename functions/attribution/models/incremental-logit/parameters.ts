import type { AskedAt } from '../observation/asked-at';
import type { IntentParameters } from '../observation/intent';

/** Coefficients of the incremental logit, as plain JSON; log-odds per unit of each feature. */
export interface LogitParameters {
  /** Absent: at ends. */
  readonly asked_at?: AskedAt;
  readonly intercept: number;
  /** Of log(1 + hours observed), which no touch is credited with. */
  readonly observed: number;
  /** Of the logarithm of intent, which no touch is credited with. */
  readonly intent_elasticity: number;
  /** How intent is read from touches; absent: it is not. */
  readonly intent?: IntentParameters;
  /** Of the logarithm of all touches, which they share; absent: 0. */
  readonly touch_elasticity?: number;
  readonly channels: Readonly<Record<string, LogitChannel>>;
  /** Hours in which a touch loses half of its weight. */
  readonly half_life_hours: number;
}

export interface LogitChannel {
  /** The channel touched the journey at all. */
  readonly exposed: number;
  /** Of log(touches), for journeys that it touched. */
  readonly log_count: number;
  /** Of log(1 + sum of the touches' decayed weights). */
  readonly recency: number;
}

export interface LogitOptions {
  /** Conversions, and journeys without, below which nothing is fitted. */
  readonly minimumJourneys: number;
  /** Ridge on coefficients of features that are scaled to a standard deviation of 1. */
  readonly ridge: number;
  /**
   * Whether unseen intent, as touches tell it, takes its part of the conversions: rates of conversion
   * are expected to grow in proportion to it (elasticity 1). At visits only where it explains more
   * than the number of touches does.
   */
  readonly withIntent: boolean;
  /** Precision of that expectation, per conversion. */
  readonly intentPrecision: number;
  readonly halfLifeHours: number;
  /** More journeys than this are drawn from; standard errors no longer gain from more. */
  readonly maximumJourneys: number;
  readonly maximumSteps: number;
  /** Stops when no scaled coefficient moves further than this. */
  readonly tolerance: number;
  readonly seed: number;
}

export const LOGIT_DEFAULTS: LogitOptions = {
  minimumJourneys: 50,
  ridge: 1,
  withIntent: true,
  intentPrecision: 0.005,
  halfLifeHours: 168,
  maximumJourneys: 100_000,
  maximumSteps: 50,
  tolerance: 1e-8,
  seed: 1,
};

export interface LogitDiagnostics {
  readonly conversion_count: number;
  readonly journey_count: number;
  readonly steps: number;
  /** Mean log-loss on the training journeys when they are asked, in nats. */
  readonly log_loss: number;
}
