import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';
import type { ShopSettings } from '../shop-settings';
import { type Cell, formatTable } from '../table';

/** As many campaigns as a screen holds. */
const LISTED = 30;

const CAMPAIGNS = `
  SELECT
    platform, account_id, campaign_id, campaign,
    SUM(observed_click_count) AS observed_click_count,
    SUM(reported_click_count) AS reported_click_count,
    SUM(unreported_click_count) AS unreported_click_count,
    SUM(cost_amount_base) AS cost_amount_base
  FROM rpt_clicks_by_campaign
  GROUP BY platform, account_id, campaign_id, campaign
  ORDER BY cost_amount_base DESC, observed_click_count DESC, platform, account_id, campaign_id, campaign`;

/** Clicks and cost by campaign: what was observed beside what the platforms report. */
export async function clicksReport(
  warehouse: Warehouse,
  { baseCurrency }: Pick<ShopSettings, 'baseCurrency'>,
  options: { readonly json?: boolean },
): Promise<string> {
  const rows = await warehouse.query(CAMPAIGNS);
  if (options.json) return JSON.stringify(rows, null, 2);
  if (rows.length === 0) return 'There are no reported clicks, and no paid sessions.';
  const rest = rows.slice(LISTED);
  const more = rest.length > 0 ? [total(rest, `${rest.length} more`)] : [];
  const lines = [...rows.slice(0, LISTED), ...more, total(rows, 'total')].map((row): Cell[] => [
    `${row.platform}`,
    `${row.campaign}`.slice(0, 30),
    whole(row.observed_click_count),
    whole(row.reported_click_count),
    whole(row.unreported_click_count),
    whole(row.cost_amount_base),
  ]);
  return [
    formatTable(
      ['platform', 'campaign', 'observed', 'reported', 'unreported', baseCurrency],
      lines,
    ),
    '',
    'Observed: sessions of people. Unreported: those whose campaign no report of the day names.',
    'Per day and account: rpt_clicks_by_campaign; broken tagging: rpt_data_health, missing_clicks.',
  ].join('\n');
}

function total(rows: readonly Row[], label: string): Row {
  const measures = ['observed_click_count', 'reported_click_count', 'unreported_click_count'];
  return {
    platform: label,
    campaign: '',
    ...Object.fromEntries(
      [...measures, 'cost_amount_base'].map((measure): [string, number] => [
        measure,
        rows.reduce((sum, row) => sum + Number(row[measure]), 0),
      ]),
    ),
  };
}

const whole = (value: Row[string] | undefined): string =>
  Math.round(Number(value)).toLocaleString('en-US');
