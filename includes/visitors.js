/**
 * Who an event belongs to, and whether it can be built into a session.
 */

const settings = require('./settings');
const { list } = require('./sql_text');

/**
 * A visitor is one cookie on one site; a server's event without cookie belongs to its login.
 *
 * @param {string} table with site_id, anonymous_id, user_id
 * @returns {string} SQL of a STRING, NULL where neither is known
 */
function visitorId(table) {
  const { site, cookie, login } = {
    site: `${table}.site_id`,
    cookie: `${table}.anonymous_id`,
    login: `${table}.user_id`,
  };
  // Hashed once more, a login can't be met by a cookie that a browser makes up.
  const loginHash = `TO_HEX(MD5(CONCAT(${site}, '|', ${login})))`;
  return `TO_HEX(MD5(COALESCE(CONCAT(${site}, '|', ${cookie}), CONCAT('user|', ${loginHash}))))`;
}

/**
 * Why an event is kept out of sessions, or, 'too_late', a warning about one that is in its session.
 *
 * @param {string} table with occurred_at, received_at, anonymous_id, user_id, source
 * @returns {string} SQL of a STRING, NULL for a good event
 */
function qualityIssue(table) {
  return `CASE
      WHEN ${table}.anonymous_id IS NULL AND ${table}.user_id IS NULL THEN 'no_visitor'
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

module.exports = { visitorId, qualityIssue, isSessionEvent };
