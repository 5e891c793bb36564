import { seededRandom } from '../../ihc/random';
import type { Fit, TimedJourneys } from '../model-journeys';
import { checkJourneys } from '../observation/check-journeys';
import { cutJourneys } from '../observation/cut-journeys';
import { fitIntent, type IntentParameters } from '../observation/intent';
import { centringShift } from '../observation/log-loss';
import { matchEnds } from '../observation/matched-ends';
import { type EventTable, eventTable } from './event-table';
import type { Rates } from './expectation';
import { fitRates, initialRates } from './fit-rates';
import {
  HAZARD_DEFAULTS,
  type HazardDiagnostics,
  type HazardOptions,
  type HazardParameters,
} from './parameters';
import { endRates } from './score';

/** Journeys that intent and the level of predictions are taken from, at most. */
const SAMPLED_JOURNEYS = 50_000;

/**
 * Fits the additive hazard; see the README beside this file. Deterministic.
 *
 * @throws UserError for ages or hours that are negative or not finite
 */
export function train(
  journeys: TimedJourneys,
  given: Partial<HazardOptions> = {},
): Fit<HazardParameters | undefined, HazardDiagnostics> {
  const options = { ...HAZARD_DEFAULTS, ...given };
  checkJourneys(journeys);
  const intent = options.withIntent ? fitIntent(everySo(journeys, SAMPLED_JOURNEYS)) : undefined;
  const table = eventTable(journeys, intent);
  const refusal = refuse(table, options);
  if (refusal !== undefined) {
    return {
      parameters: undefined,
      diagnostics: { conversion_count: table.conversionCount, log_likelihoods: [], steps: 0 },
      converged: false,
      stopReason: refusal,
    };
  }
  const fit = fitRates(table, initialRates(table, options), options);
  const parameters = documentOf(fit.rates, journeys.channels, intent);
  return {
    parameters: { ...parameters, even_odds_rate: evenOdds(journeys, parameters) },
    diagnostics: {
      conversion_count: table.conversionCount,
      log_likelihoods: fit.logLikelihoods,
      steps: fit.steps,
    },
    converged: fit.converged,
    stopReason: fit.converged
      ? 'The log-likelihood no longer grows.'
      : `The log-likelihood still grew after ${options.maximumCycles} cycles; allow more.`,
  };
}

function refuse(table: EventTable, options: HazardOptions): string | undefined {
  if (table.conversionCount < options.minimumConversions) {
    return `The hazard model needs ${options.minimumConversions} conversions and found ${table.conversionCount}; give more data.`;
  }
  if (!(table.hours > 0)) {
    return 'The hazard model needs journeys that were watched for some time, and all were watched for 0 hours.';
  }
  return undefined;
}

function documentOf(
  rates: Rates,
  channels: readonly string[],
  intent: IntentParameters | undefined,
): HazardParameters {
  return {
    base_rate: rates.base,
    ...(intent === undefined ? {} : { intent }),
    channels: Object.fromEntries(
      channels.map((channel, code) => [
        channel,
        { rate: rates.rate[code] as number, tau_hours: rates.tau[code] as number },
      ]),
    ),
    even_odds_rate: 1,
  };
}

/**
 * The rate of even odds, for which predicted conversions on matched ends add up to what there were.
 */
function evenOdds(journeys: TimedJourneys, parameters: HazardParameters): number {
  const matched = matchEnds(everySo(journeys, SAMPLED_JOURNEYS), seededRandom(1));
  const converted = matched.conversions.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  const logRates = endRates(matched, parameters).map((rate) => Math.log(rate));
  const within = Math.min(Math.max(converted, 0.5), matched.journeyCount - 0.5);
  return Math.exp(-centringShift(logRates, within));
}

/** Every so many journeys, to have `limit` at most. */
function everySo(journeys: TimedJourneys, limit: number): TimedJourneys {
  const step = Math.ceil(journeys.journeyCount / limit);
  return step <= 1
    ? journeys
    : cutJourneys(
        journeys,
        Uint32Array.from(
          { length: Math.floor(journeys.journeyCount / step) },
          (_, index) => index * step,
        ),
      );
}
