/**
 * What is told of a session by the others of its visitor: whether it is the first, and, of a direct
 * one, where the visitor last came from within `last_non_direct_days`. It is told in `sessions`, so
 * that a visit that comes late changes its visitor's other sessions there alone: of a day on
 * which nothing else changes these few rows are updated.
 *
 * Kept for this in int_sessions__sessions and sessions: _visitor_key and _origin. What
 * an _origin is a number of stands in `sessions__origins`.
 */

const settings = require('./settings');
const { ALWAYS, NEVER } = require('./built_days');
const { beside, hashKey } = require('./sql_text');

const { last_non_direct_days, reporting_time_zone } = settings;

/** SQL of an INT64 over visitor_id. */
const visitorKey = hashKey('visitor_id');

/**
 * What direct sessions of the visitor may have come from: source and medium in one number.
 *
 * @param {string} [source] SQL @param {string} [medium] SQL @returns {string} SQL of an INT64
 */
const origin = (source = 'source', medium = 'medium') =>
  hashKey(`CONCAT(CAST(LENGTH(${source}) AS STRING), '|', ${source}, ${medium})`);

const columns = 'visitor_key, started_at, origin';

/**
 * Sessions as their visitor's others know them: a direct one has no source.
 *
 * @param {string} unioned or sessions, which know the same of before @returns {string} a query
 */
const visitsOf = (unioned) => `SELECT
    _visitor_key AS visitor_key, started_at, _origin AS origin
  FROM ${unioned}`;

/** @param {string} self sessions @returns {string} */
const originsOf = (self) => beside(self, 'origins');

/**
 * The origins that there are.
 *
 * @param {string} unioned
 * @param {string} isAsked SQL of a BOOL
 * @returns {string} a query: origin, source, medium
 */
const originsIn = (
  unioned,
  isAsked,
) => `SELECT _origin AS origin, MIN(source) AS source, MIN(medium) AS medium
FROM ${unioned}
WHERE _origin IS NOT NULL
  AND ${isAsked}
GROUP BY _origin`;

/** @param {string} self sessions @param {string} unioned @returns {string} SQL: before they are told of */
const makeOrigins = (self, unioned) => `CREATE OR REPLACE TABLE ${originsOf(self)} AS
${originsIn(unioned, 'TRUE')}`;

/**
 * What is told of all times at which a visitor's sessions begin. Of two sessions at one time both
 * count as before each other, and of two origins the one with the smaller number.
 *
 * @param {string} visits a table of visitsOf
 * @returns {string} a query: visitor_key, started_at, is_first, origin
 */
const tellings = (visits) => `SELECT
    times.visitor_key, times.started_at, times.is_first, origins.origin
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
          visitor_key, started_at, COUNTIF(origin IS NULL) > 0 AS is_direct,
          IF(COUNTIF(origin IS NOT NULL) > 0, started_at, NULL) AS origin_at
        FROM ${visits}
        GROUP BY visitor_key, started_at
      )
    )
  ) AS times
  LEFT JOIN (
    SELECT visitor_key, started_at, MIN(origin) AS origin
    FROM ${visits}
    WHERE origin IS NOT NULL
    GROUP BY visitor_key, started_at
  ) AS origins
    ON origins.visitor_key = times.visitor_key
    AND origins.started_at = times.origin_at`;

/** Variables of the script: days of sessions of which something else is told now. */
const declares = [
  'DECLARE retold_days, origin_days ARRAY<DATE> DEFAULT []',
  `DECLARE origins_from DATE DEFAULT ${NEVER}`,
];

/**
 * Finds, once changed_days are known, all visits of their visitors (the temporary table visits), of
 * which their sessions are told, and what else is to be told of sessions on other days (retold): there a
 * visitor's first session or the last origin came, went or changed. The rows of changed_days must still
 * be here.
 *
 * @param {string} self sessions
 * @param {string} unioned
 * @returns {string[]} statements
 */
const find = (self, unioned) => [
  `CREATE TABLE IF NOT EXISTS ${originsOf(self)} (origin INT64, source STRING, medium STRING)`,
  `CREATE TEMP TABLE visits_now AS
${visitsOf(unioned)}
WHERE session_date IN UNNEST(changed_days)`,
  // Names are read where there is a new one; where there is none at all, no day was ever noted.
  `SET origin_days = IF(
  (
    SELECT COUNT(*)
    FROM visits_now
    WHERE origin NOT IN (SELECT origin FROM ${originsOf(self)})
  ) = 0,
  [],
  changed_days
)`,
  `SET origins_from = IF((SELECT COUNT(*) FROM ${originsOf(self)}) = 0, ${ALWAYS}, ${NEVER})`,
  `INSERT INTO ${originsOf(self)} (origin, source, medium)
SELECT origin, source, medium
FROM (
  ${originsIn(unioned, '(session_date IN UNNEST(origin_days) OR session_date >= origins_from)')}
)
WHERE origin NOT IN (SELECT origin FROM ${originsOf(self)})`,
  `CREATE TEMP TABLE changed_visits AS
WITH
visits_before AS (
  ${visitsOf(self)}
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
  // Few visitors have sessions that came, went or changed.
  `CREATE TEMP TABLE visits_after AS
SELECT ${columns}
FROM visits
WHERE visitor_key IN (SELECT visitor_key FROM changed_visits)`,
  `CREATE TEMP TABLE retold AS
WITH
visits_before AS (
  SELECT ${columns}
  FROM (
    SELECT ${columns} FROM visits_after
    EXCEPT DISTINCT
    SELECT ${columns} FROM changed_visits WHERE is_now
  )
  UNION ALL
  SELECT ${columns} FROM changed_visits WHERE NOT is_now
)

SELECT told.visitor_key, told.started_at, told.is_first, origins.source, origins.medium
FROM (
  ${tellings('visits_after')}
) AS told
INNER JOIN (
  ${tellings('visits_before')}
) AS before
  ON before.visitor_key = told.visitor_key
  AND before.started_at = told.started_at
LEFT JOIN ${originsOf(self)} AS origins ON origins.origin = told.origin
WHERE (
    before.is_first != told.is_first
    OR (before.origin IS NULL) != (told.origin IS NULL)
    OR before.origin != told.origin
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
  AND sessions._visitor_key = retold.visitor_key`;

/**
 * @param {string} self sessions
 * @param {string} unioned int_sessions__unioned
 * @param {boolean} isIncremental
 * @returns {string} SQL of a CTE: what is told of sessions, where it is anything
 */
const cte = (self, unioned, isIncremental) => `told_times AS (
  ${tellings(isIncremental ? 'visits' : `(${visitsOf(unioned)})`)}
),

told_sessions AS (
  SELECT told_times.visitor_key, told_times.started_at, told_times.is_first, origins.source, origins.medium
  FROM told_times
  LEFT JOIN ${originsOf(self)} AS origins ON origins.origin = told_times.origin
  WHERE told_times.is_first
    OR told_times.origin IS NOT NULL
)`;

/** SQL of its columns, where told_sessions and unioned are joined. @type {Readonly<Record<string, string>>} */
const told = {
  split_cause: `IF(unioned.split_cause = 'timeout' AND told_sessions.is_first, 'first', unioned.split_cause)`,
  last_non_direct_source: `IF(unioned.source_rule = 'direct', COALESCE(told_sessions.source, unioned.source), unioned.source)`,
  last_non_direct_medium: `IF(unioned.source_rule = 'direct', COALESCE(told_sessions.medium, unioned.medium), unioned.medium)`,
};

module.exports = { cte, declares, find, makeOrigins, origin, told, update, visitorKey };
