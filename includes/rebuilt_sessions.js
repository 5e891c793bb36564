/**
 * How session_events stays right as events arrive, without looking at all of them.
 *
 * Sessions are cut within spells of activity (includes/session_borders.js). So of all events only
 * those are cut again that are in a spell which an event has joined, left, or come close to. The
 * outcome is that of a full refresh, whatever the order and the delay in which events arrived:
 *
 * 1. Days of receipt whose staged events are not those that were seen (`session_events__seen_days`)
 *    are compared event by event with what is here: which came, which went.
 * 2. Spells of their visitors within the timeout of one of these are touched; so is the spell of a
 *    visitor's first event where an earlier one came, and all spells where the first one went.
 * 3. The events of touched spells, old and new, are cut again. What is placed as before stays.
 *
 * Each step reads the days alone that the one before has found. What int_sessions__sessions must
 * build again is left for it in `session_events__changes`.
 *
 * Columns kept for this: received_at, _receipt_count (the event's version), _spell_started_at, and
 * _first_visitor_id with _first_occurred_at, which only a visitor's first event has.
 */

const sessionBorders = require('./session_borders');
const sessionChanges = require('./session_changes');
const { utmKey, clickKey } = require('./session_rules');
const { beside } = require('./sql_text');
const touched = require('./touched_spells');
const visitors = require('./visitors');

/** The visitor of a staged event. */
const visitorId = 'COALESCE(server_visitors.visitor_id, events.visitor_id)';

/** What borders depend on, beside visitor, time and id. */
const borderColumns = `user_id,
    NOT is_internal_referrer AND NOT is_ignored_referrer AS is_arrival,
    ${utmKey()} AS utm_key,
    ${clickKey()} AS click_key`;

/** What is known of a staged event. */
const stagedColumns = [
  ...['visitor_id', 'event_id', 'occurred_at', 'user_id', 'is_arrival', 'utm_key', 'click_key'],
];

/** What is known of an event's place. */
const placeColumns = [
  ...['session_id', 'sequence', 'split_cause', 'is_guarded', 'seconds_since_previous'],
  '_spell_started_at',
];

/** Columns that only a visitor's first event has. */
const firstColumns = `IF(split_cause = 'first' AND sequence = 1, visitor_id, NULL) AS _first_visitor_id,
    IF(split_cause = 'first' AND sequence = 1, occurred_at, NULL) AS _first_occurred_at`;

const dayColumns = 'received_date, row_count, time_bits, receipt_count, joined_bits';

/** @param {string} self session_events @returns {string} SQL */
const createSeenDays = (self) => `CREATE TABLE IF NOT EXISTS ${beside(self, 'seen_days')} (
  received_date DATE, row_count INT64, time_bits INT64, receipt_count INT64, joined_bits INT64,
  occurred_dates ARRAY<DATE>
)`;

/**
 * The first statement of the script: what is staged, by day of receipt, and which of it has joined
 * a cookie's visitor.
 *
 * @param {string} staged stg_events
 * @param {string} serverVisitors
 * @returns {string} SQL
 */
const declareStaged = (
  staged,
  serverVisitors,
) => `DECLARE staged_days ARRAY<STRUCT<received_date DATE, row_count INT64, time_bits INT64, receipt_count INT64, joined_bits INT64>> DEFAULT ARRAY(
  SELECT AS STRUCT
    days.received_date, days.row_count, days.time_bits, days.receipt_count,
    COALESCE(joined.joined_bits, 0) AS joined_bits
  FROM (
    SELECT
      DATE(received_at) AS received_date,
      COUNT(*) AS row_count,
      BIT_XOR(UNIX_MICROS(received_at)) AS time_bits,
      SUM(COALESCE(_receipt_count, 1)) AS receipt_count
    -- lint-ok: partition-filter two columns of all days say which days have changed
    FROM ${staged}
    GROUP BY received_date
  ) AS days
  LEFT JOIN (
    SELECT
      DATE(received_at) AS received_date,
      BIT_XOR(FARM_FINGERPRINT(CONCAT(event_id, '|', visitor_id))) AS joined_bits
    FROM ${serverVisitors}
    GROUP BY received_date
  ) AS joined
    ON joined.received_date = days.received_date
)`;

/**
 * Finds what has changed, cuts it again, and deletes what goes elsewhere. Afterwards the temporary
 * tables placed (as in session_borders), came (events that are new here) and moved_rows (events
 * that were here and have another place, whole) stand.
 *
 * @param {object} tables
 * @param {string} tables.self session_events
 * @param {string} tables.staged stg_events
 * @param {string} tables.serverVisitors
 * @param {readonly string[]} tables.columns what session_events has of an event
 * @returns {string[]} statements
 */
function rebuild({ self, staged, serverVisitors, columns }) {
  const seen = beside(self, 'seen_days');
  const key = ['event_id', 'visitor_id', 'occurred_at', 'received_at', 'receipt_count'];
  const sameKey = key.map((name) => `kept.${name} = staged.${name}`).join(' AND ');
  const isElsewhere = placeColumns
    .map((name) =>
      name === 'seconds_since_previous'
        ? `COALESCE(placed.${name}, -1) != COALESCE(old_rows.${name}, -1)`
        : `placed.${name} != old_rows.${name}`,
    )
    .join('\n    OR ');
  return [
    `DECLARE changed_days, kept_days, rebuilt_days, deleted_days ARRAY<DATE> DEFAULT []`,
    `DECLARE from_day DATE DEFAULT DATE '9999-12-31'`,
    ...touched.declares,
    createSeenDays(self),
    sessionChanges.create(beside(self, 'changes')),
    `SET changed_days = ARRAY(
  SELECT received_date
  FROM (
    SELECT ${dayColumns} FROM UNNEST(staged_days)
    EXCEPT DISTINCT
    SELECT ${dayColumns} FROM ${seen}
  )
  UNION DISTINCT
  SELECT received_date
  FROM (
    SELECT ${dayColumns} FROM ${seen}
    EXCEPT DISTINCT
    SELECT ${dayColumns} FROM UNNEST(staged_days)
  )
)`,
    // A table of which no day was ever noted is compared as a whole.
    `SET from_day = IF((SELECT COUNT(*) FROM ${seen}) = 0, DATE '0001-01-01', DATE '9999-12-31')`,
    `SET kept_days = ARRAY(
  SELECT occurred_date
  FROM ${seen}
  CROSS JOIN UNNEST(occurred_dates) AS occurred_date
  WHERE received_date IN UNNEST(changed_days)
  UNION DISTINCT
  SELECT DATE(occurred_at) FROM ${self} WHERE DATE(occurred_at) >= from_day
)`,
    `CREATE TEMP TABLE staged AS
SELECT
  ${visitorId} AS visitor_id,
  events.event_id, events.occurred_at, events.received_at,
  COALESCE(events._receipt_count, 1) AS receipt_count,
  ${borderColumns}
FROM ${staged} AS events
LEFT JOIN ${serverVisitors} AS server_visitors ON server_visitors.event_id = events.event_id
WHERE DATE(events.received_at) IN UNNEST(changed_days)
  AND ${visitors.isSessionEvent('events')}`,
    `CREATE TEMP TABLE kept AS
SELECT
  visitor_id, event_id, occurred_at, received_at, COALESCE(_receipt_count, 1) AS receipt_count,
  _first_visitor_id IS NOT NULL AS is_first
FROM ${self}
WHERE DATE(occurred_at) IN UNNEST(kept_days)
  AND DATE(received_at) IN UNNEST(changed_days)`,
    `CREATE TEMP TABLE came AS
SELECT
  ${stagedColumns.map((name) => `staged.${name}`).join(', ')}
FROM staged
LEFT JOIN kept ON ${sameKey}
WHERE kept.event_id IS NULL`,
    `CREATE TEMP TABLE went AS
SELECT
  kept.visitor_id, kept.event_id, kept.occurred_at, kept.is_first
FROM kept
LEFT JOIN staged ON ${sameKey}
WHERE staged.event_id IS NULL`,
    `CREATE TEMP TABLE firsts AS
SELECT _first_visitor_id AS visitor_id, MIN(_first_occurred_at) AS first_at
-- lint-ok: partition-filter these columns hold something for one event of each visitor alone
FROM ${self}
WHERE _first_visitor_id IN (SELECT visitor_id FROM came UNION DISTINCT SELECT visitor_id FROM went)
GROUP BY visitor_id`,
    ...touched.touchedSpells(self),
    `SET rebuilt_days = ARRAY(
  SELECT DISTINCT spell_date
  FROM touched_spells
  CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(DATE(spell_started_at), DATE(spell_ended_at))) AS spell_date
)`,
    `CREATE TEMP TABLE old_rows AS
SELECT
  visitor_id, event_id, occurred_at, ${placeColumns.join(', ')},
  ${borderColumns}
FROM ${self}
INNER JOIN touched_spells
  ON touched_visitor_id = visitor_id
  AND spell_started_at = _spell_started_at
WHERE DATE(occurred_at) IN UNNEST(rebuilt_days)`,
    `CREATE TEMP TABLE visitor_events AS
SELECT visitor_id, event_id, occurred_at, user_id, is_arrival, utm_key, click_key
FROM old_rows
WHERE event_id NOT IN (SELECT event_id FROM went)
UNION ALL
SELECT visitor_id, event_id, occurred_at, user_id, is_arrival, utm_key, click_key
FROM came`,
    // Visitors whose first event is none of those that are cut again.
    `CREATE TEMP TABLE earlier_visitors AS
SELECT firsts.visitor_id
FROM firsts
INNER JOIN (
  SELECT visitor_id, MIN(occurred_at) AS rebuilt_from FROM visitor_events GROUP BY visitor_id
) AS rebuilt
  ON rebuilt.visitor_id = firsts.visitor_id
WHERE firsts.first_at < rebuilt.rebuilt_from
  AND firsts.visitor_id NOT IN (SELECT visitor_id FROM went WHERE is_first)`,
    `CREATE TEMP TABLE placed AS
WITH
${sessionBorders.ctes({ isFirst: 'visitor_id NOT IN (SELECT visitor_id FROM earlier_visitors)' })}

SELECT visitor_id, event_id, occurred_at, ${placeColumns.join(', ')}
FROM placed`,
    `CREATE TEMP TABLE moved AS
SELECT old_rows.event_id, old_rows.session_id, old_rows.occurred_at
FROM old_rows
INNER JOIN placed ON placed.event_id = old_rows.event_id
WHERE old_rows.event_id NOT IN (SELECT event_id FROM went)
  AND (
    ${isElsewhere}
  )`,
    `SET deleted_days = ARRAY(
  SELECT DATE(occurred_at) FROM moved UNION DISTINCT SELECT DATE(occurred_at) FROM went
)`,
    `CREATE TEMP TABLE moved_rows AS
SELECT
  ${placeColumns.map((name) => `placed.${name}`).join(', ')},
  ${columns.map((name) => `events.${name}`).join(', ')}
FROM ${self} AS events
INNER JOIN placed ON placed.event_id = events.event_id
WHERE DATE(events.occurred_at) IN UNNEST(deleted_days)
  AND events.event_id IN (SELECT event_id FROM moved)`,
    sessionChanges.noteChanges(beside(self, 'changes')),
    // A run that is stopped after its rows are in has not seen their days: the next one must find
    // these rows. No day has -1 events, and so it is looked at again.
    `INSERT INTO ${seen} (
  received_date, row_count, time_bits, receipt_count, joined_bits, occurred_dates
)
SELECT
  DATE(received_at), -1, 0, 0, 0, ARRAY_AGG(DISTINCT DATE(occurred_at) ORDER BY DATE(occurred_at))
FROM staged
GROUP BY DATE(received_at)`,
    `DELETE FROM ${self}
WHERE DATE(occurred_at) IN UNNEST(deleted_days)
  AND event_id IN (SELECT event_id FROM moved UNION DISTINCT SELECT event_id FROM went)`,
  ];
}

/**
 * The last statement of the script: the days are seen. Where a run ends before it, the next one
 * compares them again, and changes nothing twice.
 *
 * @param {string} self session_events
 * @param {boolean} isIncremental
 * @returns {string[]} statements
 */
function remember(self, isIncremental) {
  const seen = beside(self, 'seen_days');
  const days = dayColumns.replaceAll(/(\w+)/g, 'days.$1');
  const occurred = (/** @type {string} */ from) => `(
  SELECT
    DATE(received_at) AS received_date,
    ARRAY_AGG(DISTINCT DATE(occurred_at) ORDER BY DATE(occurred_at)) AS occurred_dates
  FROM ${from}
  GROUP BY received_date
)`;
  if (!isIncremental) {
    return [
      `CREATE OR REPLACE TABLE ${seen} AS
SELECT ${days}, COALESCE(occurred.occurred_dates, []) AS occurred_dates
FROM UNNEST(staged_days) AS days
LEFT JOIN ${occurred(self)} AS occurred ON occurred.received_date = days.received_date`,
      sessionChanges.noteAll(beside(self, 'changes')),
    ];
  }
  return [
    `CREATE OR REPLACE TABLE ${seen} AS
SELECT
  ${days},
  COALESCE(IF(
    days.received_date IN UNNEST(changed_days), occurred.occurred_dates, before.occurred_dates
  ), []) AS occurred_dates
FROM UNNEST(staged_days) AS days
LEFT JOIN ${occurred('staged')} AS occurred ON occurred.received_date = days.received_date
LEFT JOIN ${seen} AS before
  ON before.received_date = days.received_date
  AND before.row_count >= 0`,
  ];
}

module.exports = {
  borderColumns,
  createSeenDays,
  declareStaged,
  firstColumns,
  placeColumns,
  rebuild,
  remember,
  visitorId,
};
