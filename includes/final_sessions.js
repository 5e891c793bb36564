/** When a session is final, by the data clock: the last time that anything was received. */

const { ALWAYS } = require('./built_days');
const { createSeenDays } = require('./rebuilt_sessions');
const settings = require('./settings');
const { beside } = require('./sql_text');

const { late_days, session_timeout_minutes } = settings;

/** The clock before anything was received. */
const NO_TIME = "TIMESTAMP '1970-01-01 00:00:00+00'";

/** Variables of the script. */
const declareClock = [
  `DECLARE newest_day DATE DEFAULT ${ALWAYS}`,
  `DECLARE clock_at TIMESTAMP DEFAULT ${NO_TIME}`,
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
  (SELECT MAX(received_date) FROM ${beside(sessionEvents, 'seen_days')}), ${ALWAYS}
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

/** @param {string} self sessions @returns {string} SQL: adds days on which sessions become final */
const findChanged = (self) => `SET changed_days = ARRAY(
  SELECT changed_day FROM UNNEST(changed_days) AS changed_day
  UNION DISTINCT
  SELECT session_date
  -- lint-ok: partition-filter what was open may be final now, whichever day it is on
  FROM ${self} AS sessions
  WHERE is_final != (${isFinal('sessions')})
)`;

module.exports = { declareClock, setClock, isFinal, findChanged };
