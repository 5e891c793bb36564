/** Which spells of activity the events that came or went have touched. */

const { NEVER } = require('./built_days');
const settings = require('./settings');

const { session_timeout_minutes } = settings;

/** Variables of the script: days that hold touched spells or how they go on. */
const declares = [
  'DECLARE spell_days, later_days ARRAY<DATE> DEFAULT []',
  `DECLARE open_from DATE DEFAULT ${NEVER}`,
];

const timeout = `INTERVAL ${session_timeout_minutes} MINUTE`;

/** SQL of a BOOL: the spell may go on after the day of its last event that was seen. */
const mayGoOn = `DATE(TIMESTAMP_ADD(spell_ended_at, ${timeout})) > DATE(spell_ended_at)`;

/**
 * Finds the spells that are to be cut again, in the temporary table touched_spells. A spell is found
 * by its events on the days of the changes; only one that goes on over midnight is looked for on
 * the days after these. No gap of a spell exceeds the timeout, and no window is shorter: so a spell
 * that a window touches has an event in it.
 *
 * @param {string} self @returns {string[]} statements
 */
const touchedSpells = (self) => [
  windows,
  `SET spell_days = ARRAY(
  SELECT DISTINCT spell_day
  FROM windows
  CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(DATE(starts_at), DATE(ends_at))) AS spell_day
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
  SELECT visitor_id, occurred_at, event_id FROM staged WHERE NOT is_kept
  UNION DISTINCT
  SELECT visitor_id, occurred_at, event_id FROM went
  UNION DISTINCT
  SELECT visitor_id, occurred_at, event_id FROM rejoined
  UNION DISTINCT
  SELECT old_visitor_id, occurred_at, event_id FROM rejoined
),

spans AS (
  SELECT
    visitor_id, occurred_at, event_id,
    -- order is total: an event comes or goes once
    TIMESTAMP_SUB(occurred_at, ${timeout})
      > LAG(occurred_at) OVER (PARTITION BY visitor_id ORDER BY occurred_at, event_id) AS is_apart
  FROM changes
),

numbered AS (
  SELECT
    visitor_id, occurred_at,
    -- order is total: an event comes or goes once
    COUNTIF(is_apart) OVER (
      PARTITION BY visitor_id ORDER BY occurred_at, event_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS span
  FROM spans
)

SELECT
  visitor_id,
  TIMESTAMP_SUB(MIN(occurred_at), ${timeout}) AS starts_at,
  TIMESTAMP_ADD(MAX(occurred_at), ${timeout}) AS ends_at
FROM numbered
GROUP BY visitor_id, span`;

module.exports = { declares, touchedSpells };
