import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../shared/clock';
import { messageOf } from '../shared/errors';
import type { Log } from '../shared/log';
import type { Row, Warehouse } from '../warehouse/warehouse';
import { checkCredits } from './exposures/check-credits';
import { CreditTable } from './exposures/credit-table';
import { readModelSpecs } from './exposures/model-specs';
import { openExposures } from './exposures/open-exposures';
import {
  readKnownVersions,
  type TrainModelsResult,
  trainingResult,
  trainingRow,
} from './exposures/trainings';
import type { TypedJourneys } from './exposures/typed-journeys';
import { type ModelSpec, type TrainedModel, trainModel } from './models/train-model';

export type { TrainModelsResult } from './exposures/trainings';

export interface TrainModelsOptions {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly log?: Log;
  /** 'raw' unless told. */
  readonly rawDataset?: string;
  /** The models' dataset; 'tributary' unless told. */
  readonly dataset?: string;
  /** How one model is trained and scored. */
  readonly train?: (spec: ModelSpec, journeys: TypedJourneys['journeys']) => TrainedModel;
}

/**
 * Trains the attribution models that the settings switch on (int_attribution__models) on the
 * journeys of each conversion type, writes their credits to raw.model_credits, in place of those
 * of before, and what is new about the trainings to raw.model_trainings. A model that can't be
 * trained is refused there with its reason, and stops no other. Deterministic: the same journeys
 * give the same rows, so running twice changes nothing.
 */
export async function trainModels(options: TrainModelsOptions): Promise<TrainModelsResult[]> {
  const { warehouse, log, rawDataset = 'raw', dataset = 'tributary' } = options;
  const specs = await readModelSpecs(warehouse, dataset);
  const known = await readKnownVersions(warehouse, rawDataset);
  const trainedAt = options.clock().toISOString();
  const exposures = await openExposures(
    await exportExposures(warehouse, dataset, specs.length > 0),
  );
  const folder = await mkdtemp(join(tmpdir(), 'tributary-credits-'));
  try {
    const credits = await CreditTable.create(exposures);
    const results: TrainModelsResult[] = [];
    const rows: Row[] = [];
    for (const conversionType of specs.length > 0 ? exposures.conversionTypes : []) {
      const typed = await exposures.read(conversionType);
      for (const spec of specs) {
        const trained = tryToTrain(spec, typed, options);
        const result = trainingResult(spec, conversionType, trained, known);
        if (trained.credits) await credits.add(result, typed, trained.credits);
        log?.info({ ...result }, `${spec.model} ${conversionType}: ${result.outcome}.`);
        results.push(result);
        if (result.isNew) rows.push(trainingRow(result, spec.kind, typed, trained, trainedAt));
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

/** A model that fails leaves its conversions untrained; the others go on. */
function tryToTrain(
  spec: ModelSpec,
  { conversionType, journeys }: TypedJourneys,
  { train = trainModel, log }: TrainModelsOptions,
): TrainedModel {
  try {
    const trained = train(spec, journeys);
    if (trained.credits) checkCredits(spec.model, conversionType, journeys, trained.credits);
    return trained;
  } catch (error) {
    log?.error({ err: error }, `${spec.model} ${conversionType} failed.`);
    const stopReason = messageOf(error);
    return { parameters: undefined, diagnostics: {}, converged: false, stopReason };
  }
}

/** Without models nothing is exported but the columns. */
function exportExposures(
  warehouse: Warehouse,
  dataset: string,
  isWanted: boolean,
): Promise<string[]> {
  return warehouse.exportParquet(
    `SELECT conversion_type, journey_id, customer_id, is_converted, journey_ended_at, session_id,
  position, channel, hours_to_end, holder_engagement, closer_engagement
FROM \`${dataset}\`.int_journeys__exposures
WHERE @is_wanted`,
    { params: { is_wanted: isWanted } },
  );
}
