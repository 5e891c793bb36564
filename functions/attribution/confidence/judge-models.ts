import { calibrateCredits } from '../lift/calibrate';
import { chooseByLiftTests, type LiftChoice } from '../lift/choose';
import { type LiftTest, modelEffects } from '../lift/lift-test';
import { shortfallOf } from '../lift/shortfall';
import type { ShrunkEffect } from '../lift/shrink';
import type { ModelCredits, TimedJourneys } from '../models/model-journeys';
import { channelTotals } from '../models/touch-credits';
import { bootstrapShares, type ShareInterval } from './bootstrap';
import { calibratedShares } from './calibrated-shares';
import type { HeldOutFit } from './held-out';
import { chosenAgreement, type LiftAgreement, liftAgreement } from './lift-agreement';
import { type ModelSpread, spreadOverModels } from './model-spread';

/** A model that was trained, with what is known of it so far. */
export interface Candidate {
  readonly model: string;
  readonly modelVersion: string;
  readonly credits: ModelCredits;
  readonly heldOut: HeldOutFit;
  /** What lift tests made of it, where it was drawn to them. */
  readonly calibration?: Calibration;
}

/** How sure a model that was drawn to lift tests is of its channels, and what unseen tests say. */
export interface Calibration {
  readonly effects: readonly ShrunkEffect[];
  readonly agreement: readonly LiftAgreement[];
}

/** The model that was chosen, and its credits: drawn to the lift tests, where there are any. */
export interface ChosenModel {
  readonly candidate: Candidate;
  readonly credits: ModelCredits;
  readonly byLiftTests?: LiftChoice;
  readonly calibration?: Calibration;
  /** One sentence: why this one. */
  readonly reason: string;
  /** One sentence each: what lift tests contradict, and what journeys can't hold of them. */
  readonly warnings: readonly string[];
}

/** How sure one may be of a model's channels. */
export interface ModelConfidence {
  readonly model: string;
  readonly modelVersion: string;
  /** By channel, the base last: share of conversions and the interval of chance. */
  readonly shares: readonly ShareInterval[];
  readonly heldOut: HeldOutFit;
  /** By channel; the base has none. */
  readonly agreement: readonly LiftAgreement[];
}

export interface JudgedJourneys {
  readonly journeys: TimedJourneys;
  /** Customer of each journey, coded from 0. */
  readonly customer: Uint32Array;
  /** Tests that these journeys can answer. */
  readonly tests: readonly LiftTest[];
  /** Persons that the journeys stand for. */
  readonly persons: number;
}

/**
 * With lift tests the model that fits them best, calibrated to them; without, the one with the least
 * loss on held-out journeys, among those that beat the base rate.
 *
 * @returns undefined where there are neither tests nor models that pass
 */
export function chooseModel(
  candidates: readonly Candidate[],
  { journeys, tests, persons }: JudgedJourneys,
): ChosenModel | undefined {
  if (tests.length > 0 && candidates.length > 0) {
    const effects = candidates.map(({ model, credits, heldOut }) =>
      modelEffects(model, journeys, credits, tests, persons, lossOf(heldOut)),
    );
    const choice = chooseByLiftTests(effects, tests);
    const candidate = candidates.find(({ model }) => model === choice.model) as Candidate;
    const credits = calibrateCredits(journeys, candidate.credits, choice.effects);
    const calibration = { effects: choice.effects, agreement: chosenAgreement(effects, tests) };
    const shortfall = shortfallOf(choice.effects, channelTotals(journeys, credits));
    const warnings = [choice.warning, shortfall].filter((text) => text !== undefined);
    return {
      candidate,
      credits,
      byLiftTests: choice,
      calibration,
      reason: choice.reason,
      warnings,
    };
  }
  const best = candidates
    .filter(({ heldOut }) => heldOut.isTested && heldOut.passes)
    .sort((a, b) => (lossOf(a.heldOut) as number) - (lossOf(b.heldOut) as number))[0];
  return (
    best && {
      candidate: best,
      credits: best.credits,
      reason: `Without lift tests, ${best.model} predicts held-out journeys best.`,
      warnings: [],
    }
  );
}

/** Sampling intervals, held-out fit and agreement with lift tests of one model. */
export function confidenceOf(
  { model, modelVersion, credits, heldOut, calibration }: Candidate,
  { journeys, customer, tests, persons }: JudgedJourneys,
): ModelConfidence {
  const shares = bootstrapShares(journeys, credits, customer);
  if (calibration) {
    const { effects, agreement } = calibration;
    const conversions = journeys.conversions.reduce((sum, count) => sum + count, 0);
    const calibrated = calibratedShares(shares, effects, conversions);
    return { model, modelVersion, shares: calibrated, heldOut, agreement };
  }
  const effects = modelEffects(model, journeys, credits, tests, persons);
  return { model, modelVersion, shares, heldOut, agreement: liftAgreement(effects, tests) };
}

/** The spread of each channel over the models that pass the held-out fit; the base too. */
export function spreadOf(models: readonly ModelConfidence[]): readonly ModelSpread[] {
  return spreadOverModels(
    models.map(({ model, shares, heldOut }) => ({
      model,
      shares: Object.fromEntries(shares.map(({ channel, share }) => [channel, share])),
      passes: heldOut.isTested && heldOut.passes,
    })),
  );
}

/** Of fits that beat the base rate alone: others predict nothing. */
const lossOf = (heldOut: HeldOutFit): number | undefined =>
  heldOut.isTested && heldOut.passes ? heldOut.logLoss : undefined;
