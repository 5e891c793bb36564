import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../shared/clock';
import type { Log } from '../shared/log';
import { createNdjsonFile } from '../warehouse/ndjson';
import type { Row, Warehouse } from '../warehouse/warehouse';
import { openAside } from './aside/aside';
import { CreditTable } from './exposures/credit-table';
import { type ModelSpecs, readModelSpecs } from './exposures/model-specs';
import { openExposures } from './exposures/open-exposures';
import { readKnownVersions, type TrainModelsResult } from './exposures/trainings';
import type { IhcParameters } from './ihc/parameters';
import { readLiftTests } from './lift/read-lift-tests';
import type { TimedJourneys } from './models/model-journeys';
import { type ModelSpec, type TrainedModel, trainModel } from './models/train-model';
import { createWarehouseParametersStore } from './parameters-store';
import { trainTypeModels } from './train-type-models';

export type { TrainModelsResult } from './exposures/trainings';

export interface TrainModelsOptions {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly log?: Log;
  /** 'raw' unless told. */
  readonly rawDataset?: string;
  /** The models' dataset; 'tributary' unless told. */
  readonly dataset?: string;
  /** A training of IHC under way: its parameters are read when it is done. */
  readonly ihcTraining?: Promise<unknown>;
  /** How one model is trained and scored. */
  readonly train?: (spec: ModelSpec, journeys: TimedJourneys) => TrainedModel;
}

/**
 * Trains the attribution models that the settings switch on (int_attribution__models) on the
 * journeys of each conversion type, and judges them: by held-out journeys and by lift tests, which
 * choose one and correct it. Credits (raw.model_credits) and confidence (raw.model_confidence)
 * replace those of before; what is new about trainings is added to raw.model_trainings. A model
 * that can't be trained is refused there with its reason, and stops no other. Deterministic: the
 * same journeys and tests give the same rows, so running twice changes nothing.
 */
export async function trainModels(options: TrainModelsOptions): Promise<TrainModelsResult[]> {
  const { warehouse, rawDataset = 'raw', dataset = 'tributary', train = trainModel } = options;
  const specs = await readModelSpecs(warehouse, dataset);
  const isWanted = specs.trained.length > 0 || specs.chosen !== undefined;
  const known = await readKnownVersions(warehouse, rawDataset);
  const trainedAt = options.clock().toISOString();
  const exposures = await openExposures(await exportExposures(warehouse, dataset, isWanted));
  const folder = await mkdtemp(join(tmpdir(), 'tributary-credits-'));
  const confidence = await createNdjsonFile();
  const aside = openAside();
  try {
    const liftTests = isWanted
      ? await readLiftTests(warehouse, dataset, exposures.personCount)
      : new Map();
    const credits = new CreditTable(exposures);
    const results: TrainModelsResult[] = [];
    const trainings: Row[] = [];
    const types = isWanted ? exposures.conversionTypes : [];
    const begin = async (conversionType: string) => {
      const typed = await exposures.read(conversionType);
      return {
        typed,
        begun: options.train ? new Map() : aside.train(specs.trained, typed.journeys),
      };
    };
    // The other core has always something to do: one type ahead.
    let next = types[0] === undefined ? undefined : await begin(types[0]);
    await options.ihcTraining;
    for (const [index, conversionType] of types.entries()) {
      const { typed, begun } = next as NonNullable<typeof next>;
      const following = types[index + 1];
      next = following === undefined ? undefined : await begin(following);
      const ihc = await ihcParameters(options, specs, conversionType);
      const trained = await trainTypeModels({
        typed,
        specs,
        known,
        trainedAt,
        persons: exposures.personCount,
        liftTests: liftTests.get(conversionType) ?? [],
        addCredits: (model, given) => credits.add(model, typed, given),
        train,
        aside: begun,
        ...(ihc ? { ihc } : {}),
        ...(options.log ? { log: options.log } : {}),
      });
      results.push(...trained.results);
      trainings.push(...trained.trainings);
      for (const row of trained.confidence) await confidence.write(row);
    }
    const file = join(folder, 'credits.parquet');
    await credits.writeParquet(file);
    await confidence.close();
    await warehouse.loadFile('model_credits', file, { replace: true });
    await warehouse.loadFile('model_confidence', confidence.path, { replace: true });
    if (trainings.length > 0) await warehouse.load('model_trainings', trainings);
    return results;
  } finally {
    await aside.close();
    exposures.close();
    await confidence.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

/** IHC is scored in SQL; here it is judged beside the others. */
async function ihcParameters(
  { warehouse, clock, rawDataset }: TrainModelsOptions,
  { hasIhc }: ModelSpecs,
  conversionType: string,
): Promise<IhcParameters | undefined> {
  if (!hasIhc) return undefined;
  const deps = { warehouse, clock, ...(rawDataset === undefined ? {} : { rawDataset }) };
  return createWarehouseParametersStore(deps).find(conversionType);
}

/**
 * Ids are most of what is exported, so each stands where it is needed alone: the customer once a
 * journey, sessions where credit will go. Without models nothing is exported but the columns.
 */
function exportExposures(
  warehouse: Warehouse,
  dataset: string,
  isWanted: boolean,
): Promise<string[]> {
  return warehouse.exportParquet(
    `SELECT conversion_type, journey_id,
  IF(position > 1, NULL, customer_id) AS customer_id, is_converted, journey_ended_at,
  IF(is_converted, session_id, NULL) AS session_id,
  position, channel, hours_to_end, holder_engagement, closer_engagement
FROM \`${dataset}\`.int_journeys__exposures
WHERE @is_wanted`,
    { params: { is_wanted: isWanted } },
  );
}
