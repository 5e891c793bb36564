import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';
import type { ShopSettings } from '../shop-settings';
import { type Cell, formatTable } from '../table';

interface ChannelReportOptions {
  readonly by?: 'channel' | 'day';
  readonly type?: string;
  readonly json?: boolean;
}

/** The models that stand side by side, as `attribution` names them and as people read them. */
const MODELS = { ihc: 'IHC', last: 'last', linear: 'linear' } as const;
const MODEL_NAMES = Object.keys(MODELS) as (keyof typeof MODELS)[];

/** Traffic and cost stand once per model in rpt_model_comparison, so they are taken from one. */
const reportSql = (grain: 'channel' | 'day'): string => `
  SELECT
    ${grain === 'day' ? 'CAST(report_date AS STRING) AS day,' : ''}
    channel,
    SUM(IF(model = @traffic_model, session_count, 0)) AS sessions,
    SUM(IF(model = @traffic_model, cost_amount_base, 0)) AS cost,
    ${MODEL_NAMES.map(credit).join(',\n    ')}
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
  settings: Pick<ShopSettings, 'baseCurrency' | 'timeZone'>,
  options: ChannelReportOptions,
): Promise<string> {
  const grain = options.by ?? 'channel';
  const rows = await warehouse.query(reportSql(grain), {
    params: { models: MODEL_NAMES, traffic_model: 'ihc', type: options.type ?? '' },
  });
  if (options.json) return JSON.stringify(rows, null, 2);
  const what = options.type ? `conversions of type ${options.type}` : 'conversions of all types';
  return [
    `Channels: ${what}`,
    table(rows, grain, ['sessions', 'cost'], 'conversions'),
    'Revenue, and what a unit of cost earned by IHC (ROAS)',
    table(rows, grain, [], 'revenue'),
    await legend(warehouse, settings),
  ].join('\n\n');
}

/** Where the numbers come from: days, time zone, currency, and the version of each model. */
async function legend(
  warehouse: Warehouse,
  { baseCurrency, timeZone }: Pick<ShopSettings, 'baseCurrency' | 'timeZone'>,
): Promise<string> {
  const [days] = await warehouse.query(
    'SELECT CAST(MAX(report_date) AS STRING) AS last FROM rpt_model_comparison',
  );
  const versions = await warehouse.query(
    'SELECT model, model_version FROM attribution WHERE model IN UNNEST(@models) GROUP BY model, model_version ORDER BY model, model_version',
    { params: { models: MODEL_NAMES } },
  );
  const named = MODEL_NAMES.map((model) => {
    const own = versions.filter((row) => row.model === model).map((row) => row.model_version);
    return `${MODELS[model]} ${own.join(' ') || '-'}`;
  });
  return `Days up to ${days?.last ?? '-'}, ${timeZone}; cost and revenue in ${baseCurrency}; sessions without bots.
(none): conversions without a touchpoint, or of an untrained type.
Models: ${named.join(', ')}`;
}

/** One line per channel (and day), the models side by side, the total last. */
function table(
  rows: readonly Row[],
  grain: 'channel' | 'day',
  traffic: readonly string[],
  outcome: 'conversions' | 'revenue',
): string {
  const measures = [...traffic, ...MODEL_NAMES.map((model) => `${model}_${outcome}`)];
  const labels = grain === 'day' ? ['day', 'channel'] : ['channel'];
  const ratio = outcome === 'revenue' ? 'ROAS' : 'cost each';
  const header = [...labels, ...traffic, ...Object.values(MODELS), ratio];
  const lines = [...rows, total(rows)].map((row): Cell[] => [
    ...labels.map((label) => `${row[label] ?? ''}`),
    ...measures.map((measure) => rounded(Number(row[measure]), digits(measure))),
    outcome === 'revenue'
      ? quotient(row.ihc_revenue, row.cost)
      : quotient(row.cost, row.ihc_conversions),
  ]);
  return formatTable(header, lines);
}

function total(rows: readonly Row[]): Row {
  const outcomes = MODEL_NAMES.flatMap((model) => [`${model}_conversions`, `${model}_revenue`]);
  const sums = ['sessions', 'cost', ...outcomes].map((measure): [string, number] => [
    measure,
    rows.reduce((sum, row) => sum + Number(row[measure]), 0),
  ]);
  return { channel: 'total', ...Object.fromEntries(sums) };
}

/** A quotient of sums, made where it is shown; empty where nothing is divided by. */
function quotient(above: Row[string] | undefined, below: Row[string] | undefined): Cell {
  const [dividend, divisor] = [Number(above), Number(below)];
  return dividend > 0 && divisor > 0 ? rounded(dividend / divisor, 2) : null;
}

const digits = (measure: string): number => (measure.endsWith('_conversions') ? 1 : 0);

function rounded(value: number, fractionDigits: number): string {
  return value.toLocaleString('en-US', {
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  });
}
