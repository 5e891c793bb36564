/**
 * The SQL that cuts the events of visitors into sessions: the rules of session_events. It reads the
 * table or CTE `visitor_events`; its last CTE, `placed`, says where each of these events belongs.
 *
 * Sessions are cut within spells of activity: no gap between two events of a spell is longer than
 * the timeout, and all gaps between spells are. Nothing depends on events outside of the spell; so a
 * spell can be cut without them. Which spell is a visitor's first is told in sessions
 * (includes/told_sessions.js): here it begins after a timeout like any other.
 */

const campaignChanges = require('./campaign_changes');
const settings = require('./settings');

const { session_timeout_minutes, max_session_events, max_session_hours } = settings;

/** SQL of a BOOL: the event begins a spell. */
const isSpellStart = `previous_at IS NULL
      OR TIMESTAMP_DIFF(occurred_at, previous_at, MICROSECOND) > ${session_timeout_minutes * 60 * 1000000}`;

/** SQL of a BOOL: no event of the spell follows. */
const isSpellEnd = `next_at IS NULL
      OR TIMESTAMP_DIFF(next_at, occurred_at, MICROSECOND) > ${session_timeout_minutes * 60 * 1000000}`;

/** SQL of a BOOL: borders depend on the event. Of a user's events in a row the first tells enough. */
const isMark = `(${isSpellStart}
      OR COALESCE(utm_key, click_key) IS NOT NULL
      OR (user_id IS NOT NULL AND NOT COALESCE(is_same_user, FALSE)))`;
const inOrder = 'ORDER BY event_number';
const soFar = `${inOrder} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW`;

/** @param {string} firstEventId SQL @param {string} [visitorId] SQL @returns {string} SQL of a STRING */
const sessionId = (firstEventId, visitorId = 'visitor_id') =>
  `TO_HEX(MD5(CONCAT(${visitorId}, '|', ${firstEventId})))`;

/**
 * Where an event stands that is a spell of its own.
 *
 * @param {string} visitorId SQL
 * @param {string} eventId SQL
 * @returns {Readonly<Record<string, string>>} SQL by column
 */
const lonePlace = (visitorId, eventId) => ({
  visitor_id: visitorId,
  session_id: sessionId(eventId, visitorId),
  sequence: '1',
  split_cause: "'timeout'",
  is_guarded: 'FALSE',
  seconds_since_previous: 'CAST(NULL AS INT64)',
});

/**
 * @returns {string} SQL of CTEs. placed has visitor_id, event_id, occurred_at, session_id,
 *   sequence, split_cause, is_guarded, seconds_since_previous, _spell_started_at, and is_lone: a
 *   server's event that is a spell of its own
 */
function ctes() {
  return `timed AS (
  SELECT
    visitor_id, event_id, occurred_at, user_id, is_arrival, utm_key, click_key, is_server,
    LAG(occurred_at) OVER in_order AS previous_at,
    LEAD(occurred_at) OVER in_order AS next_at,
    user_id = LAG(user_id) OVER in_order AS is_same_user,
    ROW_NUMBER() OVER in_order AS event_number
  FROM visitor_events
  -- order is total: event_id is unique
  WINDOW in_order AS (PARTITION BY visitor_id ORDER BY occurred_at, event_id)
),

-- Each event knows the last mark before it: that of an event which borders depend on.
marked AS (
  SELECT
    visitor_id, event_id, occurred_at, event_number, user_id, is_arrival, utm_key, click_key,
    previous_at,
    is_server AND (${isSpellStart}) AND (${isSpellEnd}) AS is_lone,
    ${isMark} AS is_mark,
    COUNTIF(${isMark})
      OVER (PARTITION BY visitor_id ${soFar}) AS mark
  FROM timed
),

-- These few events alone are looked at, in spells of activity: no gap within them exceeds the timeout.
marks AS (
  SELECT
    visitor_id, event_id, occurred_at, event_number, mark, user_id, is_arrival, utm_key, click_key,
    previous_at,
    ${isSpellStart} AS is_spell_start,
    COUNTIF(${isSpellStart})
      OVER (PARTITION BY visitor_id ${soFar}) AS spell
  FROM marked
  WHERE is_mark
),

-- Compared among events of known users: passing over NULLs costs the square of a visitor's events.
user_changes AS (
  SELECT visitor_id, event_number FROM marks WHERE user_id IS NOT NULL
  QUALIFY user_id != LAG(user_id) OVER (PARTITION BY visitor_id, spell ${inOrder})
),

${campaignChanges.ctes()},

-- Where a session begins that no guard has cut.
starts AS (
  SELECT visitor_id, event_number, TRUE AS is_spell_start, 'timeout' AS cause
  FROM marks WHERE is_spell_start
  UNION ALL
  SELECT visitor_id, event_number, FALSE, 'user_change' FROM user_changes
  UNION ALL
  SELECT visitor_id, event_number, FALSE, 'campaign' FROM campaign_changes
),

runs AS (
  SELECT
    marks.visitor_id, marks.mark, marks.event_id, marks.event_number, occurred_at, cause,
    starts.is_spell_start,
    -- order is total: the number of an event is unique for its visitor
    COUNTIF(cause IS NOT NULL) OVER (
      PARTITION BY marks.visitor_id ORDER BY marks.event_number
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS run
  FROM marks
  LEFT JOIN starts
    ON starts.visitor_id = marks.visitor_id AND starts.event_number = marks.event_number
),

run_starts AS (
  SELECT
    visitor_id, run, ${sessionId('event_id')} AS session_id, event_number, occurred_at, cause,
    -- order is total: a run has one start
    MAX(IF(is_spell_start, occurred_at, NULL)) OVER (
      PARTITION BY visitor_id ORDER BY run ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS spell_started_at
  FROM runs WHERE cause IS NOT NULL
),

mark_places AS (
  SELECT
    runs.visitor_id, runs.mark, run_starts.session_id, run_starts.event_number AS first_number,
    run_starts.occurred_at AS first_at, run_starts.cause, spell_started_at
  FROM runs
  LEFT JOIN run_starts
    ON run_starts.visitor_id = runs.visitor_id AND run_starts.run = runs.run
),

-- Guards cut a run at every multiple of the allowed events and hours.
pieces AS (
  SELECT
    marked.visitor_id, marked.event_id, marked.event_number, previous_at, marked.occurred_at,
    session_id, first_number, cause, spell_started_at, is_lone,
    DIV(marked.event_number - first_number, ${max_session_events})
      + DIV(TIMESTAMP_DIFF(marked.occurred_at, first_at, SECOND), ${max_session_hours * 3600})
      AS piece
  FROM marked
  LEFT JOIN mark_places
    ON mark_places.visitor_id = marked.visitor_id AND mark_places.mark = marked.mark
),

-- Few runs are cut: these alone are looked at again. A piece's first event cuts.
guarded AS (
  SELECT
    event_id,
    ROW_NUMBER() OVER in_piece AS sequence,
    ${sessionId('FIRST_VALUE(event_id) OVER in_piece')} AS session_id,
    IF(piece > 0, 'guard', cause) AS split_cause
  FROM pieces
  WHERE session_id IN (SELECT session_id FROM pieces WHERE piece > 0)
  -- order is total: the number of an event is unique for its visitor
  WINDOW in_piece AS (PARTITION BY visitor_id, session_id, piece ORDER BY event_number)
),

placed AS (
  SELECT
    pieces.visitor_id, pieces.event_id, occurred_at,
    COALESCE(guarded.session_id, pieces.session_id) AS session_id,
    COALESCE(guarded.sequence, event_number - first_number + 1) AS sequence,
    COALESCE(guarded.split_cause, cause) AS split_cause,
    guarded.event_id IS NOT NULL AS is_guarded,
    IF(
      COALESCE(guarded.sequence, event_number - first_number + 1) = 1,
      NULL,
      TIMESTAMP_DIFF(occurred_at, previous_at, SECOND)
    ) AS seconds_since_previous,
    spell_started_at AS _spell_started_at,
    is_lone
  FROM pieces
  LEFT JOIN guarded ON guarded.event_id = pieces.event_id
)`;
}

module.exports = { ctes, lonePlace };
