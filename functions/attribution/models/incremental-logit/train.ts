import { seededRandom } from '../../ihc/random';
import type { Fit, TimedJourneys } from '../model-journeys';
import { type AskedAt, askedAt } from '../observation/asked-at';
import { askedMoments } from '../observation/asked-moments';
import { checkJourneys } from '../observation/check-journeys';
import { everySo } from '../observation/cut-journeys';
import type { DrawnJourneys } from '../observation/draw-journeys';
import { fitIntent, type IntentParameters, intentOf } from '../observation/intent';
import { keptBy } from '../observation/kept';
import { linear, type SparseRows, sparseRows } from '../sparse-rows';
import {
  columnCount,
  designMatrix,
  FEATURES_PER_CHANNEL,
  OWN_COLUMNS,
  SHARED_COLUMN,
  touchCounts,
} from './features';
import { fitLogit, type NewtonFit, softplus } from './newton';
import {
  LOGIT_DEFAULTS,
  type LogitDiagnostics,
  type LogitOptions,
  type LogitParameters,
} from './parameters';

/**
 * Fits the logistic model of conversion on exposure at the moments when journeys are asked
 * (`askedMoments`); see the README beside this file. The same journeys and seed give the same parameters.
 *
 * @throws UserError for ages or hours that are negative or not finite
 */
export function train(
  journeys: TimedJourneys,
  given: Partial<LogitOptions> = {},
): Fit<LogitParameters | undefined, LogitDiagnostics> {
  const options = { ...LOGIT_DEFAULTS, ...given };
  checkJourneys(journeys);
  const counts = countKinds(journeys);
  if (Math.min(counts.converted, counts.others) < options.minimumJourneys) {
    return {
      parameters: undefined,
      diagnostics: {
        conversion_count: counts.converted,
        journey_count: journeys.journeyCount,
        steps: 0,
        log_loss: Number.NaN,
      },
      converged: false,
      stopReason: `The incremental logit needs ${options.minimumJourneys} journeys with conversion and as many without, and found ${counts.converted} and ${counts.others}; give more data.`,
    };
  }
  const asked = askedAt(journeys);
  const drawn = askedMoments(journeys, asked, seededRandom(options.seed), {
    limit: options.maximumJourneys,
  });
  const intent = options.withIntent
    ? fitIntent(asked === 'visits' ? everySo(journeys, options.maximumJourneys) : drawn.journeys)
    : undefined;
  const following = fitDrawn(drawn, intent, counts.converted, options);
  const counting =
    asked === 'visits' ? fitDrawn(drawn, 'touches', counts.converted, options) : undefined;
  // Who was touched more often wants more, or was moved more: the likelihood decides, both have the
  // same parameters.
  const isCounting = counting !== undefined && levelOf(counting) > levelOf(following);
  const { fit, design, scales, outcomes } = isCounting ? counting : following;
  let loss = 0;
  let total = 0;
  outcomes.forEach((outcome, row) => {
    const odds = linear(design, row, fit.coefficients);
    const weight = drawn.weights[row] as number;
    loss += weight * (softplus(odds) - outcome * odds);
    total += weight;
  });
  return {
    parameters: documentOf(
      fit.coefficients.map((value, column) => value / (scales[column] as number)),
      journeys.channels,
      asked,
      isCounting ? 'touches' : intent,
      options,
    ),
    diagnostics: {
      conversion_count: counts.converted,
      journey_count: journeys.journeyCount,
      steps: fit.steps,
      log_loss: loss / total,
    },
    converged: fit.converged,
    stopReason: fit.converged
      ? 'The coefficients no longer move.'
      : `The coefficients still moved after ${options.maximumSteps} steps; allow more.`,
  };
}

/** With the defaults; what the same journeys gave before is not worked out again. */
export const trainOnce = keptBy((journeys: TimedJourneys) => train(journeys));

/** What all channels share: unseen intent, the number of touches, or nothing. */
type Shared = IntentParameters | 'touches' | undefined;

const levelOf = ({ fit }: { readonly fit: NewtonFit }): number =>
  fit.logLikelihoods.at(-1) as number;

function fitDrawn(
  { journeys, weights }: DrawnJourneys,
  shared: Shared,
  converted: number,
  options: LogitOptions,
) {
  const width = columnCount(journeys.channels.length);
  const column = sharedColumn(journeys, shared);
  const design = sparseRows(designMatrix(journeys, column, options.halfLifeHours), width);
  const outcomes = journeys.conversions.map((count) => (count > 0 ? 1 : 0));
  const priorMean = new Float64Array(width);
  const precision = new Float64Array(width).fill(options.ridge);
  precision[0] = 0;
  const kept = shared === 'touches' ? [0] : [0, SHARED_COLUMN];
  if (shared !== 'touches') {
    priorMean[SHARED_COLUMN] = 1;
    precision[SHARED_COLUMN] = options.intentPrecision * converted;
  }
  const scales = scaleColumns(design, width, kept);
  const problem = { design, width, outcomes, weights, priorMean, precision };
  return { fit: fitLogit(problem, options), design, scales, outcomes };
}

/** Logarithms, by journey. */
function sharedColumn(journeys: TimedJourneys, shared: Shared): Float64Array {
  if (shared === undefined) return new Float64Array(journeys.journeyCount);
  const amounts = shared === 'touches' ? touchCounts(journeys) : intentOf(journeys, shared);
  return amounts.map((amount) => Math.log(Math.max(1e-300, amount)));
}

function countKinds({ conversions }: TimedJourneys): { converted: number; others: number } {
  let converted = 0;
  for (const count of conversions) {
    converted += count > 0 ? 1 : 0;
  }
  return { converted, others: conversions.length - converted };
}

/** Divides all columns but those kept by their standard deviation, in place; answers the divisors. */
function scaleColumns(
  { rowCount, columns, values }: SparseRows,
  width: number,
  kept: readonly number[],
): Float64Array {
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  values.forEach((value, at) => {
    const column = columns[at] as number;
    (sums[column] as number) += value;
    (squares[column] as number) += value ** 2;
  });
  const scales = sums.map((sum, column) => {
    const mean = sum / rowCount;
    const variance = (squares[column] as number) / rowCount - mean ** 2;
    const isKept = kept.includes(column) || !(variance > 0);
    return isKept ? 1 : Math.sqrt(variance);
  });
  columns.forEach((column, at) => {
    (values[at] as number) /= scales[column] as number;
  });
  return scales;
}

function documentOf(
  coefficients: Float64Array,
  channels: readonly string[],
  asked: AskedAt,
  shared: Shared,
  options: LogitOptions,
): LogitParameters {
  const at = (channel: number, feature: number) =>
    coefficients[OWN_COLUMNS + FEATURES_PER_CHANNEL * channel + feature] as number;
  return {
    ...(asked === 'visits' ? { asked_at: asked } : {}),
    intercept: coefficients[0] as number,
    observed: coefficients[1] as number,
    ...(shared === 'touches'
      ? { intent_elasticity: 0, touch_elasticity: coefficients[SHARED_COLUMN] as number }
      : { intent_elasticity: coefficients[SHARED_COLUMN] as number }),
    ...(shared === undefined || shared === 'touches' ? {} : { intent: shared }),
    channels: Object.fromEntries(
      channels.map((channel, code) => [
        channel,
        { exposed: at(code, 0), log_count: at(code, 1), recency: at(code, 2) },
      ]),
    ),
    half_life_hours: options.halfLifeHours,
  };
}
