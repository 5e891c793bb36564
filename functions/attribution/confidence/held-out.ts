import { seededRandom } from '../ihc/random';
import { countUp } from '../models/columns';
import type { Fit, TimedJourneys } from '../models/model-journeys';
import { type AskedAt, askedAt } from '../models/observation/asked-at';
import { heldOutMoments } from '../models/observation/asked-moments';
import { keptBy } from '../models/observation/kept';
import { centredLogLoss } from '../models/observation/log-loss';
import { splitByTime } from '../models/observation/time-split';

/** A model that can be asked for probabilities. */
export interface PredictiveModel<Parameters> {
  train(journeys: TimedJourneys): Fit<Parameters | undefined, unknown>;
  predict(journeys: TimedJourneys, parameters: Parameters): Float64Array;
}

export interface CalibrationBin {
  readonly journeyCount: number;
  /** Mean predicted probability, at the held-out level, and the share that converted. */
  readonly predicted: number;
  readonly observed: number;
}

export type HeldOutFit =
  | {
      readonly isTested: true;
      /** Days since 1970: what was known before it predicts what came from it on. */
      readonly splitDay: number;
      readonly conversionCount: number;
      /** Mean log-loss in nats, of the model and of the base rate alone. */
      readonly logLoss: number;
      readonly baseRateLogLoss: number;
      readonly passes: boolean;
      /** By tenth of predicted probability, lowest first. */
      readonly calibration: readonly CalibrationBin[];
      /** Mean distance of observed from predicted, weighted by journeys. */
      readonly calibrationError: number;
    }
  | { readonly isTested: false; readonly reason: string };

const BINS = 10;

/** All models are judged on the same moments. */
const testsOf = keptBy((_: TimedJourneys) => new Map<AskedAt, TimedJourneys>());

function askedTest(heldOut: TimedJourneys, asked: AskedAt, splitDay: number): TimedJourneys {
  const known = testsOf(heldOut);
  const test = known.get(asked) ?? heldOutMoments(heldOut, asked, seededRandom(1), splitDay);
  known.set(asked, test);
  return test;
}

const LEAST_CONVERSIONS = 20;

/**
 * How well a model that knows nothing of the last days predicts them. All models see the same split
 * and the same moments (`askedMoments`), so that their losses compare.
 *
 * @param share of the days that are held out
 */
export function heldOutFit<Parameters>(
  journeys: TimedJourneys,
  model: PredictiveModel<Parameters>,
  share = 0.2,
): HeldOutFit {
  const { past, heldOut, splitDay } = splitByTime(journeys, share);
  const test = askedTest(heldOut, askedAt(journeys), splitDay);
  const conversionCount = test.conversions.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  if (conversionCount < LEAST_CONVERSIONS || conversionCount === test.journeyCount) {
    return {
      isTested: false,
      reason: `A held-out fit needs ${LEAST_CONVERSIONS} conversions in the last ${Math.round(100 * share)}% of the days, beside journeys without, and found ${conversionCount}.`,
    };
  }
  const { parameters, stopReason } = model.train(past);
  if (parameters === undefined) {
    return { isTested: false, reason: stopReason };
  }
  const probabilities = model.predict(test, parameters);
  const { logLoss, shift } = centredLogLoss(probabilities, test.conversions);
  const even = new Float64Array(test.journeyCount).fill(0.5);
  const baseRateLogLoss = centredLogLoss(even, test.conversions).logLoss;
  const calibration = calibrate(probabilities, test.conversions, shift);
  return {
    isTested: true,
    splitDay,
    conversionCount,
    logLoss,
    baseRateLogLoss,
    passes: logLoss < baseRateLogLoss,
    calibration,
    calibrationError:
      calibration.reduce(
        (sum, bin) => sum + bin.journeyCount * Math.abs(bin.observed - bin.predicted),
        0,
      ) / test.journeyCount,
  };
}

function calibrate(
  probabilities: Float64Array,
  conversions: Float64Array,
  shift: number,
): CalibrationBin[] {
  const shifted = probabilities.map((p) => p / (p + (1 - p) * Math.exp(-shift)));
  const order = countUp(shifted.length);
  order.sort((a, b) => (shifted[a] as number) - (shifted[b] as number) || a - b);
  return Array.from({ length: BINS }, (_, bin) => {
    const members = order.subarray(
      Math.floor((bin * order.length) / BINS),
      Math.floor(((bin + 1) * order.length) / BINS),
    );
    let predicted = 0;
    let observed = 0;
    for (const index of members) {
      predicted += shifted[index] as number;
      observed += (conversions[index] as number) > 0 ? 1 : 0;
    }
    const count = Math.max(1, members.length);
    return {
      journeyCount: members.length,
      predicted: predicted / count,
      observed: observed / count,
    };
  });
}
