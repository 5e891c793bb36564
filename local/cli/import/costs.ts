import type { Row } from '@tributary/functions/warehouse/warehouse';
import type { ImportDeps, ImportResult } from './deps';
import { importRows } from './import-rows';
import type { FileRecord } from './read-records';
import type { RecordReader } from './record-reader';

interface CostsOptions extends ImportDeps {
  /** CSV, NDJSON or Parquet; one row per channel and day, or per line of a platform's report. */
  readonly file: string;
  /** Currency of costs without a column for it: the shop's base currency. */
  readonly defaultCurrency: string;
}

/** Columns of a platform's report that say what the cost was for. */
const levels = [
  'platform',
  'account_id',
  'campaign_id',
  'campaign_name',
  'ad_group_id',
  'ad_group_name',
  'ad_id',
  'ad_name',
  'keyword',
  'channel',
];

/**
 * Loads costs into raw.ad_costs, the whole file or nothing. Two shapes: cost by channel
 * (channel_label, date, cost[, currency]; its platform is "import"), or a platform's report with
 * the columns of raw.ad_costs (platform, cost_date, cost_amount[, currency_code, campaign_id, ...]).
 *
 * @throws UserError that names file, line and column of the first thing that is wrong
 */
export function importCosts(options: CostsOptions): Promise<ImportResult> {
  const { defaultCurrency } = options;
  return importRows(options, {
    kind: 'costs',
    table: 'ad_costs',
    options: [defaultCurrency],
    requiredColumns: (columns) =>
      columns.includes('platform') || columns.includes('cost_amount')
        ? ['platform', 'cost_date', 'cost_amount']
        : ['channel_label', 'date', 'cost'],
    readRow: (reader) => readRow(reader, defaultCurrency),
    keyOf,
    refuseRepeated: (row, place, twin) =>
      `${place} repeats the cost of the same ${row.channel ? `channel (${String(row.channel)})` : 'campaign'} and day as line ${twin}: add the two up, or keep one.`,
  });
}

function readRow(reader: RecordReader, defaultCurrency: string): Row {
  const isReport = isReportRow(reader.record);
  const currencyCode = reader.currency(defaultCurrency);
  if (!isReport) {
    return {
      ...Object.fromEntries(levels.map((name) => [name, null])),
      platform: 'import',
      channel: reader.text('channel_label'),
      cost_date: reader.date('date'),
      currency_code: currencyCode,
      cost_amount: reader.numeric('cost'),
    };
  }
  return {
    ...Object.fromEntries(levels.map((name) => [name, reader.optionalText(name)])),
    platform: reader.text('platform'),
    cost_date: reader.date('cost_date'),
    currency_code: currencyCode,
    cost_amount: reader.numeric('cost_amount'),
    click_count: reader.optionalCount('click_count'),
    impression_count: reader.optionalCount('impression_count'),
    install_count: reader.optionalCount('install_count'),
    platform_conversion_count: reader.optionalNumeric('platform_conversion_count'),
    platform_conversion_amount: reader.optionalNumeric('platform_conversion_amount'),
  };
}

function isReportRow(record: FileRecord): boolean {
  return 'platform' in record.values || 'cost_amount' in record.values;
}

/** As staging has it: a name is part of the key only where there is no id, the currency never. */
function keyOf(row: Row): readonly unknown[] {
  return [
    row.platform,
    row.account_id,
    row.campaign_id ?? row.campaign_name,
    row.ad_group_id ?? row.ad_group_name,
    row.ad_id ?? row.ad_name,
    row.keyword,
    row.channel,
    row.cost_date,
  ];
}
