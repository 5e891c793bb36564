import { type Random, seededRandom } from '../../ihc/random';
import { predict as predictLogit } from '../incremental-logit/score';
import { trainOnce as trainLogit } from '../incremental-logit/train';
import type { Fit, TimedJourneys } from '../model-journeys';
import { type AskedAt, askedAt } from '../observation/asked-at';
import { askedMoments, heldOutMoments } from '../observation/asked-moments';
import { checkJourneys } from '../observation/check-journeys';
import { cutJourneys, everySo } from '../observation/cut-journeys';
import { fitIntent, type IntentParameters } from '../observation/intent';
import { keptBy } from '../observation/kept';
import { centredLogLoss } from '../observation/log-loss';
import { observedDays, splitByTime } from '../observation/time-split';
import { Booster, boostUntil, type Rows } from './boost';
import { channelCodes, featureCount, readFeatures, sharedOf } from './features';
import {
  GBDT_DEFAULTS,
  type GbdtDiagnostics,
  type GbdtOptions,
  type GbdtParameters,
} from './parameters';
import { predict } from './score';

/**
 * Trains on what was known before the held-out days, says how well that predicts them, and then
 * trains as many trees on all journeys. The same journeys and seed give the same parameters.
 *
 * @throws UserError for ages or hours that are negative or not finite
 */
export function train(
  journeys: TimedJourneys,
  given: Partial<GbdtOptions> = {},
): Fit<GbdtParameters | undefined, GbdtDiagnostics> {
  const options = { ...GBDT_DEFAULTS, ...given };
  checkJourneys(journeys);
  const { days } = observedDays(journeys);
  const basics = {
    conversion_count: countConverted(journeys),
    journey_count: journeys.journeyCount,
    observed_days: days,
  };
  const refused = (stopReason: string) => ({
    parameters: undefined,
    diagnostics: { ...basics, passes_baseline: false },
    converged: false,
    stopReason,
  });
  if (days < options.minimumDays) {
    return refused(
      `Boosted trees need ${options.minimumDays} days of data and found ${days}; wait, or give older data.`,
    );
  }
  const { past, heldOut, splitDay } = splitByTime(journeys, options.heldOutShare);
  const enough = (part: TimedJourneys) =>
    countConverted(part) >= options.minimumConversions && countConverted(part) < part.journeyCount;
  if (!enough(past) || !enough(heldOut)) {
    return refused(
      `Boosted trees need ${options.minimumConversions} conversions before the last ${Math.round(100 * options.heldOutShare)}% of the days and as many within, beside journeys that did not convert, and found ${countConverted(past)} and ${countConverted(heldOut)}; give more data.`,
    );
  }
  const random = seededRandom(options.seed);
  const asked = askedAt(journeys);
  const { stopping, judging } = halves(
    heldOutMoments(heldOut, asked, random, splitDay),
    random,
    options.maximumJourneys,
  );
  const { channels } = journeys;
  const before = boosterOf(past, asked, options);
  const known = boostUntil(before.booster, rowsOf(stopping, before.intent), options);
  const judged = options.isJudged
    ? judge({ ...known, channels, ...before.intent }, past, judging)
    : { passes_baseline: false };
  const treeCount = Math.max(1, known.trees.length);
  const everything = boosterOf(journeys, asked, options);
  const all = everything.booster.ensemble(treeCount);
  const isStopped = known.trees.length < options.maximumTrees;
  return {
    parameters: {
      ...all,
      channels,
      ...everything.intent,
      ...(asked === 'visits' ? { asked_at: asked } : {}),
    },
    diagnostics: { ...basics, tree_count: treeCount, ...judged },
    converged: isStopped,
    stopReason: isStopped
      ? 'More trees did not predict the held-out days better.'
      : `${options.maximumTrees} trees were not too many; allow more.`,
  };
}

function countConverted({ conversions }: TimedJourneys): number {
  return conversions.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
}

interface IntentBooster {
  readonly booster: Booster;
  readonly intent: { readonly intent?: IntentParameters };
}

/** The days before those held out are boosted for the model, and again as all days of the held-out fit. */
const boostersOf = keptBy((_: TimedJourneys) => new Map<string, IntentBooster>());

function boosterOf(journeys: TimedJourneys, asked: AskedAt, options: GbdtOptions): IntentBooster {
  const { depth, ridge, minimumCurvature, learningRate, maximumJourneys, seed } = options;
  const known = boostersOf(journeys);
  const key = JSON.stringify([
    asked,
    depth,
    ridge,
    minimumCurvature,
    learningRate,
    maximumJourneys,
    seed,
  ]);
  const found = known.get(key);
  if (found) return found;
  const drawn = askedMoments(journeys, asked, seededRandom(seed), { limit: maximumJourneys });
  // Whether visits follow intent or the number of touches, the logit's likelihood has decided.
  const isCounting =
    asked === 'visits' && trainLogit(journeys).parameters?.touch_elasticity !== undefined;
  const intent = isCounting
    ? {}
    : {
        intent: fitIntent(asked === 'visits' ? everySo(journeys, maximumJourneys) : drawn.journeys),
      };
  const booster = new Booster(rowsOf(drawn.journeys, intent, drawn.weights), options);
  known.set(key, { booster, intent });
  return { booster, intent };
}

function rowsOf(
  journeys: TimedJourneys,
  { intent }: IntentBooster['intent'],
  weights: Float64Array = new Float64Array(journeys.journeyCount).fill(1),
): Rows {
  const width = featureCount(journeys.channels.length);
  const codes = channelCodes(journeys.channels, journeys.channels);
  const shared = sharedOf(journeys, intent);
  const features = new Float64Array(journeys.journeyCount * width);
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    readFeatures(
      journeys,
      journey,
      codes,
      shared,
      features.subarray(journey * width, (journey + 1) * width),
    );
  }
  return {
    rowCount: journeys.journeyCount,
    width,
    features,
    outcomes: journeys.conversions.map((count) => (count > 0 ? 1 : 0)),
    weights,
  };
}

/** Half of the journeys each; beyond the limit some are in neither. */
function halves(journeys: TimedJourneys, random: Random, limit: number) {
  const parts: [number[], number[]] = [[], []];
  const share = Math.min(1, limit / journeys.journeyCount) / 2;
  for (let journey = 0; journey < journeys.journeyCount; journey += 1) {
    const drawn = random();
    if (drawn < share) parts[0].push(journey);
    else if (drawn >= 1 - share) parts[1].push(journey);
  }
  return {
    stopping: cutJourneys(journeys, Uint32Array.from(parts[0])),
    judging: cutJourneys(journeys, Uint32Array.from(parts[1])),
  };
}

function judge(parameters: GbdtParameters, past: TimedJourneys, judging: TimedJourneys) {
  const lossOf = (probabilities: Float64Array) =>
    centredLogLoss(probabilities, judging.conversions).logLoss;
  const own = lossOf(predict(judging, parameters));
  const base = lossOf(new Float64Array(judging.journeyCount).fill(0.5));
  const logit = trainLogit(past).parameters;
  const logitLoss = logit === undefined ? undefined : lossOf(predictLogit(judging, logit));
  return {
    held_out_log_loss: own,
    base_rate_log_loss: base,
    ...(logitLoss === undefined ? {} : { incremental_logit_log_loss: logitLoss }),
    passes_baseline: own < base && own < (logitLoss ?? base),
  };
}
