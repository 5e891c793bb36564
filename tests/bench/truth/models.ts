import {
  heldOutFit,
  type PredictiveModel,
} from '@tributary/functions/attribution/confidence/held-out';
import { emptyCleaningReport } from '@tributary/functions/attribution/ihc/cleaning';
import type { Journeys } from '@tributary/functions/attribution/ihc/journeys';
import { modelFor } from '@tributary/functions/attribution/ihc/model';
import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import { scoreJourneys } from '@tributary/functions/attribution/ihc/score';
import { train as trainIhc } from '@tributary/functions/attribution/ihc/training/train';
import * as gbdtScore from '@tributary/functions/attribution/models/gbdt/score';
import { train as trainGbdt } from '@tributary/functions/attribution/models/gbdt/train';
import * as hazardScore from '@tributary/functions/attribution/models/hazard/score';
import { train as trainHazard } from '@tributary/functions/attribution/models/hazard/train';
import { heuristicCredits } from '@tributary/functions/attribution/models/heuristics';
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
  const { converted, journeyOf } = convertedJourneys(journeys);
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
  const scores = scoreJourneys(converted, modelFor(trained.parameters, converted.channels));
  const credit = new Float64Array(journeys.touchCount);
  const baseShare = journeys.conversions.map((count) => (count > 0 ? 1 : 0));
  journeyOf.forEach((journey, index) => {
    const from = converted.offsets[index] as number;
    const to = converted.offsets[index + 1] as number;
    credit.set(scores.ihc.subarray(from, to), journeys.offsets[journey]);
    baseShare[journey] = 0;
  });
  const credits = { credit, baseShare };
  return { model: 'ihc', credits, totals: channelTotals(journeys, credits) };
}

function convertedJourneys(journeys: TimedJourneys) {
  const journeyOf: number[] = [];
  const touches: number[] = [];
  const offsets = [0];
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const from = journeys.offsets[journey] as number;
    const to = journeys.offsets[journey + 1] as number;
    if ((journeys.conversions[journey] as number) > 0 && to > from) {
      for (let touch = from; touch < to; touch += 1) {
        touches.push(touch);
      }
      journeyOf.push(journey);
      offsets.push(touches.length);
    }
  }
  const at = (column: ArrayLike<number>) => touches.map((touch) => column[touch] as number);
  const converted: Journeys = {
    journeyCount: journeyOf.length,
    sessionCount: touches.length,
    offsets: Uint32Array.from(offsets),
    time: Float64Array.from(at(journeys.hoursToEnd), (hours) => -hours * 3.6e9),
    channel: Int32Array.from(at(journeys.channel)),
    channels: journeys.channels,
    holder: Uint8Array.from(at(journeys.holder)),
    closer: Uint8Array.from(at(journeys.closer)),
    row: Uint32Array.from(touches),
  };
  return { converted, journeyOf };
}
