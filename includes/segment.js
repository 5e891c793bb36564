/**
 * Reading the tables that Segment and RudderStack write into a warehouse. Which columns a table has
 * depends on what was ever sent; rows are therefore read as JSON, where a column that is missing is
 * NULL.
 *
 * @import { SegmentSource } from './types'
 */

const adapters = require('./adapters');
const { list } = require('./sql_text');

/** Tables of Segment's e-commerce events, and of signing up and in -> our roles. */
const eventNames = {
  page: 'page_view',
  product_viewed: 'product_view',
  products_searched: 'search',
  product_added: 'add_to_cart',
  checkout_started: 'checkout_step',
  checkout_step_completed: 'checkout_step',
  payment_info_entered: 'checkout_step',
  order_completed: 'purchase',
  order_refunded: 'refund',
  signed_up: 'registration',
  signed_in: 'login',
};

/** @param {string} name of a column @returns {string} SQL of a STRING, NULL for a missing column */
const value = (name) => `NULLIF(JSON_VALUE(content, '$.${name}'), '')`;

/** @param {...string} names @returns {string} SQL, the first that says something */
const first = (...names) => `COALESCE(${names.map(value).join(', ')})`;

/** @param {...string} names @returns {string} SQL of a NUMERIC */
const amount = (...names) => `SAFE_CAST(${first(...names)} AS NUMERIC)`;

/** @param {string} name @returns {string} SQL of a TIMESTAMP */
const time = (name) => `SAFE_CAST(${value(name)} AS TIMESTAMP)`;

/**
 * The tables of a source: calls that have a table of their own are not read from tracks again.
 *
 * @param {SegmentSource} source
 * @returns {{ name: string, originalName: string, where: string }[]}
 */
function tablesOf(source) {
  return [
    { name: 'pages', originalName: "'page'", where: 'TRUE' },
    { name: 'identifies', originalName: "'identify'", where: 'TRUE' },
    { name: 'tracks', originalName: 'event', where: `event NOT IN ${list(source.event_tables)}` },
    ...source.event_tables.map((name) => ({ name, originalName: `'${name}'`, where: 'TRUE' })),
  ];
}

/** The products of an order: a column of JSON text, or of JSON. */
const products = `ARRAY(
      SELECT AS STRUCT
        COALESCE(JSON_VALUE(product, '$.product_id'), JSON_VALUE(product, '$.sku')) AS product_id,
        JSON_VALUE(product, '$.name') AS name,
        JSON_VALUE(product, '$.category') AS category,
        SAFE_CAST(JSON_VALUE(product, '$.quantity') AS INT64) AS quantity,
        SAFE_CAST(JSON_VALUE(product, '$.price') AS NUMERIC) AS price
      FROM UNNEST(JSON_QUERY_ARRAY(
        COALESCE(SAFE.PARSE_JSON(JSON_VALUE(content, '$.products')), JSON_QUERY(content, '$.products'))
      )) AS product WITH OFFSET AS product_number
      ORDER BY product_number
    )`;

/** @returns {string} SQL of campaign_url */
const campaignUrl = () =>
  adapters.campaignUrlOf('page_url', {
    utm_source: value('context_campaign_source'),
    utm_medium: value('context_campaign_medium'),
    utm_campaign: value('context_campaign_name'),
    utm_term: value('context_campaign_term'),
    utm_content: value('context_campaign_content'),
  });

module.exports = { amount, campaignUrl, eventNames, first, products, tablesOf, time, value };
