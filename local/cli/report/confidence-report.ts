import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';
import { type Cell, formatTable } from '../table';
import { wrap } from '../wrap';

interface ConfidenceReportOptions {
  /** The model that lift tests or held-out journeys chose, unless told. */
  readonly model?: string;
  readonly type?: string;
  readonly json?: boolean;
}

const FIGURES = `
  SELECT
    conversion_type, channel, attributed_conversion_count, conversion_share,
    sampling_low_share, sampling_high_share, spread_low_share, spread_high_share,
    spread_model_count, held_out_status, held_out_reason, held_out_log_loss, base_rate_log_loss,
    calibration_error, lift_status, lift_test_count, lift_standard_errors
  FROM rpt_attribution_confidence
  WHERE model = @model
    AND conversion_share IS NOT NULL
    AND (@type = '' OR conversion_type = @type)
  ORDER BY conversion_type, conversion_share DESC, channel`;

/** The training that the figures are of; where there are none, the newest. */
const trainingsSql = (rawDataset: string): string => `
  SELECT trainings.conversion_type, trainings.model_version, trainings.stop_reason
  FROM \`${rawDataset}\`.model_trainings AS trainings
  LEFT JOIN (
    SELECT DISTINCT conversion_type, model, model_version
    FROM \`${rawDataset}\`.model_confidence
  ) AS shown
    ON shown.conversion_type = trainings.conversion_type
    AND shown.model = trainings.model
    AND shown.model_version = trainings.model_version
  WHERE trainings.model = @model
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY trainings.conversion_type
    ORDER BY IF(shown.model IS NULL, 1, 0), trainings.trained_at DESC, trainings.model_version DESC
  ) = 1`;

const LEGEND = [
  'Chance: 90% of resamples of customers lie within. Models: lowest and highest share over the models that predict held-out days better than their base rate. Lift tests: whether the model lies within their error, by how many standard errors (above 0: it claims more), and of how many tests. What tests chose is judged by each test as if that one had not been seen, and what they leave open is part of its chance.',
  '(none): what no touch earned. All models: rpt_attribution_confidence.',
].flatMap((text) => wrap(text, 80));

/** The four figures of confidence per channel, for 80 columns, or the rows as JSON. */
export async function confidenceReport(
  warehouse: Warehouse,
  { rawDataset }: { readonly rawDataset: string },
  options: ConfidenceReportOptions,
): Promise<string> {
  const model = options.model ?? 'chosen';
  const rows = await warehouse.query(FIGURES, { params: { model, type: options.type ?? '' } });
  if (options.json) return JSON.stringify(rows, null, 2);
  const trainings = await warehouse.query(trainingsSql(rawDataset), { params: { model } });
  const reasonOf = new Map(trainings.map((row) => [row.conversion_type, row]));
  const types = [...new Set(rows.map((row) => `${row.conversion_type}`))];
  if (types.length === 0) return nothing(model, trainings);
  const tables = types.map((type) =>
    typeReport(
      model,
      rows.filter((row) => row.conversion_type === type),
      reasonOf.get(type),
    ),
  );
  return [...tables, LEGEND.join('\n')].join('\n\n');
}

function nothing(model: string, trainings: readonly Row[]): string {
  const reasons = trainings.map((row) => `${row.conversion_type}: ${row.stop_reason}`);
  const sentence = `There are no figures for the model ${model}: only first, last, linear, ihc and the trained models have them, once they are trained.`;
  return [sentence, ...reasons].flatMap((text) => wrap(text, 80)).join('\n');
}

function typeReport(model: string, rows: readonly Row[], training: Row | undefined): string {
  const [first] = rows;
  const lines = rows.map((row): Cell[] => [
    `${row.channel}`.slice(0, 22),
    percent(row.conversion_share),
    range(row.sampling_low_share, row.sampling_high_share),
    range(row.spread_low_share, row.spread_high_share),
    liftOf(row),
  ]);
  const version = training ? ` ${training.model_version}` : '';
  const parts = [
    ...wrap(`${first?.conversion_type}: conversions by ${model}${version}`, 80),
    ...(training ? wrap(`${training.stop_reason}`, 80) : []),
    '',
    formatTable(['channel', 'share', 'chance', 'models', 'lift tests'], lines),
    '',
    ...wrap(heldOut(first), 80),
  ];
  return parts.join('\n');
}

function heldOut(row: Row | undefined): string {
  if (row?.held_out_status === 'not tested') {
    return `Held-out days: not tested. ${row.held_out_reason ?? ''}`.trim();
  }
  return `Held-out days: ${row?.held_out_status}; log-loss ${decimals(row?.held_out_log_loss)}, of the base rate ${decimals(row?.base_rate_log_loss)}; calibration error ${percent(row?.calibration_error)}.`;
}

function liftOf(row: Row): string {
  const count = Number(row.lift_test_count);
  if (count === 0) return `${row.lift_status}`;
  if (row.lift_standard_errors == null) return `${row.lift_status} (${count})`;
  const distance = Number(row.lift_standard_errors).toFixed(1);
  return `${row.lift_status} ${distance} (${count})`;
}

const decimals = (value: Row[string] | undefined): string => Number(value).toFixed(4);

const percent = (value: Row[string] | undefined): string => `${(100 * Number(value)).toFixed(1)}%`;

function range(low: Row[string] | undefined, high: Row[string] | undefined): Cell {
  if (low == null || high == null) return null;
  return `${(100 * Number(low)).toFixed(1)}-${percent(high)}`;
}
