/**
 * How models that are built visitor by visitor stay right as events arrive.
 *
 * A visitor's rows depend on all of its events: a late event may move a border in the middle. So a
 * visitor is built whole or not at all, and each row keeps the version it was built from, two
 * numbers that change whenever the visitor's events do. A run deletes the visitors whose version is
 * no longer the current one, then builds those that are missing. The outcome is the same as that of
 * a full refresh, whatever the order and the delay in which events arrived.
 *
 * The numbers are sums, which cost little to compute for all visitors in each run (a hash of every
 * event would cost more than all sessions). Events are added: the count grows. An event is replaced
 * by an earlier receipt: the sum of times falls. By another row of the same time: _receipt_count
 * grows. A server's event moves to another visitor: both change in count or times.
 */

/** SQL of a STRING: a visitor in a version. */
const versionKey =
  "CONCAT(visitor_id, '|', CAST(_visitor_event_count AS STRING), '|', CAST(_visitor_fingerprint AS STRING))";

/**
 * The version of a visitor. Seconds and microseconds are added up apart, so that no visitor has
 * too many events for an INT64.
 *
 * @param {string} events alias with received_at, occurred_at, _receipt_count
 * @param {string} [over] of a window; without it an aggregate
 * @returns {string} SQL, the columns _visitor_event_count and _visitor_fingerprint
 */
function version(events, over = '') {
  const time = `UNIX_MICROS(${events}.received_at) + 31 * UNIX_MICROS(${events}.occurred_at)`;
  const sum = (/** @type {string} */ value) => `COALESCE(SUM(${value})${over}, 0)`;
  return `SUM(COALESCE(${events}._receipt_count, 1))${over} AS _visitor_event_count,
    MOD(${sum(`DIV(${time}, 1000000)`)}, 9000000000000) * 1000000
      + ${sum(`MOD(${time}, 1000000)`)} AS _visitor_fingerprint`;
}

/**
 * Deletes the visitors that have changed or gone.
 *
 * @param {string} self the table
 * @param {string} versions a query that gives visitor_id and its version as it is now
 * @returns {string} a DELETE statement
 */
function deleteChanged(self, versions) {
  return `DELETE FROM ${self}
WHERE ${versionKey} NOT IN (
  SELECT ${versionKey} FROM (${versions})
)`;
}

/**
 * The condition under which a row of the source is still to be built.
 *
 * @param {string} self the table, after deleteChanged
 * @param {string} visitorId SQL
 * @returns {string} SQL of a BOOL
 */
function isMissing(self, visitorId) {
  return `${visitorId} NOT IN (SELECT visitor_id FROM ${self})`;
}

module.exports = { version, deleteChanged, isMissing };
