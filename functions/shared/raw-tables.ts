import { rawAttributionTables } from './raw-attribution-tables';
import { optional, type RawTable, required, strings } from './raw-columns';
import { rawIdentityTables } from './raw-identity-tables';

export type { RawColumn, RawTable } from './raw-columns';

/**
 * The tables that functions, importers and the demo shop write: the one place where their
 * columns are named. Models read them through the declarations in definitions/01_sources.
 */
export const rawTables = {
  events: {
    description: 'One row per received event; append only.',
    columns: [
      required('event_id', 'STRING'),
      required('event_name', 'STRING'),
      required('site_id', 'STRING'),
      required('source', 'STRING'),
      required('occurred_at', 'TIMESTAMP'),
      required('received_at', 'TIMESTAMP'),
      ...strings('anonymous_id', 'user_id', 'etag_id', 'ip_sha256', 'ip_prefix_sha256'),
      ...strings('user_agent', 'email_sha256', 'phone_sha256'),
      ...strings('page_url', 'page_referrer', 'page_title'),
      {
        name: 'consent',
        type: 'RECORD',
        fields: [
          optional('analytics', 'BOOLEAN'),
          optional('marketing', 'BOOLEAN'),
          optional('personalization', 'BOOLEAN'),
          optional('third_party', 'BOOLEAN'),
        ],
      },
      optional('properties', 'JSON'),
    ],
    partitionBy: 'received_at',
    clusterBy: ['site_id', 'anonymous_id'],
  },
  bad_events: {
    description: 'One row per refused event or log line, kept aside with its reason.',
    columns: [
      required('bad_event_id', 'STRING'),
      required('received_at', 'TIMESTAMP'),
      required('source', 'STRING'),
      ...strings('site_id'),
      required('reason', 'STRING'),
      ...strings('path', 'payload'),
    ],
    partitionBy: 'received_at',
    clusterBy: ['source'],
  },
  ad_costs: {
    description:
      'One row per report line of an ad platform, day and finest known level; the row ingested last replaces earlier ones of the same key.',
    columns: [
      required('platform', 'STRING'),
      ...strings('account_id', 'campaign_id', 'campaign_name', 'ad_group_id', 'ad_group_name'),
      ...strings('ad_id', 'ad_name', 'keyword', 'channel'),
      required('cost_date', 'DATE'),
      required('currency_code', 'STRING'),
      required('cost_amount', 'NUMERIC'),
      optional('click_count', 'INTEGER'),
      optional('impression_count', 'INTEGER'),
      optional('install_count', 'INTEGER'),
      optional('platform_conversion_count', 'NUMERIC'),
      optional('platform_conversion_amount', 'NUMERIC'),
      required('ingested_at', 'TIMESTAMP'),
    ],
    partitionBy: 'cost_date',
    clusterBy: ['platform', 'campaign_id'],
  },
  ad_clicks: {
    description:
      "One row per click of an ad platform's click report; the row ingested last replaces earlier ones of the same click.",
    columns: [
      required('platform', 'STRING'),
      ...strings('account_id'),
      required('click_id', 'STRING'),
      required('click_id_type', 'STRING'),
      required('click_date', 'DATE'),
      optional('clicked_at', 'TIMESTAMP'),
      ...strings('campaign_id', 'campaign_name', 'ad_group_id', 'ad_id', 'keyword'),
      required('ingested_at', 'TIMESTAMP'),
    ],
    partitionBy: 'click_date',
    clusterBy: ['platform', 'click_id'],
  },
  orders: {
    description: 'One row per state of an order; the state ingested last counts.',
    columns: [
      required('order_id', 'STRING'),
      ...strings('customer_ref', 'email_sha256', 'phone_sha256'),
      required('ordered_at', 'TIMESTAMP'),
      required('status', 'STRING'),
      required('revenue_amount', 'NUMERIC'),
      optional('refund_amount', 'NUMERIC'),
      optional('tax_amount', 'NUMERIC'),
      optional('shipping_amount', 'NUMERIC'),
      required('currency_code', 'STRING'),
      {
        name: 'items',
        type: 'RECORD',
        mode: 'REPEATED',
        fields: [
          ...strings('product_id', 'name', 'category'),
          optional('quantity', 'INTEGER'),
          optional('unit_price_amount', 'NUMERIC'),
        ],
      },
      required('ingested_at', 'TIMESTAMP'),
    ],
    partitionBy: 'ordered_at',
    clusterBy: ['order_id'],
  },
  crm_customers: {
    description:
      'One row per state of a customer record of the CRM; the state ingested last counts.',
    columns: [
      required('customer_ref', 'STRING'),
      ...strings('user_id', 'email_sha256', 'phone_sha256', 'country_code'),
      optional('created_at', 'TIMESTAMP'),
      required('ingested_at', 'TIMESTAMP'),
    ],
    partitionBy: 'ingested_at',
    clusterBy: ['customer_ref'],
  },
  exchange_rates: {
    description: 'One row per currency and day: how much of the base currency one unit buys.',
    columns: [
      required('currency_code', 'STRING'),
      required('base_currency_code', 'STRING'),
      required('rate_date', 'DATE'),
      required('rate', 'NUMERIC'),
      required('ingested_at', 'TIMESTAMP'),
    ],
    partitionBy: 'rate_date',
    clusterBy: ['currency_code'],
  },
  journey_sessions: {
    description:
      'One row per session of an imported journey, for shops whose journeys are built elsewhere.',
    columns: [
      required('conversion_id', 'STRING'),
      required('conversion_type', 'STRING'),
      required('session_id', 'STRING'),
      required('row_number', 'INTEGER'),
      required('occurred_at', 'TIMESTAMP'),
      required('channel', 'STRING'),
      required('holder_engagement', 'INTEGER'),
      required('closer_engagement', 'INTEGER'),
      required('is_conversion', 'BOOLEAN'),
      required('is_impression', 'BOOLEAN'),
      optional('revenue_amount', 'NUMERIC'),
      optional('currency_code', 'STRING'),
      required('ingested_at', 'TIMESTAMP'),
    ],
    partitionBy: 'occurred_at',
    clusterBy: ['conversion_id'],
  },
  imports: {
    description:
      'One row per imported file: what came from where, and what need not be read again.',
    columns: [
      required('import_id', 'STRING'),
      required('kind', 'STRING'),
      required('file_name', 'STRING'),
      required('file_sha256', 'STRING'),
      required('row_count', 'INTEGER'),
      required('kept_aside_count', 'INTEGER'),
      required('imported_at', 'TIMESTAMP'),
    ],
    partitionBy: 'imported_at',
    clusterBy: ['import_id'],
  },
  ...rawAttributionTables,
  ...rawIdentityTables,
} as const satisfies Record<string, RawTable>;

export type RawTableName = keyof typeof rawTables;
