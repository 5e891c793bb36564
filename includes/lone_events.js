/**
 * Servers' events that are a spell of their own. Most are orders whose visit comes late, and takes them
 * in: kept among all events, each of them would make its day one to read and to write anew. So they
 * stand in a small table beside, and session_events is both tables together.
 *
 * stg_events keeps such an event as a whole in one column, which all others leave empty (`_server_event`);
 * so the table is made anew in each run from few bytes: all servers' events that are not among the
 * others. Where such an event stands follows from its being alone.
 */

const { referrerPlace } = require('./known_sources');
const sessionBorders = require('./session_borders');
const { typeOf } = require('./session_changes');
const { eventColumns } = require('./session_rules');
const { beside } = require('./sql_text');
const visitors = require('./visitors');

/** With a cookie or without: what the browser tells of the visit may come later. @param {string} events alias of stg_events @returns {string} SQL of a BOOL */
const isServer = (events) => `${events}.source_system = 'server'`;

/** @param {string} events alias of stg_events @returns {string} SQL of _server_event_id */
const serverEventId = (events) => `IF(${isServer(events)}, ${events}.event_id, NULL)`;

/** What stg_events keeps of a server's event. */
const fields = [...eventColumns, 'received_at', '_receipt_count'];

/** @returns {string} SQL over the columns of stg_events: of a server's event all of it, of others nothing */
const staged = () => `IF(
    ${visitors.isSessionEvent('final')}
      AND ${isServer('final')},
    [STRUCT(${fields.join(', ')})],
    []
  )`;

/** @param {string} self int_sessions__visit_events @returns {string} */
const tableOf = (self) => beside(self, 'lone');

/** SQL of the columns of session_events. */
const columns = [
  ...['session_id', 'sequence', 'split_cause', 'is_guarded', 'seconds_since_previous'],
  ...[...eventColumns, 'referrer_place', 'received_at', '_receipt_count', '_spell_started_at'],
  '_server_event_id',
];

/** SQL of those that are not as staged. @type {Readonly<Record<string, string>>} */
const values = {
  ...sessionBorders.lonePlace(
    'COALESCE(server_visitors.visitor_id, event.visitor_id)',
    'event.event_id',
  ),
  referrer_place: referrerPlace('event.'),
  _spell_started_at: 'event.occurred_at',
  _server_event_id: 'event.event_id',
};

/** @param {string} self @returns {string} a query: the servers' events that stand among the others */
const amongOthers = (self) => `SELECT _server_event_id
  -- lint-ok: partition-filter one column, which is empty but for few events
  FROM ${self}
  WHERE _server_event_id IS NOT NULL`;

/** @typedef {{ self: string, staged: string, serverVisitors: string }} Tables */

/** @param {Tables} tables @param {string} condition SQL of a BOOL @returns {string} a query */
const query = ({ self, staged: events, serverVisitors }, condition) => `SELECT
  ${columns.map((name) => `${values[name] ?? `event.${name}`} AS ${name}`).join(', ')}
-- lint-ok: partition-filter one column, which is empty but for few events
FROM ${events} AS events
CROSS JOIN UNNEST(events._server_event) AS event
LEFT JOIN ${serverVisitors} AS server_visitors ON server_visitors.event_id = event.event_id
WHERE ${condition}
  AND event.event_id NOT IN (${amongOthers(self)})`;

const layout = `PARTITION BY DATE(occurred_at)
CLUSTER BY visitor_id, session_id`;

/** @param {Tables} tables @returns {string} SQL: as it is once the others are in */
const make = (tables) => `CREATE OR REPLACE TABLE ${tableOf(tables.self)}
${layout} AS
${query(tables, 'TRUE')}`;

/** Variables of the script. */
const declares = ['DECLARE stopped_days, lone_days ARRAY<DATE> DEFAULT []'];

/**
 * Finds the lone events as they stand, in the temporary table lone_before. Of a run that was stopped
 * one may be among the others already, or in neither table.
 *
 * @param {Tables} tables
 * @param {string} seenDays int_sessions__visit_events__seen_days
 * @returns {string[]} statements
 */
const find = (tables, seenDays) => [
  `CREATE TABLE IF NOT EXISTS ${tableOf(tables.self)} (
  ${columns.map((name) => `${name} ${typeOf(name)}`).join(', ')}
)
${layout}`,
  `SET stopped_days = IF(
  (SELECT COUNTIF(version = -1) FROM ${seenDays}) = 0,
  [],
  ARRAY(
    SELECT received_date FROM UNNEST(staged_days) WHERE received_date NOT IN UNNEST(changed_days)
  )
)`,
  `INSERT INTO ${tableOf(tables.self)} (${columns.join(', ')})
${query(
  tables,
  `DATE(events.received_at) IN UNNEST(stopped_days)
  AND event.event_id NOT IN (SELECT event_id FROM ${tableOf(tables.self)})`,
)}`,
  `CREATE TEMP TABLE lone_before AS
SELECT visitor_id, event_id, occurred_at, received_at, COALESCE(_receipt_count, 1) AS receipt_count
-- lint-ok: partition-filter they are few
FROM ${tableOf(tables.self)}
WHERE event_id NOT IN (${amongOthers(tables.self)})`,
];

module.exports = {
  columns,
  declares,
  find,
  isServer,
  make,
  serverEventId,
  staged,
  tableOf,
};
