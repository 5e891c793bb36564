import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../shared/clock';
import { UserError } from '../shared/errors';
import { stableId } from '../shared/hash';
import type { Log } from '../shared/log';
import type { Row, Warehouse } from '../warehouse/warehouse';
import { CreditTable } from './exposures/credit-table';
import { openExposures } from './exposures/open-exposures';
import type { TypedJourneys } from './exposures/typed-journeys';
import { channelTotals } from './models/touch-credits';
import { type ModelSpec, TRAINED_KINDS, type TrainedModel, trainModel } from './models/train-model';

export interface TrainModelsOptions {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly log?: Log;
  /** 'raw' unless told. */
  readonly rawDataset?: string;
  /** The models' dataset; 'tributary' unless told. */
  readonly dataset?: string;
}

/** What became of one model and conversion type. */
export interface TrainModelsResult {
  readonly model: string;
  readonly conversionType: string;
  /** 'unchanged': the newest training gave the same; 'refused': the data do not suffice. */
  readonly outcome: 'trained' | 'unchanged' | 'refused';
  readonly modelVersion?: string;
  readonly converged: boolean;
  /** One sentence: why the training ended, or why there is none. */
  readonly reason: string;
}

const specSchema = z.object({
  model: z.string(),
  kind: z.enum(TRAINED_KINDS),
  order: z.int().nullable(),
});

/**
 * Trains the attribution models that the settings switch on (int_attribution__models) on the
 * journeys of each conversion type, writes their credits to raw.model_credits, in place of those
 * of before, and what is new about the trainings to raw.model_trainings. Deterministic: the same
 * journeys give the same rows, so running twice changes nothing.
 */
export async function trainModels(options: TrainModelsOptions): Promise<TrainModelsResult[]> {
  const { warehouse, log } = options;
  const specs = await readSpecs(options);
  const known = await knownVersions(options);
  const trainedAt = options.clock().toISOString();
  const exposures = await openExposures(await exportExposures(options, specs.length > 0));
  const folder = await mkdtemp(join(tmpdir(), 'tributary-credits-'));
  try {
    const credits = await CreditTable.create(exposures);
    const results: TrainModelsResult[] = [];
    const rows: Row[] = [];
    for (const conversionType of specs.length > 0 ? exposures.conversionTypes : []) {
      const typed = await exposures.read(conversionType);
      for (const spec of specs) {
        const trained = trainModel(spec, typed.journeys);
        const modelVersion = versionOf(spec, conversionType, trained);
        if (trained.credits) await credits.add({ ...spec, modelVersion }, typed, trained.credits);
        const result = resultOf(spec, conversionType, trained, modelVersion, known);
        log?.info({ ...result }, `${spec.model} ${conversionType}: ${result.outcome}.`);
        results.push(result);
        if (result.outcome === 'trained')
          rows.push(trainingRow(result, spec, typed, trained, trainedAt));
      }
    }
    const file = join(folder, 'credits.parquet');
    await credits.writeParquet(file);
    await warehouse.loadFile('model_credits', file, { replace: true });
    if (rows.length > 0) await warehouse.load('model_trainings', rows);
    return results;
  } finally {
    exposures.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function readSpecs(options: TrainModelsOptions): Promise<ModelSpec[]> {
  const rows = await options.warehouse.query(
    `SELECT model, kind, markov_order AS \`order\` FROM \`${options.dataset ?? 'tributary'}\`.int_attribution__models
WHERE kind IN UNNEST(@kinds) ORDER BY model`,
    { params: { kinds: TRAINED_KINDS } },
  );
  return rows.map((row) => {
    const { order, ...spec } = specSchema.parse(row);
    if (spec.kind === 'markov' && order === null) {
      throw new UserError(`Model ${spec.model} has no order; give it one from 1 to 4.`);
    }
    return { ...spec, ...(order === null ? {} : { order }) };
  });
}

/** Without models nothing is exported but the columns. */
function exportExposures(options: TrainModelsOptions, isWanted: boolean): Promise<string[]> {
  return options.warehouse.exportParquet(
    `SELECT conversion_type, journey_id, customer_id, is_converted, journey_ended_at, session_id,
  position, channel, hours_to_end, holder_engagement, closer_engagement
FROM \`${options.dataset ?? 'tributary'}\`.int_journeys__exposures
WHERE @is_wanted`,
    { params: { is_wanted: isWanted } },
  );
}

/** The newest version by model and conversion type. */
async function knownVersions(options: TrainModelsOptions): Promise<Map<string, string>> {
  const rows = await options.warehouse.query<Row & { key: string; model_version: string }>(
    `SELECT CONCAT(model, ' ', conversion_type) AS key, model_version
FROM \`${options.rawDataset ?? 'raw'}\`.model_trainings ORDER BY trained_at, model_version`,
  );
  return new Map(rows.map((row) => [row.key, row.model_version]));
}

/** Depends on what the training found alone, to 9 digits: the last bits are the machine's. */
function versionOf(spec: ModelSpec, conversionType: string, trained: TrainedModel): string {
  return stableId(spec.model, conversionType, textOf(trained.parameters)).slice(0, 12);
}

/** Parameters as JSON; typed arrays as lists. */
const textOf = (parameters: unknown): string =>
  JSON.stringify(parameters ?? null, (_, value: unknown) => {
    if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
    return typeof value === 'number' ? Number(value.toPrecision(9)) : value;
  });

function resultOf(
  { model }: ModelSpec,
  conversionType: string,
  trained: TrainedModel,
  modelVersion: string,
  known: ReadonlyMap<string, string>,
): TrainModelsResult {
  const { converged, stopReason: reason } = trained;
  if (!trained.credits) return { model, conversionType, outcome: 'refused', converged, reason };
  const isKnown = known.get(`${model} ${conversionType}`) === modelVersion;
  const outcome = isKnown ? 'unchanged' : 'trained';
  return { model, conversionType, outcome, modelVersion, converged, reason };
}

function trainingRow(
  result: TrainModelsResult,
  spec: ModelSpec,
  { journeys }: TypedJourneys,
  { credits, diagnostics, parameters }: TrainedModel,
  trainedAt: string,
): Row {
  const totals = credits ? channelTotals(journeys, credits) : [];
  return {
    model: spec.model,
    kind: spec.kind,
    conversion_type: result.conversionType,
    model_version: result.modelVersion ?? null,
    trained_at: trainedAt,
    converged: result.converged,
    stop_reason: result.reason,
    conversion_count: journeys.conversions.reduce((sum, count) => sum + count, 0),
    journey_count: journeys.journeyCount,
    channels: journeys.channels.map((channel, code) => ({
      channel,
      credited_conversion_count: totals[code] as number,
    })),
    // Trees are long, and nothing but the trainer reads them.
    parameters: spec.kind === 'gbdt' ? null : JSON.parse(textOf(parameters)),
    diagnostics: JSON.parse(textOf(diagnostics)),
  };
}
