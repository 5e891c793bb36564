/**
 * Existing tracking as events: what the adapters share. Each has a model in 02_staging that gives
 * the columns of raw.events, and stg_events reads them beside raw.events. What no source of the
 * settings needs is not made: models are disabled, and the SQL of stg_events is as without them.
 *
 * @import { AdapterSource } from './types'
 */

const campaign = require('./campaign');
const columns = require('./columns');
const settings = require('./settings');
const { list, text } = require('./sql_text');
const { rawNames } = require('./staged_columns');

/** @typedef {'ga4' | 'snowplow' | 'segment'} AdapterKind */

const { adapters } = settings;

/** The adapters in use, in a certain order. */
const kinds = /** @type {AdapterKind[]} */ (['ga4', 'snowplow', 'segment']).filter(
  (kind) => adapters[kind].length > 0,
);

/** @param {AdapterKind} kind @returns {boolean} whether the settings name a source for it */
const isOn = (kind) => kinds.includes(kind);

/** Whether purchases of an adapter are orders. */
const hasOrders = kinds.some((kind) => adapters[kind].some((it) => it.purchases_are_orders));

/**
 * What adapters give beyond them: a URL with the campaign that the page's own URL does not show,
 * and what tells a row from another state of it.
 */
const ownColumns = kinds.length > 0 ? ', campaign_url, _row_version' : '';

/**
 * The version of a staged row: a number that grows with its receipts (raw.events), or that changes
 * with its content (what a source writes anew).
 *
 * @param {string} receipts SQL
 * @returns {string} SQL of an INT64
 */
const receiptCount = (receipts) => (kinds.length > 0 ? `${receipts} + _row_version` : receipts);

/**
 * All rows of raw.events and of the adapters in use.
 *
 * @param {(name: string) => string} ref of Dataform
 * @param {string} [rawCondition] SQL of a BOOL: which of raw.events; adapters bound themselves
 * @returns {string} SQL, a table or a query in brackets
 */
function allEvents(ref, rawCondition) {
  const where = rawCondition === undefined ? '' : ` WHERE ${rawCondition}`;
  const columns = rawNames.join(', ');
  if (kinds.length === 0) {
    return where === '' ? ref('events') : `(SELECT ${columns} FROM ${ref('events')}${where})`;
  }
  const queries = kinds.map(
    (kind) =>
      `SELECT ${columns}, campaign_url, _row_version${rewrites(kind)} FROM ${ref(`stg_${kind}__events`)}`,
  );
  const raw = `SELECT ${columns}, CAST(NULL AS STRING) AS campaign_url, 0 AS _row_version`;
  return `(
    ${[`${raw} FROM ${ref('events')}${where}`, ...queries].join('\n    UNION ALL\n    ')}
  )`;
}

/** Says why all days are read. @param {string} kind @returns {string} SQL, a comment */
const rewrites = (kind) =>
  kind === 'ga4'
    ? '\n    -- lint-ok: partition-filter which days GA4 has written anew is noted nowhere: all are compared\n   '
    : '';

/** @returns {string} SQL of the URL that tells the campaign of an event */
const campaignUrl = () => (kinds.length > 0 ? 'COALESCE(campaign_url, page_url)' : 'page_url');

/**
 * The device by the user agent, else as an adapter's source tells it.
 *
 * @param {string} events SQL, alias with source and properties
 * @param {string} byAgent SQL
 * @returns {string} SQL of a STRING
 */
function device(events, byAgent) {
  if (kinds.length === 0) return `COALESCE(${byAgent}, 'other')`;
  const told = `IF(${events}.source IN ${list(kinds)}, JSON_VALUE(${events}.properties, '$.device'), NULL)`;
  return `COALESCE(${byAgent}, ${told}, 'other')`;
}

/**
 * Whether the seconds of an event count as engaged: GA4 gives them with events of any name.
 *
 * @param {string} isEngagement SQL of a BOOL
 * @returns {string} SQL of a BOOL over source_system
 */
const isHeartbeat = (isEngagement) =>
  isOn('ga4') ? `${isEngagement} OR source_system = 'ga4'` : isEngagement;

/**
 * GA4 writes its tables anew: rows of stg_events that it no longer gives, or gives otherwise, go,
 * and come again as they are now.
 *
 * @param {(name: string) => string} ref of Dataform
 * @returns {string} SQL of a BOOL over stg_events, '' without GA4
 */
function isReplaced(ref) {
  if (!isOn('ga4')) return '';
  /** @param {string} version */
  const key = (version) => `CONCAT(event_id, '|', CAST(${version} AS STRING))`;
  return `source_system = 'ga4'
  AND ${key('COALESCE(_receipt_count, 1)')} NOT IN (
    SELECT ${key(receiptCount('1'))}${rewrites('ga4')} FROM ${ref('stg_ga4__events')}
  )`;
}

/**
 * @param {AdapterSource} source
 * @param {Readonly<Record<string, string>>} defaults name at the source -> our role
 * @param {string} name SQL of the name at the source
 * @returns {string} SQL of the event's name with us
 */
function eventName(source, defaults, name) {
  const roles = /** @type {Record<string, string>} */ (settings.event_names);
  const named = Object.entries(defaults).map(([from, role]) => [from, roles[role] ?? role]);
  const all = new Map(
    [...named, ...Object.entries(source.event_names ?? {})].map(
      ([from, to]) => /** @type {[string, string]} */ ([from, to]),
    ),
  );
  const whens = [...all].map(([from, to]) => `WHEN ${text(from)} THEN ${text(to)}`);
  return `CASE ${name} ${whens.join(' ')} ELSE ${name} END`;
}

/**
 * Consent as the export states it, else as the settings assume it, unless analytics was refused.
 *
 * @param {AdapterSource} source
 * @param {Readonly<{ analytics?: string, marketing?: string }>} stated SQL of BOOL
 * @returns {string} SQL of the STRUCT of raw.events
 */
function consent(source, stated) {
  const assumed = source.assumed_consent ?? [];
  const refused = stated.analytics ? `COALESCE(NOT ${stated.analytics}, FALSE)` : 'FALSE';
  const fields = /** @type {const} */ ([
    'analytics',
    'marketing',
    'personalization',
    'third_party',
  ]);
  const values = fields.map((field) => {
    const said = field === 'analytics' || field === 'marketing' ? stated[field] : undefined;
    const otherwise = assumed.includes(field)
      ? `IF(${refused}, FALSE, TRUE)`
      : 'CAST(NULL AS BOOL)';
    return `${said ? `COALESCE(${said}, ${otherwise})` : otherwise} AS ${field}`;
  });
  return `STRUCT(${values.join(', ')})`;
}

/**
 * A URL with campaign parameters, for campaigns that the page's URL does not show: set by the tag,
 * or lost on the way. Only the parameters of it are ever read.
 *
 * @param {string} pageUrl SQL
 * @param {Readonly<Record<string, string>>} values parameter -> SQL of its value
 * @returns {string} SQL of a STRING, NULL where the page's URL says enough or there is no campaign
 */
function campaignUrlOf(pageUrl, values) {
  const parts = Object.entries(values).map(([name, value]) => {
    const escaped = [
      ['%', '%25'],
      ['&', '%26'],
      ['#', '%23'],
      ['+', '%2B'],
    ].reduce((sql, [from, to]) => `REPLACE(${sql}, '${from}', '${to}')`, value);
    return `CONCAT('${name}=', NULLIF(${escaped}, ''))`;
  });
  return `IF(
      COALESCE(${campaign.isTagged(pageUrl)}, FALSE),
      NULL,
      CONCAT('?', NULLIF(ARRAY_TO_STRING([${parts.join(', ')}], '&'), ''))
    )`;
}

/** @param {...string} names @returns {string} SQL, columns that a source doesn't know */
const unknown = (...names) => names.map((name) => `CAST(NULL AS STRING) AS ${name}`).join(', ');

/** Columns of raw.orders. */
const orderColumns = [
  ...['order_id', 'customer_ref', 'email_sha256', 'phone_sha256', 'ordered_at', 'status'],
  ...['revenue_amount', 'refund_amount', 'tax_amount', 'shipping_amount', 'currency_code', 'items'],
  'ingested_at',
];

/**
 * Orders of raw.orders, and those that only purchase events tell of.
 *
 * @param {(name: string) => string} ref of Dataform
 * @returns {string} SQL, a query
 */
function allOrders(ref) {
  const raw = `SELECT * FROM ${ref('orders')}`;
  if (!hasOrders) return raw;
  const columns = orderColumns.join(', ');
  return `SELECT ${columns} FROM ${ref('orders')}
  UNION ALL
  SELECT ${columns} FROM ${ref('stg_events__orders')}
  WHERE order_id NOT IN (SELECT order_id FROM ${ref('orders')})`;
}

/** What properties keep of an event, by column; items is an ARRAY of structs. */
const propertyColumns = [
  ...['product_id', 'product_name', 'product_category', 'price', 'order_id', 'search_term', 'step'],
  ...[
    'engaged_seconds',
    'scroll_percent',
    'revenue',
    'refund',
    'tax',
    'shipping',
    'currency',
    'items',
    'device',
  ],
  ...['makes_order', 'original_name'],
];

/** @returns {string} SQL of JSON from the columns of the same names, without those that are NULL */
const properties = () => {
  const columns = propertyColumns.map((name) =>
    name === 'items' ? 'IF(ARRAY_LENGTH(items) > 0, TO_JSON(items), NULL) AS items' : name,
  );
  return `JSON_STRIP_NULLS(TO_JSON(STRUCT(${columns.join(', ')})))`;
};

/**
 * Whether the event makes or changes an order.
 *
 * @param {AdapterSource} source
 * @returns {string} SQL of a BOOL over event_name, NULL where it doesn't
 */
const makesOrder = (source) =>
  source.purchases_are_orders
    ? `IF(event_name IN ('${settings.event_names.purchase}', 'refund'), TRUE, NULL)`
    : 'CAST(NULL AS BOOL)';

/** @returns {string} SQL of an INT64 that another content of the row gives another value */
const rowVersion = () => {
  const parts = rawNames.filter((name) => name !== 'properties' && name !== 'event_id');
  return `FARM_FINGERPRINT(CONCAT(TO_JSON_STRING(STRUCT(${parts.join(', ')}, campaign_url)), TO_JSON_STRING(properties))) & 0x7FFFFFFF`;
};

/**
 * What differs from source to source.
 *
 * @param {AdapterKind} kind
 * @param {(source: any) => string} sql
 * @returns {string} SQL, by site_id
 */
function bySite(kind, sql) {
  const whens = adapters[kind].map((it) => `WHEN ${text(it.site_id)} THEN ${sql(it)}`);
  return `CASE site_id ${whens.join(' ')} END`;
}

/**
 * Descriptions of the columns that all adapters give.
 *
 * @param {...string} names of further columns
 * @returns {Record<string, string>}
 */
const describe = (...names) => ({
  ...columns.describe(...rawNames, 'campaign_url', ...names),
  source: columns.descriptions.source_system ?? '',
});

/**
 * A table of a source. It is not declared in 01_sources: its name is somebody else's, and may be
 * one of ours, which would make ref('events') ambiguous.
 *
 * @param {AdapterSource} source
 * @param {{ defaultDatabase?: string }} project dataform.projectConfig
 * @param {string} name of its table
 * @returns {string} SQL
 */
function tableOf(source, project, name) {
  const database = source.project || project.defaultDatabase;
  return `\`${[...(database ? [database] : []), source.dataset, name].join('.')}\``;
}

module.exports = {
  allEvents,
  allOrders,
  bySite,
  campaignUrl,
  campaignUrlOf,
  consent,
  describe,
  device,
  eventName,
  hasOrders,
  isHeartbeat,
  isOn,
  isReplaced,
  kinds,
  makesOrder,
  orderColumns,
  ownColumns,
  properties,
  propertyColumns,
  receiptCount,
  rowVersion,
  sources: adapters,
  tableOf,
  unknown,
};
