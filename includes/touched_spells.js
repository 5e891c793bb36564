/** Which spells of activity the events that came or went have touched. */

const { NEVER } = require('./built_days');
const settings = require('./settings');
const { visitorKey } = require('./told_sessions');
const unionedColumns = require('./unioned_columns');

const { session_timeout_minutes, max_session_hours, reporting_time_zone } = settings;

/** Variables of the script: days that hold touched spells or how they go on. */
const declares = [
  'DECLARE session_days, spell_days, later_days ARRAY<DATE> DEFAULT []',
  `DECLARE open_from DATE DEFAULT ${NEVER}`,
];

const timeout = `INTERVAL ${session_timeout_minutes} MINUTE`;

/** SQL of a BOOL: the spell may go on after the day of its last event that was seen. */
const mayGoOn = `DATE(TIMESTAMP_ADD(spell_ended_at, ${timeout})) > DATE(spell_ended_at)`;

/**
 * Finds the spells that are to be cut again, in the temporary table touched_spells. A spell is found
 * by its events on the days of the changes on which its visitor has a session near them; only one that
 * goes on over midnight is looked for on the days after these. No gap of a spell exceeds the timeout,
 * and no window is shorter: so a spell that a window touches has an event in it.
 *
 * @param {object} tables
 * @param {string} tables.self int_sessions__visit_events
 * @param {string} tables.sessions int_sessions__sessions, as its last run left it
 * @param {string} tables.notes the sessions that it has still to build (includes/session_changes.js)
 * @returns {string[]} statements
 */
const touchedSpells = ({ self, sessions, notes }) => [
  // Where the first run ended before it was made.
  `CREATE TABLE IF NOT EXISTS ${sessions} (
  ${unionedColumns.typed.join(', ')}, _visitor_key INT64, _origin INT64
)
PARTITION BY session_date
CLUSTER BY visitor_id, session_id`,
  windows,
  `SET session_days = ARRAY(
  SELECT DISTINCT session_day
  FROM windows
  CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(
    DATE(TIMESTAMP_SUB(starts_at, INTERVAL ${max_session_hours} HOUR), '${reporting_time_zone}'),
    DATE(ends_at, '${reporting_time_zone}')
  )) AS session_day
)`,
  // There are fewer sessions than events. Those that were noted, and not built, are events alone; so
  // is a table of which no day was ever noted.
  `SET spell_days = ARRAY(
  SELECT DISTINCT spell_day
  FROM ${sessions}
  INNER JOIN windows
    ON _visitor_key = visitor_key
    AND ended_at >= starts_at
    AND started_at <= ends_at
  CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(
    DATE(GREATEST(started_at, starts_at)), DATE(LEAST(ended_at, ends_at))
  )) AS spell_day
  WHERE session_date IN UNNEST(session_days)
  UNION DISTINCT
  SELECT spell_day
  FROM windows
  CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(DATE(starts_at), DATE(ends_at))) AS spell_day
  WHERE spell_day >= from_day
    OR spell_day IN (SELECT event_date FROM ${notes} WHERE event_date IS NOT NULL)
    OR (SELECT COUNTIF(session_id IS NULL) FROM ${notes}) > 0
)`,
  `CREATE TEMP TABLE seen_spells AS
WITH
spells AS (
  SELECT
    visitor_id, _spell_started_at, MIN(occurred_at) AS seen_from, MAX(occurred_at) AS spell_ended_at,
    LOGICAL_AND(is_lone) AS is_lone
  FROM (
    SELECT visitor_id, _spell_started_at, occurred_at, FALSE AS is_lone
    FROM ${self}
    WHERE DATE(occurred_at) IN UNNEST(spell_days)
    UNION ALL
    SELECT visitor_id, occurred_at, occurred_at, TRUE FROM lone_before
  )
  WHERE visitor_id IN (SELECT visitor_id FROM windows)
  GROUP BY visitor_id, _spell_started_at
)

SELECT spells.visitor_id, spells._spell_started_at, spells.spell_ended_at, spells.is_lone
FROM spells
INNER JOIN windows
  ON windows.visitor_id = spells.visitor_id
  AND spells.spell_ended_at >= windows.starts_at
  AND spells.seen_from <= windows.ends_at`,
  `SET later_days = ARRAY(
  SELECT DISTINCT DATE_ADD(DATE(spell_ended_at), INTERVAL 1 DAY)
  FROM seen_spells
  WHERE ${mayGoOn}
)`,
  `CREATE TEMP TABLE later_spells AS
${laterSpells(self, 'DATE(occurred_at) IN UNNEST(later_days)')}`,
  // What lasts longer than to the end of the next day is looked for on all days after it.
  `SET open_from = COALESCE(
  (
    SELECT DATE_ADD(DATE(MIN(spell_ended_at)), INTERVAL 1 DAY)
    FROM later_spells
    WHERE ${mayGoOn}
  ),
  ${NEVER}
)`,
  `CREATE TEMP TABLE touched_spells AS
SELECT
  visitor_id AS touched_visitor_id, _spell_started_at AS spell_started_at,
  MAX(spell_ended_at) AS spell_ended_at, LOGICAL_AND(is_lone) AS is_lone
FROM (
  SELECT visitor_id, _spell_started_at, spell_ended_at, is_lone FROM seen_spells
  UNION ALL
  SELECT visitor_id, _spell_started_at, spell_ended_at, FALSE FROM later_spells
  UNION ALL
  ${laterSpells(self, 'DATE(occurred_at) >= open_from', ', FALSE')}
)
GROUP BY visitor_id, _spell_started_at`,
];

/**
 * Where spells that were seen end, on other days.
 *
 * @param {string} self
 * @param {string} isDay SQL of a BOOL
 * @param {string} [more] SQL of more columns
 * @returns {string} a query
 */
const laterSpells = (self, isDay, more = '') => `SELECT
  visitor_id, _spell_started_at, MAX(occurred_at) AS spell_ended_at${more}
FROM ${self}
INNER JOIN (
  SELECT DISTINCT visitor_id AS seen_visitor_id, _spell_started_at AS seen_started_at FROM seen_spells
) AS seen
  ON seen_visitor_id = visitor_id
  AND seen_started_at = _spell_started_at
WHERE ${isDay}
GROUP BY visitor_id, _spell_started_at`;

/**
 * Changes of a visitor that are close to each other are taken as one window, so that a visitor with
 * a million events is no million windows.
 */
const windows = `CREATE TEMP TABLE windows AS
WITH
changes AS (
  SELECT visitor_id, occurred_at FROM staged WHERE NOT is_kept
  UNION DISTINCT
  SELECT visitor_id, occurred_at FROM went
  UNION DISTINCT
  SELECT visitor_id, occurred_at FROM rejoined
  UNION DISTINCT
  SELECT old_visitor_id, occurred_at FROM rejoined
),

spans AS (
  SELECT
    visitor_id, occurred_at,
    -- order is total: a visitor has each time once
    TIMESTAMP_SUB(occurred_at, ${timeout})
      > LAG(occurred_at) OVER (PARTITION BY visitor_id ORDER BY occurred_at) AS is_apart
  FROM changes
),

numbered AS (
  SELECT
    visitor_id, occurred_at,
    -- order is total: a visitor has each time once
    COUNTIF(is_apart) OVER (
      PARTITION BY visitor_id ORDER BY occurred_at
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS span
  FROM spans
)

SELECT
  visitor_id,
  ${visitorKey} AS visitor_key,
  TIMESTAMP_SUB(MIN(occurred_at), ${timeout}) AS starts_at,
  TIMESTAMP_ADD(MAX(occurred_at), ${timeout}) AS ends_at
FROM numbered
GROUP BY visitor_id, span`;

module.exports = { declares, touchedSpells };
