/**
 * `session_events__changes`: the sessions that int_sessions__sessions must build again, noted by
 * session_events before it changes anything. The reader takes the notes out when it is done; where
 * a run ends before that, the next one builds the same sessions once more.
 */

const builtDays = require('./built_days');
const { eventColumns } = require('./session_rules');
const settings = require('./settings');

const { reporting_time_zone } = settings;

/** @param {string} changes @returns {string} SQL of an empty table, where there is none */
const create = (changes) => `CREATE TABLE IF NOT EXISTS ${changes} (
  session_id STRING, event_date DATE, session_date DATE, is_replaced BOOL
)`;

/** A row without a session stands for all. @param {string} changes @returns {string} SQL */
const noteAll = (changes) => `CREATE OR REPLACE TABLE ${changes} AS
SELECT
  CAST(NULL AS STRING) AS session_id, CAST(NULL AS DATE) AS event_date,
  CAST(NULL AS DATE) AS session_date, TRUE AS is_replaced`;

/**
 * Notes which sessions are no longer what int_sessions__sessions knows: under their date and the
 * dates of their events as they were (is_replaced) and as they are.
 *
 * @param {string} changes @returns {string} SQL
 */
const noteChanges = (
  changes,
) => `INSERT INTO ${changes} (session_id, event_date, session_date, is_replaced)
WITH
new_sessions AS (
  SELECT session_id, MIN(occurred_at) AS started_at
  FROM placed
  GROUP BY session_id
  HAVING COUNTIF(
    event_id IN (SELECT event_id FROM came) OR event_id IN (SELECT event_id FROM moved)
  ) > 0
),

old_sessions AS (
  SELECT session_id, MIN(occurred_at) AS started_at
  FROM old_rows
  GROUP BY session_id
  HAVING session_id IN (SELECT session_id FROM new_sessions)
    OR COUNTIF(
      event_id IN (SELECT event_id FROM went) OR event_id IN (SELECT event_id FROM moved)
    ) > 0
)

SELECT DISTINCT
  placed.session_id, DATE(occurred_at), DATE(started_at, '${reporting_time_zone}'), FALSE
FROM placed
INNER JOIN new_sessions ON new_sessions.session_id = placed.session_id
UNION DISTINCT
SELECT
  old_rows.session_id, DATE(occurred_at), DATE(started_at, '${reporting_time_zone}'), TRUE
FROM old_rows
INNER JOIN old_sessions ON old_sessions.session_id = old_rows.session_id`;

/** SQL of a BOOL over session_id. */
const isChanged =
  "(all_from = DATE '0001-01-01' OR session_id IN (SELECT session_id FROM changed WHERE session_id IS NOT NULL))";

/** What sessions are built from. */
const readColumns = [
  ...['session_id', 'sequence', 'split_cause', 'is_guarded', 'seconds_since_previous'],
  ...eventColumns.filter((name) => !['event_date', 'page_host', 'page_path'].includes(name)),
];

/**
 * Takes what has changed out of int_sessions__sessions, and finds what is to be built.
 *
 * @param {object} tables
 * @param {string} tables.self int_sessions__sessions
 * @param {string} tables.events session_events
 * @param {string} tables.changes
 * @returns {string[]} statements
 */
const take = ({ self, events, changes }) => [
  `DECLARE event_dates, replaced_dates ARRAY<DATE> DEFAULT []`,
  `DECLARE all_from DATE DEFAULT DATE '9999-12-31'`,
  create(changes),
  `CREATE TEMP TABLE changed AS
SELECT DISTINCT session_id, event_date, session_date, is_replaced FROM ${changes}`,
  `SET all_from = (
  SELECT IF(COUNTIF(session_id IS NULL) > 0, DATE '0001-01-01', DATE '9999-12-31') FROM changed
)`,
  `SET event_dates = ARRAY(
  SELECT event_date FROM changed WHERE event_date IS NOT NULL
  UNION DISTINCT
  SELECT DATE(occurred_at) FROM ${events} WHERE DATE(occurred_at) >= all_from
)`,
  `SET replaced_dates = ARRAY(
  -- also where all is new: a run that was stopped may have built it
  SELECT session_date FROM changed WHERE session_date IS NOT NULL
  UNION DISTINCT
  SELECT session_date FROM ${self} WHERE session_date >= all_from
)`,
  `CREATE TEMP TABLE changed_events AS
SELECT ${readColumns.join(', ')}
FROM ${events}
WHERE DATE(occurred_at) IN UNNEST(event_dates)
  AND ${isChanged}`,
  `DELETE FROM ${self}
WHERE session_date IN UNNEST(replaced_dates)
  AND ${isChanged}`,
];

/**
 * The last statements of the script: which days have changed, for the models that are built day by
 * day, and that what was taken is done.
 *
 * @param {object} tables
 * @param {string} tables.self int_sessions__sessions
 * @param {string} tables.changes
 * @param {boolean} isIncremental
 * @returns {string[]} statements
 */
function finish({ self, changes }, isIncremental) {
  if (!isIncremental) {
    return [
      builtDays.create(self),
      builtDays.noteChanged(
        self,
        `SELECT DISTINCT session_date AS day FROM ${self}
  UNION DISTINCT
  SELECT day FROM before`,
      ),
      clear(changes),
    ];
  }
  return [
    builtDays.create(self),
    builtDays.setAllOrNothing('all_from', self, 'all_from'),
    builtDays.noteChanged(
      self,
      `SELECT session_date AS day FROM changed WHERE session_date IS NOT NULL
  UNION DISTINCT
  SELECT replaced_date FROM UNNEST(replaced_dates) AS replaced_date
  UNION DISTINCT
  SELECT session_date FROM ${self} WHERE session_date >= all_from`,
    ),
    clear(changes),
  ];
}

/** @param {string} changes @returns {string} SQL: what was taken is done */
const clear = (changes) => `DELETE FROM ${changes} WHERE TRUE`;

module.exports = { create, finish, noteAll, noteChanges, take };
