import { seededRandom } from './ihc/random';
import { HEURISTICS, type Heuristic, heuristicCredits } from './models/heuristics';
import type { Chain, ChainCounter } from './models/markov/chain';
import { channelTotals } from './models/touch-credits';
import type { PathColumnNames } from './paths/header';
import type { PathJourneys } from './paths/path-journeys';
import { PathTotals } from './paths/path-totals';
import { readPathPieces, readPaths } from './paths/read-paths';

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

/** A file when all of it was read. */
interface PathFile {
  readonly totals: PathTotals;
  /** The last piece; all journeys where a model needs them at once. */
  readonly journeys: PathJourneys;
  readonly chain?: Chain | undefined;
}

/**
 * Attributes the conversions of a path file to its channels.
 *
 * @throws UserError where the file is wrong, with its line
 */
export async function attributePaths(options: AttributePathsOptions): Promise<PathAttribution> {
  const file = await readFile(options);
  const { totals, journeys } = file;
  return {
    channels: journeys.channels,
    models: options.models.map((model) => attribute(model, file, options)),
    pathCount: totals.paths,
    journeyTotal: totals.conversions + totals.nulls,
    conversionTotal: totals.conversions,
    ...(journeys.values === undefined ? {} : { valueTotal: totals.values }),
    base: { conversions: totals.baseConversions, value: totals.baseValues },
  };
}

/** Markov needs each journey once; all others need them together. */
async function readFile(options: AttributePathsOptions): Promise<PathFile> {
  const { paths, columns, models, order = 1 } = options;
  const isCountedOnce = models.every((model) => model === 'markov');
  const pieces = isCountedOnce ? readPathPieces(paths, columns) : [await readPaths(paths, columns)];
  const counter = models.includes('markov') ? countChain(order) : undefined;
  const totals = new PathTotals();
  let journeys: PathJourneys | undefined;
  for await (const piece of pieces) {
    totals.add(piece);
    counter?.add(piece, piece.values);
    journeys = piece;
  }
  return { totals, journeys: journeys as PathJourneys, chain: counter?.finish() };
}

function attribute(
  model: PathModel,
  file: PathFile,
  { order = 1, seed = 1 }: AttributePathsOptions,
): ModelChannels {
  if (model === 'markov') return markovChannels(file, order);
  if (model === 'shapley') return shapleyChannels(file.journeys, seed);
  return heuristicChannels(file.journeys, model);
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
function countChain(order: number): ChainCounter {
  const { ChainCounter } =
    require('./models/markov/chain') as typeof import('./models/markov/chain');
  return new ChainCounter(order);
}

function markovChannels({ chain, journeys, totals }: PathFile, order: number): ModelChannels {
  const { shareByEffect, solveMarkov } =
    require('./models/markov/train') as typeof import('./models/markov/train');
  const { parameters, ...fit } = solveMarkov(chain as Chain, order, journeys.channels);
  const { removalEffects, valueRemovalEffects } = parameters;
  const touched = totals.conversions - totals.baseConversions;
  return {
    model: 'markov',
    credit: shareByEffect(removalEffects, touched),
    ...(valueRemovalEffects
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
