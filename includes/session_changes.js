/**
 * What int_sessions__visit_events leaves for int_sessions__sessions to build again:
 *
 * - `int_sessions__visit_events__changes`, the sessions that changed, noted before int_sessions__visit_events changes
 *   anything. The reader takes the notes out when it is done; where a run ends before that, the next
 *   one builds the same sessions once more.
 * - `int_sessions__visit_events__changed_rows`, the events of these sessions, so that no day has to be read for the
 *   few sessions that changed on it. Those that are new (is_new) int_sessions__visit_events takes from here. They
 *   are those of its last run alone; sessions that were noted and have none here are read from
 *   session_events.
 */

const builtDays = require('./built_days');
const { referrerPlace } = require('./known_sources');
const { eventColumns } = require('./session_rules');
const settings = require('./settings');
const { beside } = require('./sql_text');

const { reporting_time_zone } = settings;

/** @typedef {{ notes: string, rows: string }} Changes names of both tables */

/** @param {string} events int_sessions__visit_events @returns {Changes} */
const tablesOf = (events) => ({
  notes: beside(events, 'changes'),
  rows: beside(events, 'changed_rows'),
});

/** What sessions are built from. */
const readColumns = [
  ...['session_id', 'sequence', 'split_cause', 'is_guarded', 'seconds_since_previous'],
  ...eventColumns.filter((name) => !['event_date', 'page_host', 'page_path'].includes(name)),
];

/** Of the columns of session_events, those that are no STRING. */
const types = {
  sequence: 'INT64',
  is_guarded: 'BOOL',
  seconds_since_previous: 'INT64',
  occurred_at: 'TIMESTAMP',
  is_bot: 'BOOL',
  is_internal_referrer: 'BOOL',
  is_ignored_referrer: 'BOOL',
  engaged_seconds: 'NUMERIC',
  scroll_percent: 'INT64',
  event_date: 'DATE',
  received_at: 'TIMESTAMP',
  _receipt_count: 'INT64',
  _spell_started_at: 'TIMESTAMP',
};

/** @param {string} column of session_events @returns {string} its type in BigQuery */
const typeOf = (column) => /** @type {Record<string, string>} */ (types)[column] ?? 'STRING';

/** @param {Changes} changes @returns {string[]} statements: both tables empty, where there are none */
const create = ({ notes, rows }) => [
  `CREATE TABLE IF NOT EXISTS ${notes} (
  session_id STRING, event_date DATE, session_date DATE, is_replaced BOOL
)`,
  `CREATE TABLE IF NOT EXISTS ${rows} (
  ${readColumns.map((name) => `${name} ${typeOf(name)}`).join(', ')}, is_lone BOOL
)`,
];

/** A note without a session stands for all. @param {Changes} changes @returns {string[]} statements */
const noteAll = ({ notes, rows }) => [
  ...create({ notes, rows }),
  `TRUNCATE TABLE ${rows}`,
  `CREATE OR REPLACE TABLE ${notes} AS
SELECT
  CAST(NULL AS STRING) AS session_id, CAST(NULL AS DATE) AS event_date,
  CAST(NULL AS DATE) AS session_date, TRUE AS is_replaced`,
];

/**
 * Keeps the events of touched spells, new and old. What an earlier run kept may be no longer so.
 *
 * @param {Changes} changes
 * @param {string} query columns of session_events; has_come: the event is new, is_lone: it stands apart,
 *   is_new: it is to be inserted, moved: its new place, where it had another
 * @returns {string[]} statements
 */
const keepRows = ({ rows }, query) => [
  `CREATE OR REPLACE TABLE ${rows} AS
${query}`,
];

/**
 * Notes which sessions are no longer what int_sessions__sessions knows: under their date and the
 * dates of their events as they were (is_replaced) and as they are.
 *
 * @param {Changes} changes
 * @returns {string[]} statements
 */
const noteChanges = ({ notes, rows }) => [
  `CREATE TEMP TABLE changed_sessions AS
WITH
events AS (
  SELECT
    session_id, occurred_at, has_come OR moved IS NOT NULL AS is_changed
  FROM ${rows}
),

sessions AS (
  SELECT session_id, MIN(occurred_at) AS started_at
  FROM events
  GROUP BY session_id
  HAVING COUNTIF(is_changed) > 0
    -- also what has only lost events
    OR session_id IN (
      SELECT session_id
      FROM old_rows
      WHERE event_id IN (SELECT event_id FROM went) OR event_id IN (SELECT event_id FROM moved)
    )
)

SELECT DISTINCT
  events.session_id, DATE(occurred_at) AS event_date,
  DATE(started_at, '${reporting_time_zone}') AS session_date
FROM events
INNER JOIN sessions ON sessions.session_id = events.session_id`,
  `INSERT INTO ${notes} (session_id, event_date, session_date, is_replaced)
WITH
old_sessions AS (
  SELECT session_id, MIN(occurred_at) AS started_at
  FROM old_rows
  GROUP BY session_id
  HAVING session_id IN (SELECT session_id FROM changed_sessions)
    OR COUNTIF(
      event_id IN (SELECT event_id FROM went) OR event_id IN (SELECT event_id FROM moved)
    ) > 0
)

SELECT session_id, event_date, session_date, FALSE
FROM changed_sessions
UNION DISTINCT
SELECT
  old_rows.session_id, DATE(occurred_at), DATE(started_at, '${reporting_time_zone}'), TRUE
FROM old_rows
INNER JOIN old_sessions ON old_sessions.session_id = old_rows.session_id`,
];

/** @param {Changes} changes @returns {string} a query: the events that are new in int_sessions__visit_events */
const newRows = ({ rows }) => `SELECT * FROM ${rows} WHERE is_new`;

/** SQL of a BOOL over session_id. */
const isChanged =
  "(all_from = DATE '0001-01-01' OR session_id IN (SELECT session_id FROM changed WHERE session_id IS NOT NULL))";

/**
 * The events of the sessions that are to be built.
 *
 * @param {{ events: string, changes: Changes }} tables events: int_sessions__visit_events
 * @returns {string} a query
 */
function changedEvents({ events, changes: { rows } }) {
  const read = `${readColumns.join(', ')}, ${referrerPlace()} AS referrer_place`;
  return `SELECT ${read}
  FROM ${rows}
  WHERE session_id IN (SELECT session_id FROM changed WHERE session_id IS NOT NULL)
    AND NOT COALESCE(is_lone, FALSE)
    AND all_from > DATE '0001-01-01'
  UNION ALL
  SELECT ${read}
  FROM ${events}
  WHERE DATE(occurred_at) IN UNNEST(event_dates)
    AND ${isChanged}
    AND (all_from = DATE '0001-01-01' OR session_id NOT IN (SELECT session_id FROM ${rows}))`;
}

/**
 * Takes what has changed out of int_sessions__sessions, and finds what is to be built.
 *
 * @param {object} tables
 * @param {string} tables.self int_sessions__sessions
 * @param {string} tables.events int_sessions__visit_events
 * @param {string} tables.lone
 * @param {Changes} tables.changes
 * @returns {string[]} statements
 */
const take = ({ self, events, lone, changes }) => [
  `DECLARE event_dates, noted_dates, replaced_dates ARRAY<DATE> DEFAULT []`,
  `DECLARE all_from DATE DEFAULT DATE '9999-12-31'`,
  ...create(changes),
  `CREATE TEMP TABLE changed AS
SELECT DISTINCT session_id, event_date, session_date, is_replaced FROM ${changes.notes}`,
  `SET all_from = (
  SELECT IF(COUNTIF(session_id IS NULL) > 0, DATE '0001-01-01', DATE '9999-12-31') FROM changed
)`,
  `SET event_dates = ARRAY(
  SELECT event_date
  FROM changed
  WHERE NOT is_replaced
    AND session_id NOT IN (SELECT session_id FROM ${changes.rows})
  UNION DISTINCT
  SELECT DATE(occurred_at) FROM ${events} WHERE DATE(occurred_at) >= all_from
)`,
  // Also where all is new: a run that was stopped may have built it.
  `SET noted_dates = ARRAY(
  SELECT session_date FROM changed WHERE session_date IS NOT NULL
  UNION DISTINCT
  SELECT session_date FROM ${self} WHERE session_date >= all_from
  UNION DISTINCT
  ${loneDays(lone)} WHERE DATE(occurred_at) >= all_from
)`,
  `SET replaced_dates = ARRAY(
  SELECT DISTINCT session_date
  FROM ${self}
  WHERE session_date IN UNNEST(noted_dates)
    AND ${isChanged}
)`,
  `DELETE FROM ${self}
WHERE session_date IN UNNEST(replaced_dates)
  AND ${isChanged}`,
];

/** @param {string} lone @returns {string} a query: the days of sessions that are one event */
const loneDays = (lone) => `SELECT DATE(occurred_at, '${reporting_time_zone}') AS day FROM ${lone}`;

/**
 * The last statements of the script: which days have changed, for the models that are built day by
 * day, and that what was taken is done.
 *
 * @param {object} tables
 * @param {string} tables.self int_sessions__sessions
 * @param {string} tables.lone
 * @param {Changes} tables.changes
 * @param {boolean} isIncremental
 * @returns {string[]} statements
 */
function finish({ self, lone, changes }, isIncremental) {
  const done = clear(changes);
  if (!isIncremental) {
    return [
      builtDays.create(self),
      builtDays.noteChanged(
        self,
        `SELECT DISTINCT session_date AS day FROM ${self}
  UNION DISTINCT
  ${loneDays(lone)}
  UNION DISTINCT
  SELECT day FROM before`,
      ),
      ...done,
    ];
  }
  return [
    builtDays.create(self),
    builtDays.setAllOrNothing('all_from', self, 'all_from'),
    builtDays.noteChanged(
      self,
      `SELECT noted_date AS day FROM UNNEST(noted_dates) AS noted_date
  UNION DISTINCT
  SELECT session_date FROM ${self} WHERE session_date >= all_from`,
    ),
    ...done,
  ];
}

/** @param {Changes} changes @returns {string[]} statements: what was taken is done */
const clear = ({ notes, rows }) => [`TRUNCATE TABLE ${rows}`, `DELETE FROM ${notes} WHERE TRUE`];

module.exports = {
  changedEvents,
  create,
  finish,
  keepRows,
  newRows,
  noteAll,
  noteChanges,
  readColumns,
  tablesOf,
  take,
  typeOf,
};
