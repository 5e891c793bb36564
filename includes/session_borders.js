/**
 * The SQL that cuts the events of visitors into sessions: the rules of session_events. It reads the
 * table or CTE `visitor_events`; `placed` says where each of these events belongs.
 *
 * Sessions are cut within spells of activity: no gap between two events of a spell is longer than
 * the timeout, and all gaps between spells are. Nothing depends on events outside of the spell; so a
 * spell can be cut without them. Which spell is a visitor's first is told in sessions
 * (includes/told_sessions.js): here it begins after a timeout like any other.
 */

const campaignChanges = require('./campaign_changes');
const { hasCampaign } = require('./session_rules');
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
      OR (is_arrival AND ${hasCampaign})
      OR (user_id IS NOT NULL AND NOT COALESCE(is_same_user, FALSE)))`;
const inOrder = 'ORDER BY event_number';

/** So many events of a visitor in a row are a part: as many as most sessions have, so that few have events in it. */
const PART_EVENTS = 8;

/** No gap within a run is longer than the timeout: one of fewer events after its first can't be cut. */
const fewestOfCut = Math.min(
  max_session_events,
  Math.floor((max_session_hours * 60) / session_timeout_minutes),
);

/** @param {string} firstEventId SQL @param {string} [visitorId] SQL @returns {string} SQL of a STRING */
const sessionId = (firstEventId, visitorId = 'visitor_id') =>
  `TO_HEX(MD5(CONCAT(${visitorId}, '|', ${firstEventId})))`;

/** @param {string} visitorId SQL: the visitor of timed @returns {string} SQL of a BOOL: its event is one of the run */
const isOfRun = (visitorId) => `parts.visitor_id = ${visitorId}
    AND parts.part = timed.part
    AND timed.event_number BETWEEN parts.first_number AND parts.last_number`;

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
 * @returns {string} SQL of CTEs. timed has all of the events; `joins` finds the run of each among parts,
 *   and those that a guard has cut off in guarded; `place` says what follows from them. is_lone: a
 *   server's event that is a spell of its own
 */
function ctes() {
  return `timed AS (
  SELECT
    visitor_id, event_id, occurred_at, event_number, DIV(event_number, ${PART_EVENTS}) AS part,
    TIMESTAMP_DIFF(occurred_at, previous_at, SECOND) AS seconds_since_previous,
    user_id, is_arrival, utm_key, click_key,
    ${isSpellStart} AS is_spell_start,
    ${isMark} AS is_mark,
    next_at IS NULL AS is_last,
    is_server AND (${isSpellStart}) AND (${isSpellEnd}) AS is_lone
  FROM (
    SELECT
      visitor_id, event_id, occurred_at, user_id, is_arrival, utm_key, click_key, is_server,
      LAG(occurred_at) OVER in_order AS previous_at,
      LEAD(occurred_at) OVER in_order AS next_at,
      user_id = LAG(user_id) OVER in_order AS is_same_user,
      ROW_NUMBER() OVER in_order AS event_number
    FROM visitor_events
    -- order is total: event_id is unique
    WINDOW in_order AS (PARTITION BY visitor_id ORDER BY occurred_at, event_id)
  )
),

-- Few events can begin a session. These alone are looked at, in spells of activity: no gap within
-- them exceeds the timeout.
marks AS (
  SELECT
    visitor_id, event_id, occurred_at, event_number, user_id, is_arrival, utm_key, click_key,
    is_spell_start,
    COUNTIF(is_spell_start) OVER (
      PARTITION BY visitor_id ${inOrder} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS spell,
    -- The mark before has brought this campaign already.
    COALESCE(
      is_arrival AND LAG(is_arrival) OVER in_order
        AND COALESCE(utm_key, '') = COALESCE(LAG(utm_key) OVER in_order, '')
        AND COALESCE(click_key, '') = COALESCE(LAG(click_key) OVER in_order, ''),
      FALSE
    ) AS is_repeated
  FROM timed
  WHERE is_mark
  WINDOW in_order AS (PARTITION BY visitor_id ${inOrder})
),

-- Compared among events of known users: passing over NULLs costs the square of a visitor's events.
user_changes AS (
  SELECT visitor_id, event_number FROM marks WHERE user_id IS NOT NULL
  QUALIFY user_id != LAG(user_id) OVER (PARTITION BY visitor_id, spell ${inOrder})
),

${campaignChanges.ctes()},

-- Where a session begins that no guard has cut.
starts AS (
  SELECT
    marks.visitor_id, marks.event_id, marks.event_number, occurred_at, is_spell_start,
    CASE
      WHEN is_spell_start THEN 'timeout'
      WHEN user_changes.event_number IS NOT NULL THEN 'user_change'
      WHEN campaign_changes.event_number IS NOT NULL THEN 'campaign'
    END AS cause
  FROM marks
  LEFT JOIN user_changes
    ON user_changes.visitor_id = marks.visitor_id
    AND user_changes.event_number = marks.event_number
  LEFT JOIN campaign_changes
    ON campaign_changes.visitor_id = marks.visitor_id
    AND campaign_changes.event_number = marks.event_number
),

runs AS (
  SELECT
    visitor_id, ${sessionId('event_id')} AS session_id, event_number AS first_number,
    occurred_at AS first_at, cause,
    LEAD(event_number) OVER (PARTITION BY visitor_id ${inOrder}) - 1 AS last_number,
    -- order is total: the number of an event is unique for its visitor
    MAX(IF(is_spell_start, occurred_at, NULL)) OVER (
      PARTITION BY visitor_id ${inOrder} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS spell_started_at
  FROM starts
  WHERE cause IS NOT NULL
),

-- An event's run is found among the few that have events in the same part of its visitor's. To
-- number the runs of all events instead would sort these once more.
parts AS (
  SELECT
    runs.visitor_id, session_id, first_number, first_at, cause, spell_started_at, part,
    COALESCE(last_number, last_events.event_number) AS last_number
  FROM runs
  INNER JOIN timed AS last_events
    ON last_events.visitor_id = runs.visitor_id AND last_events.is_last
  CROSS JOIN UNNEST(GENERATE_ARRAY(
    DIV(first_number, ${PART_EVENTS}),
    DIV(COALESCE(last_number, last_events.event_number), ${PART_EVENTS})
  )) AS part
),

-- Guards cut a run at every multiple of the allowed events and hours. Few runs are long enough.
pieces AS (
  SELECT
    timed.visitor_id, event_id, event_number, session_id, cause,
    DIV(event_number - first_number, ${max_session_events})
      + DIV(TIMESTAMP_DIFF(occurred_at, first_at, SECOND), ${max_session_hours * 3600})
      AS piece
  FROM timed
  INNER JOIN parts ON ${isOfRun('timed.visitor_id')}
  WHERE last_number - first_number >= ${fewestOfCut}
),

-- A piece's first event cuts.
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
)`;
}

/** SQL of an INT64: the event's place in its session. */
const sequence = 'COALESCE(guarded.sequence, event_number - first_number + 1)';

/** Where an event belongs: SQL by column, over what joins() joins. @type {Readonly<Record<string, string>>} */
const place = {
  session_id: 'COALESCE(guarded.session_id, parts.session_id)',
  sequence,
  split_cause: 'COALESCE(guarded.split_cause, cause)',
  is_guarded: 'guarded.event_id IS NOT NULL',
  seconds_since_previous: `IF(${sequence} = 1, NULL, timed.seconds_since_previous)`,
  _spell_started_at: 'spell_started_at',
};

/**
 * @param {string} visitorId SQL: the visitor of timed, from a table that has it at hand
 * @returns {string} SQL that joins to timed what is known of its events' places
 */
const joins = (visitorId) => `INNER JOIN parts ON ${isOfRun(visitorId)}
  LEFT JOIN guarded ON guarded.event_id = timed.event_id`;

/** @returns {string} SQL of a CTE: the places of all events */
const placed = () => `placed AS (
  SELECT
    timed.visitor_id, timed.event_id, timed.occurred_at,
    ${Object.entries(place)
      .map(([name, sql]) => `${sql} AS ${name}`)
      .join(',\n    ')},
    is_lone
  FROM timed
  ${joins('timed.visitor_id')}
)`;

module.exports = { ctes, joins, lonePlace, place, placed };
