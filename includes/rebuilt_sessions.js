/**
 * How int_sessions__visit_events stays right as events arrive, without looking at all of them.
 *
 * Sessions are cut within spells of activity (includes/session_borders.js). So of all events only
 * those are cut again that are in a spell which an event has joined, left, or come close to. The
 * outcome is that of a full refresh, whatever the order and the delay in which events arrived:
 *
 * 1. Days of receipt whose version (`stg_events__days`) is not the one seen (`int_sessions__visit_events__seen_days`)
 *    are compared event by event with what is here: which came, which went. Of the other days only
 *    servers' events that now join another visitor are moved (includes/rejoined_events.js).
 * 2. Spells of their visitors within the timeout of one of these are touched. Their days are found
 *    among sessions, as int_sessions__sessions last built them.
 * 3. The events of touched spells, old and new, are cut again. What is placed as before stays: a
 *    visit that comes late as a whole changes no row of its day.
 *
 * Each step reads the days alone that the one before has found. What int_sessions__sessions must
 * build again is left for it (includes/session_changes.js).
 *
 * Columns kept for this: received_at, _receipt_count (the event's version) and _spell_started_at.
 */

const builtDays = require('./built_days');
const loneEvents = require('./lone_events');
const rejoined = require('./rejoined_events');
const sessionBorders = require('./session_borders');
const sessionChanges = require('./session_changes');
const { eventColumns, utmKey, clickKey } = require('./session_rules');
const { beside } = require('./sql_text');
const touched = require('./touched_spells');
const visitors = require('./visitors');

const { ALWAYS, NEVER } = builtDays;

/** The visitor of a staged event. */
const visitorId = 'COALESCE(server_visitors.visitor_id, events.visitor_id)';

/** What borders depend on, beside visitor, time and id. */
const borderColumns = `user_id,
    NOT is_internal_referrer AND NOT is_ignored_referrer AS is_arrival,
    ${utmKey()} AS utm_key,
    ${clickKey()} AS click_key`;

/** What is known of an event's place. */
const placeColumns = [
  ...['session_id', 'sequence', 'split_cause', 'is_guarded', 'seconds_since_previous'],
  '_spell_started_at',
];

/** What is inserted of an event, and no session is built from. */
const otherColumns = [...eventColumns, 'received_at', '_receipt_count'].filter(
  (name) => !sessionChanges.readColumns.includes(name),
);

/** @param {string} from @returns {string} SQL of an event's place */
const places = (from) => placeColumns.map((name) => `${from}.${name}`).join(', ');

/** Events that came: the staged ones that are not here. */
const came = 'staged WHERE NOT is_kept';

const dayColumns = 'received_date, version';

/** @param {string} self int_sessions__visit_events @returns {string} SQL */
const createSeenDays = (self) => `CREATE TABLE IF NOT EXISTS ${beside(self, 'seen_days')} (
  received_date DATE, version INT64, occurred_dates ARRAY<DATE>
)`;

/**
 * What each day of session_events is made of (includes/built_days.js).
 *
 * @param {string} self int_sessions__visit_events
 * @returns {string} a query: day, part
 */
const partsOf = (self) => `SELECT
    occurred_date AS day,
    CONCAT('received ', CAST(received_date AS STRING), ' ', CAST(version AS STRING)) AS part
  FROM ${beside(self, 'seen_days')}
  CROSS JOIN UNNEST(occurred_dates) AS occurred_date`;

/**
 * The first statements of the script: which days of receipt are staged, in which version.
 *
 * @param {string} staged stg_events
 * @returns {string[]} statements
 */
const readStaged = (staged) => [
  `DECLARE staged_days ARRAY<STRUCT<received_date DATE, version INT64>> DEFAULT []`,
  `DECLARE changed_days, kept_days, rebuilt_days, gone_days, moved_days ARRAY<DATE> DEFAULT []`,
  `DECLARE from_day, staged_from DATE DEFAULT ${NEVER}`,
  ...touched.declares,
  ...loneEvents.declares,
  builtDays.create(staged),
  `SET staged_days = ARRAY(
  SELECT AS STRUCT day AS received_date, version FROM ${builtDays.daysOf(staged)}
)`,
];

/**
 * Finds what has changed, cuts it again, and takes out or moves what is here. The events that are
 * new here are then among those of the sessions that changed (newRows).
 *
 * @param {object} tables
 * @param {string} tables.self int_sessions__visit_events
 * @param {string} tables.staged stg_events
 * @param {string} tables.serverVisitors
 * @param {string} tables.sessions int_sessions__sessions, as its last run left it
 * @param {readonly string[]} tables.columns what session_events has of an event, beside its visitor
 * @returns {string[]} statements
 */
function rebuild({ self, staged, serverVisitors, sessions, columns }) {
  const lone = loneEvents.tableOf(self);
  const seen = beside(self, 'seen_days');
  const changes = sessionChanges.tablesOf(self);
  const ofEvents = (/** @type {string} */ serverEventId) =>
    [...columns.map((name) => `events.${name}`), `${serverEventId} AS _server_event_id`].join(', ');
  const receiptCount = 'COALESCE(events._receipt_count, 1)';
  const isElsewhere = placeColumns
    .map((name) =>
      name === 'seconds_since_previous'
        ? `COALESCE(placed.${name}, -1) != COALESCE(events.${name}, -1)`
        : `placed.${name} != events.${name}`,
    )
    .join('\n    OR ');
  return [
    createSeenDays(self),
    ...sessionChanges.create(changes),
    // Where stg_events has noted no day, all are compared.
    `SET staged_from = IF(ARRAY_LENGTH(staged_days) = 0, ${ALWAYS}, ${NEVER})`,
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
  UNION DISTINCT
  SELECT DATE(received_at) FROM ${staged} WHERE DATE(received_at) >= staged_from
)`,
    // A table of which no day was ever noted is compared as a whole.
    `SET from_day = IF((SELECT COUNT(*) FROM ${seen}) = 0, ${ALWAYS}, ${NEVER})`,
    `SET kept_days = ARRAY(
  SELECT occurred_date
  FROM ${seen}
  CROSS JOIN UNNEST(occurred_dates) AS occurred_date
  WHERE received_date IN UNNEST(changed_days)
  UNION DISTINCT
  SELECT DATE(occurred_at) FROM ${self} WHERE DATE(occurred_at) >= from_day
)`,
    ...loneEvents.find({ self, staged, serverVisitors }, seen),
    `CREATE TEMP TABLE kept AS
SELECT
  visitor_id, event_id, occurred_at, received_at, COALESCE(_receipt_count, 1) AS receipt_count,
  FALSE AS was_lone
FROM ${self}
WHERE DATE(occurred_at) IN UNNEST(kept_days)
  AND DATE(received_at) IN UNNEST(changed_days)
UNION ALL
SELECT visitor_id, event_id, occurred_at, received_at, receipt_count, TRUE
FROM lone_before
WHERE DATE(received_at) IN UNNEST(changed_days)`,
    `CREATE TEMP TABLE staged AS
SELECT
  ${visitorId} AS visitor_id, events.event_id, events.occurred_at, events.received_at,
  ${borderColumns},
  ${loneEvents.isServer('events')} AS is_server,
  kept.event_id IS NOT NULL AS is_kept
FROM ${staged} AS events
LEFT JOIN ${serverVisitors} AS server_visitors ON server_visitors.event_id = events.event_id
LEFT JOIN kept
  ON kept.event_id = events.event_id
  AND kept.visitor_id = ${visitorId}
  AND kept.occurred_at = events.occurred_at
  AND kept.received_at = events.received_at
  AND kept.receipt_count = ${receiptCount}
WHERE DATE(events.received_at) IN UNNEST(changed_days)
  AND ${visitors.isSessionEvent('events')}`,
    `CREATE TEMP TABLE went AS
SELECT visitor_id, event_id, occurred_at, was_lone
FROM kept
WHERE event_id NOT IN (SELECT event_id FROM staged WHERE is_kept)`,
    ...rejoined.find(self, serverVisitors),
    ...touched.touchedSpells({ self, sessions, notes: changes.notes }),
    `SET rebuilt_days = ARRAY(
  SELECT DISTINCT spell_date
  FROM touched_spells
  CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(DATE(spell_started_at), DATE(spell_ended_at))) AS spell_date
  WHERE NOT is_lone
)`,
    `SET lone_days = ARRAY(
  SELECT DISTINCT DATE(occurred_at)
  FROM lone_before
  INNER JOIN touched_spells
    ON touched_visitor_id = visitor_id
    AND spell_started_at = occurred_at
)`,
    `CREATE TEMP TABLE old_rows AS
${oldRows(self, 'rebuilt_days', 'FALSE', (name) => `CAST(NULL AS ${sessionChanges.typeOf(name)})`)}
UNION ALL
${oldRows(lone, 'lone_days', 'TRUE', (name) => name)}
  AND event_id IN (SELECT event_id FROM lone_before)`,
    ...sessionChanges.keepRows(
      changes,
      `WITH
visitor_events AS (
  SELECT
    COALESCE(rejoined.visitor_id, old_rows.visitor_id) AS visitor_id, old_rows.event_id,
    old_rows.occurred_at, ${borderColumns}, _server_event_id IS NOT NULL AS is_server
  FROM old_rows
  LEFT JOIN (SELECT DISTINCT event_id, visitor_id FROM rejoined) AS rejoined
    ON rejoined.event_id = old_rows.event_id
  WHERE old_rows.event_id NOT IN (SELECT event_id FROM went)
  UNION ALL
  SELECT visitor_id, event_id, occurred_at, user_id, is_arrival, utm_key, click_key, is_server
  FROM ${came}
),

${sessionBorders.ctes()},

${sessionBorders.placed()}

SELECT
  ${places('placed')}, placed.visitor_id, ${ofEvents(loneEvents.serverEventId('events'))},
  TRUE AS has_come, placed.is_lone, NOT placed.is_lone AS is_new, NULL AS moved
FROM placed
INNER JOIN ${staged} AS events ON events.event_id = placed.event_id
WHERE DATE(events.received_at) IN UNNEST(changed_days)
  AND placed.event_id IN (SELECT event_id FROM ${came})
UNION ALL
-- A lone event stands elsewhere, and comes from there as a new one when it is taken in.
SELECT
  ${places('placed')}, placed.visitor_id, ${ofEvents('events._server_event_id')},
  FALSE, placed.is_lone, events.was_lone AND NOT placed.is_lone,
  -- The few that are no longer where they were, in a column that is empty otherwise.
  IF(
    placed.is_lone != events.was_lone
      OR ${isElsewhere},
    STRUCT(
      ${places('placed')}, placed.visitor_id, placed.event_id, placed.occurred_at,
      events.was_lone, placed.is_lone
    ),
    NULL
  )
FROM placed
INNER JOIN old_rows AS events ON events.event_id = placed.event_id
WHERE placed.event_id NOT IN (SELECT event_id FROM ${came})`,
    ),
    `CREATE TEMP TABLE moved AS
SELECT ${[...placeColumns, 'visitor_id', 'event_id', 'occurred_at', 'was_lone', 'is_lone'].map((name) => `moved.${name}`).join(', ')}
FROM ${changes.rows}
WHERE moved IS NOT NULL`,
    ...sessionChanges.noteChanges(changes),
    `CREATE TEMP TABLE leaving AS
SELECT event_id, occurred_at FROM went WHERE NOT was_lone
UNION ALL
SELECT event_id, occurred_at FROM moved WHERE is_lone AND NOT was_lone`,
    `SET gone_days = ARRAY(SELECT DISTINCT DATE(occurred_at) FROM leaving)`,
    `SET moved_days = ARRAY(
  SELECT DISTINCT DATE(occurred_at) FROM moved WHERE NOT is_lone AND NOT was_lone
)`,
    // A run that is stopped after its rows are in has not seen their days: the next one must find
    // these rows. No day has the version -1, and so it is looked at again.
    `INSERT INTO ${seen} (received_date, version, occurred_dates)
SELECT
  DATE(received_at), -1, ARRAY_AGG(DISTINCT DATE(occurred_at) ORDER BY DATE(occurred_at))
FROM staged
GROUP BY DATE(received_at)`,
    rejoined.noteBefore(self),
    `DELETE FROM ${self}
WHERE DATE(occurred_at) IN UNNEST(gone_days)
  AND event_id IN (SELECT event_id FROM leaving)`,
    `UPDATE ${self} AS events
SET
  ${[...placeColumns, 'visitor_id'].map((name) => `${name} = moved.${name}`).join(',\n  ')}
FROM moved
WHERE DATE(events.occurred_at) IN UNNEST(moved_days)
  AND events.event_id = moved.event_id
  AND NOT moved.was_lone`,
  ];
}

/**
 * What stands of touched spells in one of both tables.
 *
 * @param {string} table
 * @param {string} days variable of the script
 * @param {string} wasLone SQL of a BOOL
 * @param {(name: string) => string} other SQL of a column that sessions are not built from
 * @returns {string} a query
 */
const oldRows = (table, days, wasLone, other) => `SELECT
  ${sessionChanges.readColumns.join(', ')},
  ${otherColumns.map((name) => `${other(name)} AS ${name}`).join(', ')},
  _spell_started_at, _server_event_id, ${wasLone} AS was_lone
FROM ${table}
INNER JOIN touched_spells
  ON touched_visitor_id = visitor_id
  AND spell_started_at = _spell_started_at
WHERE DATE(occurred_at) IN UNNEST(${days})`;

/** @param {string} self int_sessions__visit_events @returns {string} a query: the rows that are new here */
const newRows = (self) => sessionChanges.newRows(sessionChanges.tablesOf(self));

/**
 * The last statements of the script: the days are seen. Where a run ends before it, the next one
 * compares them again, and changes nothing twice.
 *
 * @param {object} tables
 * @param {string} tables.self int_sessions__visit_events
 * @param {string} tables.staged stg_events
 * @param {string} tables.serverVisitors
 * @param {boolean} isIncremental
 * @returns {string[]} statements
 */
function remember({ self, staged, serverVisitors }, isIncremental) {
  const seen = beside(self, 'seen_days');
  const days = dayColumns.replaceAll(/(\w+)/g, 'days.$1');
  const occurred = (/** @type {string} */ from) => `(
  SELECT
    DATE(received_at) AS received_date,
    ARRAY_AGG(DISTINCT DATE(occurred_at) ORDER BY DATE(occurred_at)) AS occurred_dates
  FROM ${from}
  GROUP BY received_date
)`;
  const makeLone = loneEvents.make({ self, staged, serverVisitors });
  if (!isIncremental) {
    const both = [self, loneEvents.tableOf(self)];
    const times = both.map((table) => `SELECT received_at, occurred_at FROM ${table}`);
    return [
      makeLone,
      `CREATE OR REPLACE TABLE ${seen} AS
SELECT ${days}, COALESCE(occurred.occurred_dates, []) AS occurred_dates
FROM UNNEST(staged_days) AS days
LEFT JOIN ${occurred(`(${times.join(' UNION ALL ')})`)} AS occurred ON occurred.received_date = days.received_date`,
      rejoined.remember(self, serverVisitors),
      ...sessionChanges.noteAll(sessionChanges.tablesOf(self)),
    ];
  }
  return [
    makeLone,
    rejoined.remember(self, serverVisitors),
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
  AND before.version >= 0`,
  ];
}

module.exports = {
  borderColumns,
  createSeenDays,
  newRows,
  partsOf,
  placeColumns,
  readStaged,
  rebuild,
  remember,
  visitorId,
};
