import { stableId } from '../../shared/hash';
import type { Row, Warehouse } from '../../warehouse/warehouse';
import { channelTotals } from '../models/touch-credits';
import type { TrainedModel } from '../models/train-model';
import type { TypedJourneys } from './typed-journeys';

/** What became of one model and conversion type. */
export interface TrainModelsResult {
  readonly model: string;
  /** Its method, as the settings name it. */
  readonly kind: string;
  readonly conversionType: string;
  /** 'unchanged': the newest training gave the same; 'refused': the data do not suffice, or it failed. */
  readonly outcome: 'trained' | 'unchanged' | 'refused';
  readonly modelVersion: string;
  readonly converged: boolean;
  /** One sentence: why the training ended, or why there is none. */
  readonly reason: string;
  /** Whether raw.model_trainings has no such row yet. */
  readonly isNew: boolean;
}

/** The newest version by model and conversion type, of raw.model_trainings. */
export type KnownVersions = ReadonlyMap<string, string>;

const keyOf = (model: string, conversionType: string) => JSON.stringify([model, conversionType]);

export async function readKnownVersions(
  warehouse: Warehouse,
  rawDataset: string,
): Promise<KnownVersions> {
  const rows = await warehouse.query<
    Row & { model: string; conversion_type: string; model_version: string }
  >(
    `SELECT model, conversion_type, model_version FROM \`${rawDataset}\`.model_trainings ORDER BY trained_at, model_version`,
  );
  // The last row of a model and type is its newest.
  return new Map(rows.map((row) => [keyOf(row.model, row.conversion_type), row.model_version]));
}

export function trainingResult(
  { model, kind }: { readonly model: string; readonly kind: string },
  conversionType: string,
  trained: TrainedModel,
  known: KnownVersions,
): TrainModelsResult {
  const { converged, stopReason: reason } = trained;
  // A version depends on what the training found alone; a refusal's on its sentence.
  const modelVersion = trained.credits
    ? stableId(model, conversionType, jsonOf(trained.parameters)).slice(0, 12)
    : `refused-${stableId(reason).slice(0, 12)}`;
  const isNew = known.get(keyOf(model, conversionType)) !== modelVersion;
  const outcome = trained.credits ? (isNew ? 'trained' : 'unchanged') : 'refused';
  return { model, kind, conversionType, outcome, modelVersion, converged, reason, isNew };
}

/** The row of raw.model_trainings. */
export function trainingRow(
  result: TrainModelsResult,
  { journeys }: TypedJourneys,
  { credits, diagnostics, parameters }: TrainedModel,
  trainedAt: string,
): Row {
  const totals = credits && channelTotals(journeys, credits);
  return {
    model: result.model,
    kind: result.kind,
    conversion_type: result.conversionType,
    model_version: result.modelVersion,
    trained_at: trainedAt,
    converged: result.converged,
    stop_reason: result.reason,
    conversion_count: journeys.conversions.reduce((sum, count) => sum + count, 0),
    journey_count: journeys.journeyCount,
    channels: totals
      ? journeys.channels.map((channel, code) => ({
          channel,
          credited_conversion_count: totals[code] as number,
        }))
      : [],
    // Trees are long, and nothing but the trainer reads them.
    parameters: result.kind === 'gbdt' ? null : JSON.parse(jsonOf(parameters)),
    diagnostics: JSON.parse(jsonOf(diagnostics)),
  };
}

/** Typed arrays as lists, numbers to 9 digits: the last bits are the machine's. */
const jsonOf = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, inner: unknown) => {
    if (ArrayBuffer.isView(inner)) return Array.from(inner as unknown as ArrayLike<number>);
    return typeof inner === 'number' ? Number(inner.toPrecision(9)) : inner;
  });
