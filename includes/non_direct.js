/**
 * The visitor's last session that was not direct, within `last_non_direct_days`: where sessions
 * that came directly are said to come from.
 */

const { NEVER } = require('./built_days');
const settings = require('./settings');

const { last_non_direct_days } = settings;

/**
 * What direct sessions of the same visitor may have come from: NULL for a direct session, so that to
 * look for it among the sessions of 90 days reads no more than what there is.
 *
 * @param {Readonly<{ startedAt?: string, source?: string, medium?: string }>} [session] SQL
 * @returns {string} SQL of a STRUCT
 */
const origin = ({ startedAt = 'started_at', source = 'source', medium = 'medium' } = {}) =>
  `STRUCT(visitor_id, ${startedAt} AS started_at, ${source} AS source, ${medium} AS medium)`;

/** Variables of the script: the first days of sessions that are looked back to, and ahead of. */
const declares = [`DECLARE origins_from, ahead_from DATE DEFAULT ${NEVER}`];

const columns = 'visitor_id, session_date, started_at, source, medium';

/**
 * Adds to changed_days those on which direct sessions follow one that has come, gone or changed.
 *
 * @param {string} self sessions
 * @param {string} unioned
 * @returns {string[]} statements
 */
function findChanged(self, unioned) {
  const origins = (/** @type {string} */ from) => `SELECT ${columns}
FROM ${from}
WHERE session_date IN UNNEST(changed_days)
  AND source_rule != 'direct'`;
  const differ = (/** @type {string} */ left, /** @type {string} */ right) =>
    `(SELECT ${columns} FROM ${left} EXCEPT DISTINCT SELECT ${columns} FROM ${right})`;
  return [
    `CREATE TEMP TABLE origins_now AS
${origins(unioned)}`,
    `CREATE TEMP TABLE origins_before AS
${origins(self)}`,
    `CREATE TEMP TABLE changed_origins AS
SELECT visitor_id, MIN(session_date) AS session_date
FROM (
  ${differ('origins_now', 'origins_before')}
  UNION ALL
  ${differ('origins_before', 'origins_now')}
)
GROUP BY visitor_id`,
    `SET ahead_from = COALESCE((SELECT MIN(session_date) FROM changed_origins), ${NEVER})`,
    `SET changed_days = ARRAY(
  SELECT changed_day FROM UNNEST(changed_days) AS changed_day
  UNION DISTINCT
  SELECT sessions.session_date
  FROM ${self} AS sessions
  INNER JOIN changed_origins
    ON changed_origins.visitor_id = sessions.visitor_id
    AND changed_origins.session_date <= sessions.session_date
  WHERE sessions.session_date >= ahead_from
    AND sessions.source_rule = 'direct'
)`,
    `SET origins_from = COALESCE(
  (
    SELECT DATE_SUB(MIN(changed_day), INTERVAL ${last_non_direct_days + 1} DAY)
    FROM UNNEST(changed_days) AS changed_day
  ),
  ${NEVER}
)`,
  ];
}

/**
 * @param {string} unioned int_sessions__unioned; the CTE unioned holds what is built of it
 * @param {boolean} isIncremental
 * @returns {string} SQL of CTEs; the last, non_direct_sources, has session_id, source, medium
 */
const ctes = (unioned, isIncremental) => `direct_sessions AS (
  SELECT session_id, visitor_id, started_at
  FROM unioned
  WHERE source_rule = 'direct'
),

-- Where their visitors came from when they did not come directly.
origins AS (
  SELECT _origin.visitor_id, _origin.started_at, _origin.source, _origin.medium
  FROM ${unioned}
  WHERE _origin.visitor_id IN (SELECT visitor_id FROM direct_sessions)
    ${isIncremental ? 'AND session_date >= origins_from' : ''}
),

moments AS (
  SELECT session_id, visitor_id, started_at, CAST(NULL AS TIMESTAMP) AS origin_at, '' AS source, '' AS medium
  FROM direct_sessions
  UNION ALL
  SELECT NULL, visitor_id, started_at, started_at, source, medium
  FROM origins
),

last_origins AS (
  SELECT
    session_id,
    visitor_id,
    started_at,
    -- order is total: what is equal in all of it has the same time
    MAX(origin_at) OVER (
      PARTITION BY visitor_id ORDER BY started_at, origin_at DESC, source, medium, session_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS origin_at
  FROM moments
),

-- Of two origins at one time the one whose names come first counts.
distinct_origins AS (
  SELECT visitor_id, started_at, source, medium
  FROM origins
  -- order is total: what is equal in all of it says the same
  QUALIFY ROW_NUMBER() OVER (PARTITION BY visitor_id, started_at ORDER BY source, medium) = 1
),

non_direct_sources AS (
  SELECT
    last_origins.session_id,
    distinct_origins.source,
    distinct_origins.medium
  FROM last_origins
  INNER JOIN distinct_origins
    ON distinct_origins.visitor_id = last_origins.visitor_id
    AND distinct_origins.started_at = last_origins.origin_at
  WHERE last_origins.session_id IS NOT NULL
    AND last_origins.origin_at
      >= TIMESTAMP_SUB(last_origins.started_at, INTERVAL ${last_non_direct_days} DAY)
)`;

module.exports = { declares, findChanged, ctes, origin };
