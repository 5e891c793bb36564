/**
 * Reading Snowplow's events table (atomic.events) as its BigQuery loader writes it.
 *
 * @import { SnowplowColumns, SnowplowSource } from './types'
 */

const adapters = require('./adapters');
const { list } = require('./sql_text');

/** Events and e-commerce actions -> our roles. All others keep their names. */
const eventNames = {
  page_view: 'page_view',
  screen_view: 'page_view',
  page_ping: 'engagement',
  product_view: 'product_view',
  site_search: 'search',
  add_to_cart: 'add_to_cart',
  checkout_step: 'checkout_step',
  transaction: 'purchase',
};

/** Seconds between page pings where the settings don't say. */
const heartbeat_seconds = 10;

/**
 * A field of a self-describing column, NULL where the events table has no such column.
 *
 * @param {SnowplowSource} source
 * @param {keyof SnowplowColumns} column
 * @param {string} field
 * @param {string} [type]
 * @returns {string} SQL
 */
function field(source, column, field, type = 'STRING') {
  const name = source.columns?.[column];
  if (!name) return `CAST(NULL AS ${type})`;
  // Entities come as arrays, events as one struct.
  const value = name.startsWith('contexts_')
    ? `${name}[SAFE_OFFSET(0)].${field}`
    : `${name}.${field}`;
  return `SAFE_CAST(${value} AS ${type})`;
}

/** @param {SnowplowSource} source @returns {string} SQL of an ARRAY of structs, the products */
function products(source) {
  const name = source.columns?.product;
  const entity = `SELECT AS STRUCT
        product.id AS product_id,
        product.name,
        product.category,
        SAFE_CAST(product.quantity AS INT64) AS quantity,
        SAFE_CAST(product.price AS NUMERIC) AS price`;
  const none =
    'ARRAY<STRUCT<product_id STRING, name STRING, category STRING, quantity INT64, price NUMERIC>>[]';
  return name
    ? `ARRAY(
      ${entity}
      FROM UNNEST(${name}) AS product WITH OFFSET AS product_number
      ORDER BY product_number
    )`
    : none;
}

/**
 * What the event is called: its e-commerce action, the action of a structured event, else its name.
 *
 * @param {SnowplowSource} source
 * @returns {string} SQL of a STRING
 */
const originalName = (source) =>
  `COALESCE(${field(source, 'action', 'type')}, IF(event = 'struct', se_action, event_name), event)`;

/** @param {SnowplowSource} source @returns {string} SQL of a BOOL */
const isOfSource = (source) => (source.app_ids ? `app_id IN ${list(source.app_ids)}` : 'TRUE');

/** @returns {string} SQL of campaign_url */
const campaignUrl = () =>
  adapters.campaignUrlOf('page_url', {
    utm_source: 'mkt_source',
    utm_medium: 'mkt_medium',
    utm_campaign: 'mkt_campaign',
    utm_term: 'mkt_term',
    utm_content: 'mkt_content',
    // The enrichment names the network, not the parameter; these three are sure.
    gclid: "IF(mkt_network = 'Google', mkt_clickid, NULL)",
    msclkid: "IF(mkt_network = 'Microsoft', mkt_clickid, NULL)",
    dclid: "IF(mkt_network = 'DoubleClick', mkt_clickid, NULL)",
  });

module.exports = {
  campaignUrl,
  eventNames,
  field,
  heartbeat_seconds,
  isOfSource,
  originalName,
  products,
};
