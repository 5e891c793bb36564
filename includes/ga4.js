/**
 * Reading GA4's export to BigQuery (schema: support.google.com/analytics/answer/7029846).
 */

const adapters = require('./adapters');

/** GA4 writes a day's table anew for so many days after it. */
const rewritten_days = 3;

/** GA4's recommended events -> our roles. All others keep their names. */
const eventNames = {
  page_view: 'page_view',
  screen_view: 'page_view',
  view_item: 'product_view',
  view_search_results: 'search',
  search: 'search',
  add_to_cart: 'add_to_cart',
  begin_checkout: 'checkout_step',
  add_shipping_info: 'checkout_step',
  add_payment_info: 'checkout_step',
  purchase: 'purchase',
  in_app_purchase: 'purchase',
  sign_up: 'registration',
  login: 'login',
  user_engagement: 'engagement',
};

/** Columns of the export that are read: no others are paid for. */
const exportedColumns = [
  ...['event_timestamp', 'event_params', 'event_bundle_sequence_id', 'user_id'],
  ...['event_server_timestamp_offset', 'user_pseudo_id', 'privacy_info', 'device', 'stream_id'],
  ...['ecommerce', 'items', 'collected_traffic_source', 'batch_page_id', 'batch_ordering_id'],
  'batch_event_index',
];

/**
 * @param {string} key of event_params
 * @param {'string' | 'int' | 'double'} type
 * @returns {string} SQL; MIN only makes the choice certain, keys don't repeat
 */
const parameter = (key, type) =>
  `(SELECT MIN(value.${type}_value) FROM UNNEST(event_params) WHERE key = '${key}')`;

/** @param {string} key of event_params with a number of any kind @returns {string} SQL, NUMERIC */
const amountParameter = (key) =>
  `SAFE_CAST((SELECT MIN(COALESCE(value.double_value, value.float_value, value.int_value)) FROM UNNEST(event_params) WHERE key = '${key}') AS NUMERIC)`;

/** @param {string} field of privacy_info @returns {string} SQL of a BOOL, NULL where unset */
const storageConsent = (field) =>
  `(CASE privacy_info.${field} WHEN 'Yes' THEN TRUE WHEN 'No' THEN FALSE END)`;

/**
 * Days from `from` on, of all kinds of tables; constant bounds, so that BigQuery opens no others.
 *
 * @param {string} from SQL of YYYYMMDD
 * @returns {string} SQL of a BOOL over _TABLE_SUFFIX
 */
const suffixFrom = (from) =>
  ['', 'fresh_', 'intraday_']
    .map((kind) => {
      const first = kind ? `CONCAT('${kind}', ${from})` : from;
      return `_TABLE_SUFFIX BETWEEN ${first} AND '${kind}99999999'`;
    })
    .join(' OR ');

/** Which table of a day counts: the daily one, else the fresh one (GA4 360), else intraday's. */
const tableRank = `CASE
      WHEN REGEXP_CONTAINS(table_suffix, r'^[0-9]{8}$') THEN 1
      WHEN STARTS_WITH(table_suffix, 'fresh_') THEN 2
      ELSE 3
    END`;

/**
 * What makes an event itself, the same in the intraday and the daily table. Exports before 2024
 * have no batch numbers: there the parameters tell two events of one microsecond apart.
 */
const identity = `TO_HEX(MD5(ARRAY_TO_STRING([
      site_id, stream_id, user_pseudo_id, CAST(event_timestamp AS STRING), original_name,
      CAST(event_bundle_sequence_id AS STRING), CAST(batch_page_id AS STRING),
      CAST(batch_ordering_id AS STRING),
      COALESCE(
        CAST(batch_event_index AS STRING),
        ARRAY_TO_STRING(ARRAY(
          SELECT TO_JSON_STRING(parameter) AS one
          FROM UNNEST(event_params) AS parameter
          ORDER BY one
        ), ',')
      )
    ], '|', '-')))`;

/** Media that GA4 finds itself; they are no campaign. */
const isCampaign = `(
      collected_traffic_source.manual_campaign_name NOT IN ('(organic)', '(referral)', '(direct)', '(not set)')
      OR COALESCE(collected_traffic_source.manual_medium, '') NOT IN ('', 'organic', 'referral', '(none)')
      OR COALESCE(
        collected_traffic_source.gclid, collected_traffic_source.dclid, collected_traffic_source.srsltid
      ) IS NOT NULL
    )`;

/** @returns {string} SQL of campaign_url */
function campaignUrl() {
  /** @param {string} field */
  const collected = (field) => `collected_traffic_source.${field}`;
  const url = adapters.campaignUrlOf(parameter('page_location', 'string'), {
    utm_source: collected('manual_source'),
    utm_medium: collected('manual_medium'),
    utm_campaign: collected('manual_campaign_name'),
    utm_id: collected('manual_campaign_id'),
    utm_term: collected('manual_term'),
    utm_content: collected('manual_content'),
    utm_source_platform: collected('manual_source_platform'),
    utm_creative_format: collected('manual_creative_format'),
    utm_marketing_tactic: collected('manual_marketing_tactic'),
    gclid: collected('gclid'),
    dclid: collected('dclid'),
    srsltid: collected('srsltid'),
  });
  return `IF(COALESCE(${isCampaign}, FALSE), ${url}, NULL)`;
}

module.exports = {
  amountParameter,
  campaignUrl,
  eventNames,
  exportedColumns,
  identity,
  parameter,
  rewritten_days,
  storageConsent,
  suffixFrom,
  tableRank,
};
