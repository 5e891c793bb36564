/** When a session is final, by the data clock: the last time that anything was received. */

const { ALWAYS } = require('./built_days');
const { createSeenDays } = require('./rebuilt_sessions');
const settings = require('./settings');
const { beside } = require('./sql_text');

const { late_days, session_timeout_minutes, max_session_hours } = settings;

/** The clock before anything was received. */
const NO_TIME = "TIMESTAMP '1970-01-01 00:00:00+00'";

/** Variables of the script. */
const declareClock = [
  `DECLARE newest_day DATE DEFAULT ${ALWAYS}`,
  `DECLARE clock_at TIMESTAMP DEFAULT ${NO_TIME}`,
  `DECLARE open_from DATE DEFAULT ${ALWAYS}`,
];

/**
 * Sets clock_at: a second run says the same. It is on the newest day that session_events has seen,
 * or later.
 *
 * @param {string} stagedEvents stg_events
 * @param {string} sessionEvents
 * @returns {string[]} statements
 */
const setClock = (stagedEvents, sessionEvents) => [
  createSeenDays(sessionEvents),
  `SET newest_day = COALESCE(
  (
    SELECT MAX(received_date)
    FROM ${beside(sessionEvents, 'seen_days')}
    WHERE ARRAY_LENGTH(occurred_dates) > 0
  ),
  ${ALWAYS}
)`,
  `SET clock_at = COALESCE(
  (SELECT MAX(received_at) FROM ${stagedEvents} WHERE DATE(received_at) >= newest_day),
  ${NO_TIME}
)`,
];

/**
 * @param {string} sessions table or alias
 * @returns {string} SQL of a BOOL: only an event that comes too late could change the session
 */
const isFinal = (sessions) => `${sessions}.split_cause = 'imported' OR clock_at > TIMESTAMP_ADD(
      TIMESTAMP_ADD(${sessions}.ended_at, INTERVAL ${session_timeout_minutes} MINUTE),
      INTERVAL ${late_days} DAY
    )`;

/** What lies so many days before the clock is final, whatever the time zone. */
const open_days =
  late_days + Math.ceil((max_session_hours + session_timeout_minutes / 60) / 24) + 2;

/**
 * Adds the days on which sessions become final (or are it no more, where the newest event went):
 * they lie between the clock of the last run, which is kept beside the model, and this one.
 *
 * @param {string} self sessions
 * @returns {string[]} statements
 */
const findChanged = (self) => [
  createClock(self),
  `SET open_from = COALESCE(
  DATE_SUB(
    DATE(LEAST(clock_at, (SELECT MIN(seen_at) FROM ${beside(self, 'clock')}))),
    INTERVAL ${open_days} DAY
  ),
  ${ALWAYS}
)`,
  `SET changed_days = ARRAY(
  SELECT changed_day FROM UNNEST(changed_days) AS changed_day
  UNION DISTINCT
  SELECT session_date
  FROM ${self} AS sessions
  WHERE session_date >= open_from
    AND is_final != (${isFinal('sessions')})
)`,
];

/** @param {string} self sessions @returns {string} SQL */
const createClock = (self) =>
  `CREATE TABLE IF NOT EXISTS ${beside(self, 'clock')} (seen_at TIMESTAMP)`;

/** @param {string} self sessions @returns {string} SQL: the clock that is_final was told by */
const rememberClock = (self) => `CREATE OR REPLACE TABLE ${beside(self, 'clock')} AS
SELECT clock_at AS seen_at`;

module.exports = { declareClock, setClock, isFinal, findChanged, rememberClock };
