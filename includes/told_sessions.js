/**
 * What is told of a session by the others of its visitor: whether it is the first, and, of a direct
 * one, where the visitor last came from within `last_non_direct_days`. It is told in `sessions`, so
 * that a visit that comes late changes its visitor's other sessions there alone: of a day on
 * which nothing else changes these few rows are updated.
 *
 * Kept for this in int_sessions__sessions: _visitor_key and _origin, which are read of all days.
 */

const settings = require('./settings');
const { hashKey } = require('./sql_text');

const { last_non_direct_days, reporting_time_zone } = settings;

/** SQL of an INT64 over visitor_id. */
const visitorKey = hashKey('visitor_id');

/** What direct sessions of the visitor may have come from. SQL of a STRUCT over source and medium */
const origin = 'STRUCT(source, medium)';

const columns = 'visitor_key, started_at, source, medium';

/**
 * Sessions as their visitor's others know them: a direct one has no source.
 *
 * @param {string} unioned @returns {string} a query
 */
const visitsOf = (unioned) => `SELECT
    _visitor_key AS visitor_key, started_at, _origin.source, _origin.medium
  FROM ${unioned}`;

/**
 * What is told of all times at which a visitor's sessions begin. Of two sessions at one time both
 * count as before each other, and of two origins the one whose names come first.
 *
 * @param {string} visits a table of visitsOf
 * @returns {string} a query: visitor_key, started_at, is_first, source, medium
 */
const tellings = (visits) => `SELECT
    times.visitor_key, times.started_at, times.is_first, origins.source, origins.medium
  FROM (
    SELECT
      visitor_key, started_at, is_first,
      IF(
        is_direct AND origin_at >= TIMESTAMP_SUB(started_at, INTERVAL ${last_non_direct_days} DAY),
        origin_at,
        NULL
      ) AS origin_at
    FROM (
      SELECT
        visitor_key, started_at, is_direct,
        -- order is total: a visitor has each time once
        ROW_NUMBER() OVER (PARTITION BY visitor_key ORDER BY started_at) = 1 AS is_first,
        MAX(origin_at) OVER (
          PARTITION BY visitor_key ORDER BY started_at ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS origin_at
      FROM (
        SELECT
          visitor_key, started_at, COUNTIF(source IS NULL) > 0 AS is_direct,
          IF(COUNTIF(source IS NOT NULL) > 0, started_at, NULL) AS origin_at
        FROM ${visits}
        GROUP BY visitor_key, started_at
      )
    )
  ) AS times
  LEFT JOIN (
    SELECT ${columns}
    FROM ${visits}
    WHERE source IS NOT NULL
    -- order is total: what is equal in all of it says the same
    QUALIFY ROW_NUMBER() OVER (PARTITION BY visitor_key, started_at ORDER BY source, medium) = 1
  ) AS origins
    ON origins.visitor_key = times.visitor_key
    AND origins.started_at = times.origin_at`;

/** Variables of the script: days of sessions of which something else is told now. */
const declares = ['DECLARE retold_days ARRAY<DATE> DEFAULT []'];

/**
 * Finds, once changed_days are known, what is to be told of their sessions (the temporary table told),
 * and what else is to be told of sessions on other days (retold): there a visitor's first session or
 * the last origin came, went or changed. The rows of changed_days must still be here.
 *
 * @param {string} self sessions
 * @param {string} unioned
 * @returns {string[]} statements
 */
const find = (self, unioned) => [
  `CREATE TEMP TABLE visits_now AS
${visitsOf(unioned)}
WHERE session_date IN UNNEST(changed_days)`,
  `CREATE TEMP TABLE changed_visits AS
WITH
visits_before AS (
  SELECT
    ${visitorKey} AS visitor_key, started_at,
    IF(source_rule = 'direct', NULL, source) AS source, IF(source_rule = 'direct', NULL, medium) AS medium
  FROM ${self}
  WHERE session_date IN UNNEST(changed_days)
)

SELECT ${columns}, TRUE AS is_now
FROM (SELECT ${columns} FROM visits_now EXCEPT DISTINCT SELECT ${columns} FROM visits_before)
UNION ALL
SELECT ${columns}, FALSE
FROM (SELECT ${columns} FROM visits_before EXCEPT DISTINCT SELECT ${columns} FROM visits_now)`,
  `CREATE TEMP TABLE visits AS
${visitsOf(unioned)}
-- lint-ok: partition-filter a visitor's other sessions may be on any day
WHERE _visitor_key IN (
  SELECT visitor_key FROM visits_now UNION DISTINCT SELECT visitor_key FROM changed_visits
)`,
  `CREATE TEMP TABLE told AS
${tellings('visits')}`,
  // The visits of these visitors as they were before.
  `CREATE TEMP TABLE earlier_visits AS
SELECT ${columns}
FROM (
  SELECT ${columns}
  FROM visits
  WHERE visitor_key IN (SELECT visitor_key FROM changed_visits)
  EXCEPT DISTINCT
  SELECT ${columns} FROM changed_visits WHERE is_now
)
UNION ALL
SELECT ${columns} FROM changed_visits WHERE NOT is_now`,
  `CREATE TEMP TABLE retold AS
SELECT told.visitor_key, told.started_at, told.is_first, told.source, told.medium
FROM told
INNER JOIN (
  ${tellings('earlier_visits')}
) AS before
  ON before.visitor_key = told.visitor_key
  AND before.started_at = told.started_at
WHERE (
    before.is_first != told.is_first
    OR COALESCE(before.source, '') != COALESCE(told.source, '')
    OR COALESCE(before.medium, '') != COALESCE(told.medium, '')
  )
  AND DATE(told.started_at, '${reporting_time_zone}') NOT IN UNNEST(changed_days)`,
  `SET retold_days = ARRAY(SELECT DISTINCT DATE(started_at, '${reporting_time_zone}') FROM retold)`,
];

/**
 * Tells it, before the rows of changed_days go.
 *
 * @param {string} self sessions @returns {string} SQL
 */
const update = (self) => `UPDATE ${self} AS sessions
SET
  split_cause = IF(split_cause IN ('first', 'timeout'), IF(retold.is_first, 'first', 'timeout'), split_cause),
  last_non_direct_source = IF(source_rule = 'direct', COALESCE(retold.source, sessions.source), last_non_direct_source),
  last_non_direct_medium = IF(source_rule = 'direct', COALESCE(retold.medium, sessions.medium), last_non_direct_medium)
FROM retold
WHERE session_date IN UNNEST(retold_days)
  AND sessions.started_at = retold.started_at
  AND ${visitorKey} = retold.visitor_key`;

/**
 * @param {string} unioned int_sessions__unioned
 * @param {boolean} isIncremental
 * @returns {string} SQL of a CTE: what is told of sessions, where it is anything
 */
const cte = (unioned, isIncremental) => `told_times AS (
  ${isIncremental ? 'SELECT visitor_key, started_at, is_first, source, medium FROM told' : tellings(`(${visitsOf(unioned)})`)}
),

told_sessions AS (
  SELECT visitor_key, started_at, is_first, source, medium
  FROM told_times
  WHERE is_first
    OR source IS NOT NULL
)`;

/** SQL of its columns, where told_sessions and unioned are joined. @type {Readonly<Record<string, string>>} */
const told = {
  split_cause: `IF(unioned.split_cause = 'timeout' AND told_sessions.is_first, 'first', unioned.split_cause)`,
  last_non_direct_source: `IF(unioned.source_rule = 'direct', COALESCE(told_sessions.source, unioned.source), unioned.source)`,
  last_non_direct_medium: `IF(unioned.source_rule = 'direct', COALESCE(told_sessions.medium, unioned.medium), unioned.medium)`,
};

module.exports = { cte, declares, find, origin, told, update, visitorKey };
