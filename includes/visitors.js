/**
 * Who an event belongs to, and whether it can be built into a session.
 */

const settings = require('./settings');
const { hashKey, list } = require('./sql_text');

/** The order that a server's event names, the only thing that may tell whose it is. */
const serverOrder = (/** @type {string} */ table) =>
  `IF(${table}.source = 'server', JSON_VALUE(${table}.properties, '$.order_id'), NULL)`;

/**
 * A visitor is one cookie on one site. An event without cookie belongs to its login; a server's
 * event without either, to its order. int_sessions__server_visitors says which cookie's visitor
 * such a server's event joins.
 *
 * @param {string} table raw events, with site_id, source, anonymous_id, user_id, properties
 * @returns {string} SQL of a STRING, NULL where none is known
 */
function visitorId(table) {
  const of = (/** @type {string} */ value) => `CONCAT(${table}.site_id, '|', ${value})`;
  // Hashed once more, a login or an order can't be met by a cookie that a browser makes up.
  const hashed = (/** @type {string} */ kind, /** @type {string} */ value) =>
    `CONCAT('${kind}|', TO_HEX(MD5(${of(value)})))`;
  return `TO_HEX(MD5(COALESCE(
      ${of(`${table}.anonymous_id`)},
      ${hashed('user', `${table}.user_id`)},
      ${hashed('order', serverOrder(table))}
    )))`;
}

/**
 * @param {string} table name or alias of stg_events
 * @returns {string} SQL of a BOOL: a server's event that no cookie came with
 */
const isServerEvent = (table) =>
  `${table}.source_system = 'server' AND ${table}.anonymous_id IS NULL`;

/**
 * Why an event is kept out of sessions, or, 'too_late', a warning about one that is in its session.
 *
 * @param {string} table raw events, with occurred_at, received_at, source and who they are from
 * @returns {string} SQL of a STRING, NULL for a good event
 */
function qualityIssue(table) {
  return `CASE
      WHEN COALESCE(${table}.anonymous_id, ${table}.user_id, ${serverOrder(table)}) IS NULL THEN 'no_visitor'
      WHEN ${table}.occurred_at > TIMESTAMP_ADD(${table}.received_at, INTERVAL ${settings.future_minutes} MINUTE) THEN 'future'
      WHEN ${table}.occurred_at < TIMESTAMP '${settings.earliest_event_date} 00:00:00+00' THEN 'ancient'
      WHEN ${table}.received_at > TIMESTAMP_ADD(${table}.occurred_at, INTERVAL ${settings.late_days} DAY)
        AND ${table}.source NOT IN ${list(settings.backfill_sources)} THEN 'too_late'
    END`;
}

/**
 * The events that make sessions.
 *
 * @param {string} table name or alias of stg_events
 * @returns {string} SQL of a BOOL
 */
function isSessionEvent(table) {
  return `COALESCE(${table}.quality_issue, 'too_late') = 'too_late' AND NOT ${table}.is_asset`;
}

/** Fields of _login, in order. */
const loginFields = ['event_id', 'login_key', 'order_key', 'occurred_at', 'received_at', 'visitor'];

/**
 * What int_sessions__server_visitors reads of an event: a server's event without cookie, or a
 * cookie's event that such a one may join. NULL for all others, and of a cookie's event what is not
 * asked for (that it has no event_id tells it from a server's), so that finding these few events among
 * all reads little; for the same reason login and order are keys, and the visitor bytes. A bot's
 * visits are nobody's.
 *
 * @returns {string} SQL of a STRUCT over the columns of stg_events
 */
function login() {
  const isCookie = `anonymous_id IS NOT NULL
        AND NOT is_bot
        AND (user_id IS NOT NULL OR order_id IS NOT NULL)`;
  const isServer = 'anonymous_id IS NULL';
  /** @type {Readonly<Record<string, string>>} */
  const values = {
    event_id: `IF(${isServer}, event_id, NULL)`,
    login_key: hashKey("CONCAT(site_id, '|', user_id)"),
    order_key: hashKey("CONCAT(site_id, '|', order_id)"),
    received_at: `IF(${isServer}, received_at, NULL)`,
    visitor: 'FROM_HEX(visitor_id)',
  };
  return `IF(
    ${isSessionEvent('final')}
      AND ((${isServerEvent('final')}) OR (${isCookie})),
    STRUCT(${loginFields.map((name) => `${values[name] ?? name} AS ${name}`).join(', ')}),
    NULL
  )`;
}

module.exports = { visitorId, qualityIssue, isSessionEvent, isServerEvent, login, loginFields };
