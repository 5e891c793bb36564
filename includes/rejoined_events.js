/**
 * Servers' events that join another visitor than they did when int_sessions__visit_events was last built: a
 * cookie had their login, or named their order, on a day that was received later. Their own day of
 * receipt has not changed, and is not read: they are moved within int_sessions__visit_events.
 *
 * `int_sessions__visit_events__seen_visitors` keeps which visitor each of them was built with, and the one that
 * it makes by itself where it joins none. While a run changes that, both stand there: where it is
 * stopped, the next one looks at either.
 */

const { beside } = require('./sql_text');

const columns = 'event_id, visitor_id, server_visitor_id, occurred_at, received_at';

/** @param {string} self int_sessions__visit_events @returns {string} */
const seenVisitors = (self) => beside(self, 'seen_visitors');

/**
 * Finds them, in the temporary table rejoined: an event, its visitor and one that it was built with.
 * Days of receipt that have changed are compared as a whole anyway.
 *
 * @param {string} self int_sessions__visit_events
 * @param {string} serverVisitors
 * @returns {string[]} statements
 */
const find = (self, serverVisitors) => [
  `CREATE TABLE IF NOT EXISTS ${seenVisitors(self)} (
  event_id STRING, visitor_id STRING, server_visitor_id STRING, occurred_at TIMESTAMP, received_at TIMESTAMP
)`,
  `CREATE TEMP TABLE rejoined AS
SELECT
  COALESCE(now.event_id, seen.event_id) AS event_id,
  COALESCE(now.visitor_id, seen.server_visitor_id) AS visitor_id,
  COALESCE(seen.visitor_id, now.server_visitor_id) AS old_visitor_id,
  COALESCE(now.server_visitor_id, seen.server_visitor_id) AS server_visitor_id,
  COALESCE(now.occurred_at, seen.occurred_at) AS occurred_at,
  COALESCE(now.received_at, seen.received_at) AS received_at
FROM ${serverVisitors} AS now
FULL JOIN ${seenVisitors(self)} AS seen ON seen.event_id = now.event_id
WHERE COALESCE(now.visitor_id, '') != COALESCE(seen.visitor_id, '')
  AND DATE(COALESCE(now.received_at, seen.received_at)) NOT IN UNNEST(changed_days)`,
];

/** @param {string} self int_sessions__visit_events @returns {string} SQL: before any of them is moved */
const noteBefore = (self) => `INSERT INTO ${seenVisitors(self)} (${columns})
SELECT DISTINCT ${columns} FROM rejoined`;

/** @param {string} self int_sessions__visit_events @param {string} serverVisitors @returns {string} SQL: they are moved */
const remember = (self, serverVisitors) => `CREATE OR REPLACE TABLE ${seenVisitors(self)} AS
SELECT ${columns}
FROM ${serverVisitors}`;

module.exports = { find, noteBefore, remember };
