import { seededRandom } from './ihc/random';
import { HEURISTICS, type Heuristic, heuristicCredits } from './models/heuristics';
import { channelTotals } from './models/touch-credits';
import type { PathColumnNames } from './paths/header';
import type { PathJourneys } from './paths/path-journeys';
import { readPaths } from './paths/read-paths';

export const PATH_MODELS = [...HEURISTICS, 'markov', 'shapley'] as const;
export type PathModel = (typeof PATH_MODELS)[number];

export interface AttributePathsOptions {
  /** CSV, may be packed (.gz). */
  readonly paths: string;
  readonly columns?: PathColumnNames;
  readonly models: readonly PathModel[];
  /** Of the Markov model, 1 to 4; 1 unless told. */
  readonly order?: number;
  /** Of the sampling, where Shapley values are sampled. */
  readonly seed?: number;
}

/** What a model gives the channels, by their codes. */
export interface ModelChannels {
  readonly model: PathModel;
  /** Conversions. */
  readonly credit: Float64Array;
  /** In the file's unit; absent without a column of it. */
  readonly value?: Float64Array;
  /** Part of all conversions that is lost without the channel. */
  readonly removalEffect?: Float64Array;
  readonly shapleyValue?: Float64Array;
  /** Of sampled Shapley values. */
  readonly standardError?: Float64Array;
  /** How it was found, in a few words; the model's name and order. */
  readonly title: string;
  /** One sentence. */
  readonly stopReason: string;
  readonly converged: boolean;
}

export interface PathAttribution {
  readonly channels: readonly string[];
  readonly models: readonly ModelChannels[];
  readonly pathCount: number;
  readonly journeyTotal: number;
  readonly conversionTotal: number;
  readonly valueTotal?: number;
  /** Conversions and value of paths without touches: no channel's. */
  readonly base: { readonly conversions: number; readonly value: number };
}

/**
 * Attributes the conversions of a path file to its channels.
 *
 * @throws UserError where the file is wrong, with its line
 */
export async function attributePaths(options: AttributePathsOptions): Promise<PathAttribution> {
  const journeys = await readPaths(options.paths, options.columns);
  const totals = totalsOf(journeys);
  return {
    channels: journeys.channels,
    models: options.models.map((model) => attribute(model, journeys, totals, options)),
    pathCount: journeys.journeyCount,
    journeyTotal: totals.conversions + totals.nulls,
    conversionTotal: totals.conversions,
    ...(journeys.values === undefined ? {} : { valueTotal: totals.values }),
    base: { conversions: totals.baseConversions, value: totals.baseValues },
  };
}

function attribute(
  model: PathModel,
  journeys: PathJourneys,
  totals: Totals,
  { order = 1, seed = 1 }: AttributePathsOptions,
): ModelChannels {
  if (model === 'markov') return markovChannels(journeys, totals, order);
  if (model === 'shapley') return shapleyChannels(journeys, seed);
  return heuristicChannels(journeys, model);
}

function heuristicChannels(journeys: PathJourneys, model: Heuristic): ModelChannels {
  const credits = heuristicCredits(journeys, model);
  return {
    model,
    credit: channelTotals(journeys, credits),
    ...(journeys.values ? { value: channelTotals(journeys, credits, journeys.values) } : {}),
    title: { first: 'First touch', last: 'Last touch', linear: 'Linear' }[model],
    stopReason: 'A rule: nothing is fitted.',
    converged: true,
  };
}

// Models are loaded when they are asked for: a command's start is a good part of its seconds.
function markovChannels(journeys: PathJourneys, totals: Totals, order: number): ModelChannels {
  const { shareByEffect, trainMarkov } =
    require('./models/markov/train') as typeof import('./models/markov/train');
  const { parameters, ...fit } = trainMarkov(journeys, order, journeys.values);
  const { removalEffects, valueRemovalEffects } = parameters;
  const touched = totals.conversions - totals.baseConversions;
  return {
    model: 'markov',
    credit: shareByEffect(removalEffects, touched),
    ...(journeys.values && valueRemovalEffects
      ? { value: shareByEffect(valueRemovalEffects, totals.values - totals.baseValues) }
      : {}),
    removalEffect: removalEffects,
    title: `Markov, order ${order}`,
    stopReason: fit.stopReason,
    converged: fit.converged,
  };
}

function shapleyChannels(journeys: PathJourneys, seed: number): ModelChannels {
  const { trainShapley } =
    require('./models/shapley/train') as typeof import('./models/shapley/train');
  const { scoreShapley } =
    require('./models/shapley/score') as typeof import('./models/shapley/score');
  const { parameters, diagnostics, ...fit } = trainShapley(journeys, {
    random: seededRandom(seed),
  });
  const credits = scoreShapley(journeys, parameters);
  return {
    model: 'shapley',
    credit: channelTotals(journeys, credits),
    ...(journeys.values ? { value: channelTotals(journeys, credits, journeys.values) } : {}),
    shapleyValue: parameters.values,
    ...(diagnostics.isExact ? {} : { standardError: diagnostics.standardErrors }),
    title: parameters.game === 'rate' ? 'Shapley, conversion rate' : 'Shapley, conversions',
    stopReason: fit.stopReason,
    converged: fit.converged,
  };
}

/** Sums over all journeys, and over those without touches (`base`). */
interface Totals {
  readonly conversions: number;
  readonly baseConversions: number;
  readonly values: number;
  readonly baseValues: number;
  readonly nulls: number;
}

function totalsOf({ offsets, journeyCount, conversions, nulls, values }: PathJourneys): Totals {
  const sums = { conversions: 0, baseConversions: 0, values: 0, baseValues: 0, nulls: 0 };
  for (let journey = 0; journey < journeyCount; journey += 1) {
    const won = conversions[journey] as number;
    const value = values === undefined ? 0 : (values[journey] as number);
    sums.conversions += won;
    sums.nulls += nulls[journey] as number;
    sums.values += value;
    if (offsets[journey] !== offsets[journey + 1]) continue;
    sums.baseConversions += won;
    sums.baseValues += value;
  }
  return sums;
}
