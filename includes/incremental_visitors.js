/**
 * How models that are built visitor by visitor stay right as events arrive.
 *
 * A visitor's rows depend on all of its events: a late event may move a border in the middle. So a
 * visitor is built whole or not at all, and each row keeps the number of events it was built from,
 * `_visitor_event_count`: the visitor's version. Events are never taken away, so the version grows
 * with every change. A run deletes the visitors whose version is no longer the current one, then
 * builds those that are missing. The outcome is the same as that of a full refresh, whatever the
 * order and the delay in which events arrived.
 */

/** @param {string} visitorId @param {string} version @returns {string} SQL of a STRING */
const versionKey = (visitorId, version) => `CONCAT(${visitorId}, '|', CAST(${version} AS STRING))`;

/**
 * Deletes the visitors that have changed or gone.
 *
 * @param {string} self the table
 * @param {string} versions a query that gives visitor_id and visitor_event_count, one row per
 *   visitor, as they are now
 * @returns {string} a DELETE statement
 */
function deleteChanged(self, versions) {
  return `DELETE FROM ${self}
WHERE ${versionKey('visitor_id', '_visitor_event_count')} NOT IN (
  SELECT ${versionKey('visitor_id', 'visitor_event_count')} FROM (${versions})
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

module.exports = { deleteChanged, isMissing };
