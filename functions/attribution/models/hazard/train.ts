import { seededRandom } from '../../ihc/random';
import type { Fit, TimedJourneys } from '../model-journeys';
import { type AskedAt, askedAt } from '../observation/asked-at';
import { checkJourneys } from '../observation/check-journeys';
import { everySo } from '../observation/cut-journeys';
import { fitIntent, type IntentParameters } from '../observation/intent';
import { centringShift } from '../observation/log-loss';
import { matchEnds } from '../observation/matched-ends';
import { type EventTable, eventTable } from './event-table';
import type { Rates } from './expectation';
import { fitRates, initialRates, type RatesFit } from './fit-rates';
import {
  HAZARD_DEFAULTS,
  type HazardDiagnostics,
  type HazardOptions,
  type HazardParameters,
} from './parameters';
import { endRates } from './score';
import { visitTable } from './visit-table';

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
  const asked = askedAt(journeys);
  const table = asked === 'visits' ? visitTable(journeys, intent) : eventTable(journeys, intent);
  const refusal = refuse(table, journeys, options);
  if (refusal !== undefined) {
    return {
      parameters: undefined,
      diagnostics: {
        conversion_count: table.conversionCount,
        log_likelihoods: [],
        steps: 0,
        bounded_channels: [],
      },
      converged: false,
      stopReason: refusal,
    };
  }
  const withIntent = fitTable(table, options);
  const alike =
    asked === 'visits' && intent !== undefined
      ? fitTable(visitTable(journeys), options)
      : undefined;
  // At visits intent multiplies all, so conversions can tell whether those who are touched more
  // often want more: the likelihood decides, both have the same parameters.
  const isAlike = alike !== undefined && levelOf(alike) >= levelOf(withIntent);
  const fit = isAlike ? alike : withIntent;
  const parameters = documentOf(fit.rates, journeys.channels, asked, isAlike ? undefined : intent);
  const bounded = boundedChannels(fit.rates, journeys.channels, options);
  return {
    parameters: {
      ...parameters,
      ...(asked === 'visits' ? {} : { even_odds_rate: evenOdds(journeys, parameters) }),
    },
    diagnostics: {
      conversion_count: table.conversionCount,
      log_likelihoods: fit.logLikelihoods,
      steps: fit.steps,
      bounded_channels: bounded,
    },
    converged: fit.converged,
    stopReason: `${
      fit.converged
        ? 'The log-likelihood no longer grows.'
        : `The log-likelihood still grew after ${options.maximumCycles} cycles; allow more.`
    }${warningOf(bounded, options)}`,
  };
}

function fitTable(table: EventTable, options: HazardOptions): RatesFit {
  return fitRates(table, initialRates(table, options), options);
}

const levelOf = ({ logLikelihoods }: RatesFit): number => logLikelihoods.at(-1) as number;

/** Channels with an effect whose tau lies on a bound. */
function boundedChannels(
  { rate, tau }: Rates,
  channels: readonly string[],
  { shortestTau, longestTau }: HazardOptions,
): string[] {
  return channels.filter((_, code) => {
    const hours = tau[code] as number;
    // What is searched on a line ends within a hundredth of a bound, not on it.
    const isBounded = hours <= 1.02 * shortestTau || hours >= longestTau / 1.02;
    return (rate[code] as number) > 0 && isBounded;
  });
}

function warningOf(bounded: readonly string[], options: HazardOptions): string {
  return bounded.length === 0
    ? ''
    : ` How touches fade could not be read for ${bounded.join(', ')}: tau lies on its bound (${options.shortestTau} or ${options.longestTau} hours); take their credit with care.`;
}

function refuse(
  table: EventTable,
  { nulls }: TimedJourneys,
  { minimumJourneys }: HazardOptions,
): string | undefined {
  const others = nulls.reduce((sum, count) => sum + count, 0);
  if (Math.min(table.conversionCount, others) < minimumJourneys) {
    return `The hazard model needs ${minimumJourneys} journeys with conversion and as many without, and found ${table.conversionCount} and ${others}; give more data.`;
  }
  if (!(table.hours > 0)) {
    return 'The hazard model needs journeys that were watched for some time, and all were watched for 0 hours.';
  }
  return undefined;
}

function documentOf(
  rates: Rates,
  channels: readonly string[],
  asked: AskedAt,
  intent: IntentParameters | undefined,
): HazardParameters {
  return {
    ...(asked === 'visits' ? { asked_at: asked } : {}),
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
