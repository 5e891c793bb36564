import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';
import { type Cell, formatTable } from '../table';

export interface ChannelReportOptions {
  readonly by?: 'channel' | 'day';
  readonly type?: string;
  readonly json?: boolean;
}

/** The models that stand side by side; each has its own columns. */
const MODELS = ['ihc', 'last', 'linear'] as const;

/** Traffic and cost stand once per model in rpt_model_comparison, so they are taken from one. */
const REPORT_SQL = (grain: 'channel' | 'day'): string => `
  SELECT
    ${grain === 'day' ? 'CAST(report_date AS STRING) AS day,' : ''}
    channel,
    SUM(IF(model = @traffic_model, session_count, 0)) AS sessions,
    SUM(IF(model = @traffic_model, cost_amount_base, 0)) AS cost,
    ${MODELS.map((model) => credit(model)).join(',\n    ')}
  FROM rpt_model_comparison
  WHERE model IN UNNEST(@models)
    AND (@type = '' OR conversion_type IN (@type, '(traffic)'))
  GROUP BY ${grain === 'day' ? 'day, ' : ''}channel
  ORDER BY ${grain === 'day' ? 'day, ' : ''}ihc_revenue DESC, sessions DESC, channel`;

function credit(model: string): string {
  return `SUM(IF(model = '${model}', attributed_conversion_count, 0)) AS ${model}_conversions,
    SUM(IF(model = '${model}', attributed_revenue_amount_base, 0)) AS ${model}_revenue`;
}

/** The channel report as text for 80 columns, or its rows as JSON. */
export async function channelReport(
  warehouse: Warehouse,
  options: ChannelReportOptions,
): Promise<string> {
  const grain = options.by ?? 'channel';
  const rows = await warehouse.query(REPORT_SQL(grain), {
    params: { models: MODELS, traffic_model: MODELS[0], type: options.type ?? '' },
  });
  if (options.json) return JSON.stringify(rows, null, 2);
  return [title(options), formatTable(header(grain), body(rows, grain)), LEGEND].join('\n\n');
}

const LEGEND = `Sessions without bots; cost and revenue in the base currency, days in the reporting
time zone. (none): conversions without a touchpoint, or of a type that is not trained.`;

function title(options: ChannelReportOptions): string {
  const what = options.type ? `conversions of type ${options.type}` : 'conversions of all types';
  return `Channels: ${what}, by IHC, last click and linear`;
}

function header(grain: 'channel' | 'day'): string[] {
  const names = ['channel', 'sessions', 'cost', 'ihc', 'last', 'linear', 'ihc', 'last', 'linear'];
  return grain === 'day' ? ['day', ...names] : names;
}

function body(rows: readonly Row[], grain: 'channel' | 'day'): Cell[][] {
  const lines = rows.map((row) => cells(row, grain));
  return [...lines, cells(total(rows), grain)];
}

const MEASURES = [
  'sessions',
  'cost',
  ...MODELS.map((model) => `${model}_conversions`),
  ...MODELS.map((model) => `${model}_revenue`),
];

function cells(row: Row, grain: 'channel' | 'day'): Cell[] {
  const label = grain === 'day' ? [`${row.day ?? ''}`, `${row.channel}`] : [`${row.channel}`];
  return [...label, ...MEASURES.map((measure) => rounded(Number(row[measure]), measure))];
}

function total(rows: readonly Row[]): Row {
  const sums = MEASURES.map((measure): [string, number] => [
    measure,
    rows.reduce((sum, row) => sum + Number(row[measure]), 0),
  ]);
  return { channel: 'total', ...Object.fromEntries(sums) };
}

function rounded(value: number, measure: string): string {
  const digits = measure.endsWith('_conversions') ? 1 : 0;
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
