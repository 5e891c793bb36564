import type { Clock } from '../shared/clock';
import { openDuckDb } from '../shared/duckdb';
import { stableId } from '../shared/hash';
import type { Log } from '../shared/log';
import type { Row, Warehouse } from '../warehouse/warehouse';
import { readJourneys } from './files/journeys-file';
import { openExport } from './files/journeys-source';
import { buildJourneys } from './ihc/build-journeys';
import type { TrainingOptions } from './ihc/training/options';
import { type TrainResult, train } from './ihc/training/train';
import { toStoredRow } from './stored-parameters';

export interface TrainIhcOptions {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly log?: Log;
  /** Only these types; all that have conversions unless told. */
  readonly conversionTypes?: readonly string[];
  /** 'raw' unless told. */
  readonly rawDataset?: string;
  /** The models' dataset; 'tributary' unless told. */
  readonly dataset?: string;
  readonly training?: Partial<TrainingOptions>;
}

/** What became of one conversion type. */
export type TrainIhcResult =
  | {
      readonly conversionType: string;
      /** 'unchanged': the newest parameters are these already. */
      readonly outcome: 'trained' | 'unchanged';
      readonly modelVersion: string;
      readonly warnings: readonly string[];
    }
  | {
      readonly conversionType: string;
      readonly outcome: 'refused';
      /** One sentence. */
      readonly reason: string;
    };

/** Intervals to two digits within a second per type; the file command takes more. */
const TRAINING: Partial<TrainingOptions> = { bootstrapSamples: 50 };

/**
 * Trains IHC for each conversion type on the journeys of `touchpoints`, and appends the parameters
 * that are new to raw.ihc_parameters, all in one load: running twice changes nothing.
 */
export async function trainIhc(options: TrainIhcOptions): Promise<TrainIhcResult[]> {
  const { warehouse, log } = options;
  const trainedAt = options.clock();
  const known = await conversionTypesOf(options);
  const types = options.conversionTypes ?? known;
  const newest = await newestVersions(options);
  const results: TrainIhcResult[] = [];
  const rows: Row[] = [];
  for (const conversionType of types) {
    if (!known.includes(conversionType)) {
      results.push({
        conversionType,
        outcome: 'refused',
        reason: unknownType(conversionType, known),
      });
      continue;
    }
    const result = await trainType(options, conversionType, trainedAt);
    const outcome = outcomeOf(result, conversionType, newest.get(conversionType));
    log?.info({ ...outcome }, `IHC ${conversionType}: ${outcome.outcome}.`);
    results.push(outcome);
    if (outcome.outcome === 'trained' && result.converged) {
      rows.push(toStoredRow(result.parameters));
    }
  }
  if (rows.length > 0) {
    const versions = rows.map((row) => String(row.model_version));
    const jobId = `train_ihc_${stableId(trainedAt.toISOString(), ...versions)}`;
    await warehouse.load('ihc_parameters', rows, { jobId });
  }
  return results;
}

function unknownType(conversionType: string, known: readonly string[]): string {
  return known.length === 0
    ? `There are no conversions of type ${conversionType}, nor of any other; run the models first.`
    : `There are no conversions of type ${conversionType}; use one of ${known.join(', ')}.`;
}

function outcomeOf(
  result: TrainResult,
  conversionType: string,
  newestVersion: string | undefined,
): TrainIhcResult {
  if (!result.converged) {
    return { conversionType, outcome: 'refused', reason: result.stopReason };
  }
  const modelVersion = result.parameters.model_version as string;
  return {
    conversionType,
    outcome: modelVersion === newestVersion ? 'unchanged' : 'trained',
    modelVersion,
    warnings: result.diagnostics.warnings,
  };
}

async function trainType(
  options: TrainIhcOptions,
  conversionType: string,
  trainedAt: Date,
): Promise<TrainResult> {
  const dataset = options.dataset ?? 'tributary';
  const files = await options.warehouse.exportParquet(
    `SELECT conversion_id, session_id, started_at, channel, holder_engagement, closer_engagement, position
FROM \`${dataset}\`.touchpoints
WHERE conversion_type = @conversion_type`,
    { params: { conversion_type: conversionType } },
  );
  return train({
    ...(await readExport(files, conversionType)),
    conversionType,
    trainedAt,
    options: { ...TRAINING, ...options.training },
  });
}

/** The look-back is that of `touchpoints`: it is not cut again here. */
async function readExport(files: readonly string[], conversionType: string) {
  const instance = await openDuckDb();
  const connection = await instance.connect();
  try {
    const source = await openExport(connection, files, {
      name: `The export of ${conversionType}`,
      // Files may come in any order; ties in time keep the order of positions.
      orderBy: ['conversion_id', 'position'],
    });
    const { columns } = await readJourneys(connection, source, {
      missing: 'keep',
      sessionIds: 'hash',
      allowEmpty: true,
    });
    return buildJourneys(columns);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function conversionTypesOf(options: TrainIhcOptions): Promise<string[]> {
  const rows = await options.warehouse.query<Row & { conversion_type: string }>(
    `SELECT DISTINCT conversion_type FROM \`${options.dataset ?? 'tributary'}\`.conversions ORDER BY conversion_type`,
  );
  return rows.map((row) => row.conversion_type);
}

async function newestVersions(options: TrainIhcOptions): Promise<Map<string, string>> {
  const rows = await options.warehouse.query<
    Row & { conversion_type: string; model_version: string }
  >(
    `SELECT conversion_type, model_version FROM \`${options.rawDataset ?? 'raw'}\`.ihc_parameters ORDER BY trained_at, model_version`,
  );
  // The last row of a type is its newest.
  return new Map(rows.map((row) => [row.conversion_type, row.model_version]));
}
