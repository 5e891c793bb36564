import { seededRandom } from '../ihc/random';
import { score as scoreGbdt } from './gbdt/score';
import { train as trainGbdt } from './gbdt/train';
import { score as scoreHazard } from './hazard/score';
import { train as trainHazard } from './hazard/train';
import { score as scoreLogit } from './incremental-logit/score';
import { trainOnce as trainLogit } from './incremental-logit/train';
import { scoreMarkov, trainMarkov } from './markov/train';
import type { Fit, ModelCredits, TimedJourneys } from './model-journeys';
import { scoreShapley } from './shapley/score';
import { trainShapley } from './shapley/train';

/** A trained model as the settings name it. */
export interface ModelSpec {
  /** Its name in results. */
  readonly model: string;
  readonly kind: TrainedKind;
  /** Of Markov: 1 to 4. */
  readonly order?: number;
}

export const TRAINED_KINDS = ['markov', 'shapley', 'hazard', 'incremental_logit', 'gbdt'] as const;
export type TrainedKind = (typeof TRAINED_KINDS)[number];

/** Any model's fit with the credits it gives; none where the data do not suffice. */
export interface TrainedModel extends Fit<unknown, unknown> {
  readonly credits?: ModelCredits;
}

const SEED = 1;

/** Trains a model and scores the same journeys with it. Deterministic. */
export function trainModel(spec: ModelSpec, journeys: TimedJourneys): TrainedModel {
  switch (spec.kind) {
    case 'markov':
      return scored(trainMarkov(journeys, spec.order ?? 1), (it) => scoreMarkov(journeys, it));
    case 'shapley':
      return scored(trainShapley(journeys, { random: seededRandom(SEED) }), (it) =>
        scoreShapley(journeys, it),
      );
    case 'hazard':
      return scored(trainHazard(journeys), (it) => scoreHazard(journeys, it));
    case 'incremental_logit':
      return scored(trainLogit(journeys), (it) => scoreLogit(journeys, it));
    case 'gbdt':
      return scored(trainGbdt(journeys), (it) => scoreGbdt(journeys, it));
  }
}

function scored<Parameters>(
  fit: Fit<Parameters | undefined, unknown>,
  score: (parameters: Parameters) => ModelCredits,
): TrainedModel {
  return fit.parameters === undefined ? fit : { ...fit, credits: score(fit.parameters) };
}
