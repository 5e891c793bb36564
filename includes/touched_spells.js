/** Which spells of activity the events that came or went have touched. */

const settings = require('./settings');

const { session_timeout_minutes } = settings;

/**
 * Spells that are to be cut again. Changes of a visitor that are close to each other are taken as
 * one window, so that a visitor with a million events is no million windows.
 *
 * @param {string} self @returns {string} SQL
 */
function touchedSpells(self) {
  const timeout = `INTERVAL ${session_timeout_minutes} MINUTE`;
  return `CREATE TEMP TABLE touched_spells AS
WITH
changes AS (
  SELECT visitor_id, occurred_at, event_id FROM came
  UNION ALL
  SELECT visitor_id, occurred_at, event_id FROM went
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
),

windows AS (
  SELECT
    visitor_id,
    TIMESTAMP_SUB(MIN(occurred_at), ${timeout}) AS starts_at,
    TIMESTAMP_ADD(MAX(occurred_at), ${timeout}) AS ends_at
  FROM numbered
  GROUP BY visitor_id, span
  UNION ALL
  -- The event that was the first one, where it no longer is.
  SELECT firsts.visitor_id, first_at, first_at
  FROM firsts
  INNER JOIN (SELECT visitor_id, MIN(occurred_at) AS came_at FROM came GROUP BY visitor_id) AS arrivals
    ON arrivals.visitor_id = firsts.visitor_id
  WHERE came_at < first_at
  UNION ALL
  -- Where the first one went, any other may be the first now.
  SELECT visitor_id, TIMESTAMP '0001-01-01 00:00:00+00', TIMESTAMP '9999-12-31 00:00:00+00'
  FROM went
  WHERE is_first
),

spells AS (
  SELECT
    visitor_id, _spell_started_at, MIN(occurred_at) AS seen_from, MAX(occurred_at) AS spell_ended_at
  FROM ${self}
  WHERE DATE(occurred_at) >= from_day
    AND visitor_id IN (SELECT visitor_id FROM windows)
  GROUP BY visitor_id, _spell_started_at
)

SELECT
  spells.visitor_id AS touched_visitor_id,
  spells._spell_started_at AS spell_started_at,
  MAX(spells.spell_ended_at) AS spell_ended_at
FROM spells
INNER JOIN windows
  ON windows.visitor_id = spells.visitor_id
  AND spells.spell_ended_at >= windows.starts_at
  AND spells.seen_from <= windows.ends_at
GROUP BY touched_visitor_id, spell_started_at`;
}

module.exports = { touchedSpells };
