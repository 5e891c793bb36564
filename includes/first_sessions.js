/**
 * Which session is a visitor's first: of those that begin after a timeout, as the first one does, the
 * earliest. It is told in int_sessions__sessions and not of events, so that a visit that comes
 * late and was the first changes one row of another day, and not all events of a session.
 *
 * Kept for this: _first_visitor_id and _first_started_at, which only a first session has.
 */

const { NEVER } = require('./built_days');
const settings = require('./settings');

const { reporting_time_zone } = settings;

/** Variables of the script: days of sessions that become first or no longer are; firsts gone since. */
const declares = [
  `DECLARE first_dates ARRAY<DATE> DEFAULT []`,
  `DECLARE gone_from DATE DEFAULT ${NEVER}`,
];

/** What is read of events. */
const readColumns = ['visitor_id', 'occurred_at', 'sequence', 'split_cause'];

/**
 * Finds, in the temporary table first_sessions, the first sessions of visitors whose sessions come or
 * go, and marks those that were here. What is to be replaced (the temporary table replaced) must
 * still be here: where a run ends after this, the next one finds the same.
 *
 * @param {string} self int_sessions__sessions
 * @param {string} changedEvents a query: readColumns of all events of the sessions that are built
 * @returns {string[]} statements
 */
const find = (self, changedEvents) => [
  `CREATE TEMP TABLE new_firsts AS
SELECT visitor_id, MIN(occurred_at) AS started_at
FROM (
  ${changedEvents}
)
WHERE sequence = 1
  AND split_cause = 'timeout'
GROUP BY visitor_id`,
  `CREATE TEMP TABLE seen_firsts AS
SELECT
  seen.visitor_id, seen.started_at, replaced.session_date AS replaced_date
FROM (
  SELECT _first_visitor_id AS visitor_id, _first_started_at AS started_at
  -- lint-ok: partition-filter these columns hold something for one session of each visitor alone
  FROM ${self}
  WHERE _first_visitor_id IN (SELECT visitor_id FROM new_firsts UNION DISTINCT SELECT visitor_id FROM replaced)
) AS seen
LEFT JOIN replaced
  ON replaced.visitor_id = seen.visitor_id
  AND replaced.started_at = seen.started_at
  AND replaced.split_cause = 'first'`,
  // Visitors whose first session goes, and none comes in its place or before it.
  `CREATE TEMP TABLE gone_firsts AS
SELECT seen_firsts.visitor_id, seen_firsts.replaced_date
FROM seen_firsts
LEFT JOIN new_firsts
  ON new_firsts.visitor_id = seen_firsts.visitor_id
  AND new_firsts.started_at <= seen_firsts.started_at
WHERE replaced_date IS NOT NULL
  AND new_firsts.visitor_id IS NULL`,
  `SET gone_from = COALESCE((SELECT MIN(replaced_date) FROM gone_firsts), ${NEVER})`,
  `CREATE TEMP TABLE first_sessions AS
SELECT visitor_id, MIN(started_at) AS started_at
FROM (
  SELECT visitor_id, started_at FROM new_firsts
  UNION ALL
  SELECT visitor_id, started_at FROM seen_firsts WHERE replaced_date IS NULL
  UNION ALL
  -- Where the first one goes, any other may be the first now.
  SELECT visitor_id, started_at
  FROM ${self}
  WHERE session_date >= gone_from
    AND visitor_id IN (SELECT visitor_id FROM gone_firsts)
    AND split_cause = 'timeout'
    AND session_id NOT IN (SELECT session_id FROM replaced)
)
GROUP BY visitor_id`,
  // The firsts as they are and as they are to be, where these differ; new ones are built so.
  `CREATE TEMP TABLE marked AS
SELECT seen_firsts.visitor_id, seen_firsts.started_at, 'timeout' AS split_cause
FROM seen_firsts
INNER JOIN first_sessions ON first_sessions.visitor_id = seen_firsts.visitor_id
WHERE seen_firsts.started_at != first_sessions.started_at
  AND replaced_date IS NULL
UNION ALL
SELECT first_sessions.visitor_id, first_sessions.started_at, 'first'
FROM first_sessions
INNER JOIN gone_firsts ON gone_firsts.visitor_id = first_sessions.visitor_id
LEFT JOIN new_firsts
  ON new_firsts.visitor_id = first_sessions.visitor_id
  AND new_firsts.started_at = first_sessions.started_at
WHERE new_firsts.visitor_id IS NULL`,
  `SET first_dates = ARRAY(SELECT DISTINCT DATE(started_at, '${reporting_time_zone}') FROM marked)`,
  `UPDATE ${self} AS sessions
SET
  split_cause = marked.split_cause,
  _first_visitor_id = IF(marked.split_cause = 'first', marked.visitor_id, NULL),
  _first_started_at = IF(marked.split_cause = 'first', marked.started_at, NULL)
FROM marked
WHERE sessions.session_date IN UNNEST(first_dates)
  AND sessions.visitor_id = marked.visitor_id
  AND sessions.started_at = marked.started_at
  AND sessions.split_cause IN ('first', 'timeout')`,
];

/** The split cause, where first_sessions is joined. @param {string} sessions @returns {string} SQL */
const splitCause = (sessions) =>
  `IF(${sessions}.split_cause = 'timeout' AND first_sessions.started_at = ${sessions}.started_at, 'first', ${sessions}.split_cause)`;

/** Columns that only a visitor's first session has. */
const columns = `IF(split_cause = 'first', visitor_id, NULL) AS _first_visitor_id,
  IF(split_cause = 'first', started_at, NULL) AS _first_started_at`;

module.exports = { columns, declares, find, readColumns, splitCause };
