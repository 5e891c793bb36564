import {
  heldOutFit,
  type PredictiveModel,
} from '@tributary/functions/attribution/confidence/held-out';
import { emptyCleaningReport } from '@tributary/functions/attribution/ihc/cleaning';
import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import { train as trainIhc } from '@tributary/functions/attribution/ihc/training/train';
import * as gbdtScore from '@tributary/functions/attribution/models/gbdt/score';
import { train as trainGbdt } from '@tributary/functions/attribution/models/gbdt/train';
import * as hazardScore from '@tributary/functions/attribution/models/hazard/score';
import { train as trainHazard } from '@tributary/functions/attribution/models/hazard/train';
import { heuristicCredits } from '@tributary/functions/attribution/models/heuristics';
import { convertedJourneys, ihcCredits } from '@tributary/functions/attribution/models/ihc-credits';
import * as logitScore from '@tributary/functions/attribution/models/incremental-logit/score';
import { train as trainLogit } from '@tributary/functions/attribution/models/incremental-logit/train';
import {
  scoreMarkov,
  shareByEffect,
  trainMarkov,
} from '@tributary/functions/attribution/models/markov/train';
import type {
  ModelCredits,
  TimedJourneys,
} from '@tributary/functions/attribution/models/model-journeys';
import { scoreShapley } from '@tributary/functions/attribution/models/shapley/score';
import { trainShapley } from '@tributary/functions/attribution/models/shapley/train';
import { channelTotals } from '@tributary/functions/attribution/models/touch-credits';

/** What a model says of one world. */
export interface Answer {
  readonly model: string;
  readonly credits: ModelCredits;
  /** Conversions by channel; of Markov and Shapley their own totals, not the sums of credits. */
  readonly totals: Float64Array;
  readonly heldOutLogLoss?: number;
}

/** What open packages offer: what we are compared with. */
export const OPEN_MODELS = ['first', 'last', 'linear', 'markov 1', 'shapley'] as const;

export function answersOf(journeys: TimedJourneys): Answer[] {
  const of = (model: string, credits: ModelCredits, totals = channelTotals(journeys, credits)) => ({
    model,
    credits,
    totals,
  });
  const markov = trainMarkov(journeys, 1).parameters;
  const shapley = trainShapley(journeys, { random: seededRandom(1) }).parameters;
  const answers: (Answer | undefined)[] = [
    of('first', heuristicCredits(journeys, 'first')),
    of('last', heuristicCredits(journeys, 'last')),
    of('linear', heuristicCredits(journeys, 'linear')),
    of('markov 1', scoreMarkov(journeys, markov), shareByEffect(markov.removalEffects, 1)),
    of(
      'shapley',
      scoreShapley(journeys, shapley),
      shapley.values.map((value) => Math.max(0, value)),
    ),
    ihc(journeys),
    predictive('hazard', journeys, { train: trainHazard, ...hazardScore }),
    predictive('incremental logit', journeys, { train: trainLogit, ...logitScore }),
    predictive('gbdt', journeys, { train: trainGbdt, ...gbdtScore }),
  ];
  return answers.filter((answer) => answer !== undefined);
}

function predictive<Parameters>(
  model: string,
  journeys: TimedJourneys,
  functions: PredictiveModel<Parameters> & {
    score(journeys: TimedJourneys, parameters: Parameters): ModelCredits;
  },
): Answer | undefined {
  const { parameters, stopReason } = functions.train(journeys);
  if (parameters === undefined) {
    console.log(stopReason);
    return undefined;
  }
  const credits = functions.score(journeys, parameters);
  // Boosted trees hold out days by themselves, and 96 days are left of 120.
  const heldOut = heldOutFit(journeys, functions);
  return {
    model,
    credits,
    totals: channelTotals(journeys, credits),
    ...(heldOut.isTested ? { heldOutLogLoss: heldOut.logLoss } : {}),
  };
}

/** IHC by our own trainer; it reads converted journeys alone. */
function ihc(journeys: TimedJourneys): Answer | undefined {
  const { converted } = convertedJourneys(journeys);
  const trained = trainIhc({
    journeys: converted,
    cleaning: emptyCleaningReport(),
    conversionType: 'truth',
    trainedAt: new Date(0),
  });
  if (trained.parameters === undefined) {
    console.log(trained.stopReason);
    return undefined;
  }
  const credits = ihcCredits(journeys, trained.parameters);
  return { model: 'ihc', credits, totals: channelTotals(journeys, credits) };
}
