import type { HeldOutFit } from '../confidence/held-out';
import { heldOutFitOf } from '../confidence/held-out-models';
import type { TimedJourneys } from '../models/model-journeys';
import { type ModelSpec, type TrainedModel, trainModel } from '../models/train-model';

/** A trained model and how well it predicts days that it does not know. */
export interface JudgedModel {
  readonly trained: TrainedModel;
  /** Of a model that has credits. */
  readonly heldOut?: HeldOutFit;
}

export function trainJudged(
  spec: ModelSpec,
  journeys: TimedJourneys,
  train: (spec: ModelSpec, journeys: TimedJourneys) => TrainedModel = trainModel,
): JudgedModel {
  const trained = train(spec, journeys);
  if (!trained.credits) return { trained };
  return { trained, heldOut: heldOutFitOf(spec.kind, journeys) };
}
