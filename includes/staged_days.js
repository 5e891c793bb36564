/**
 * Which raw events a run of stg_events reads: those of the days that have rows it hasn't seen.
 *
 * A day here is that of `received_at`, a partition of raw.events and of stg_events. A small table
 * beside stg_events keeps for each day how many raw rows were there when it was last read, and the
 * XOR of their times. A day for which this is no longer so is read whole; so all rows that could
 * compete for one event at one time are seen together, and what lies in the other days has been
 * compared before. The order in which rows are loaded, and the day they belong to, don't matter.
 *
 * Which days of stg_events a run has changed stands in `stg_events__days` (includes/built_days.js), so
 * that session_events need not look at all of them.
 */

const builtDays = require('./built_days');
const { beside, hashKey } = require('./sql_text');

/** Above all idKeys: what a key counts days in. */
const DAY_UNIT = 2 ** 43;

/** Of a hash, as many bits as the day leaves. @param {string} eventId SQL @returns {string} SQL of an INT64 that few ids share */
const idKey = (eventId) => `${hashKey(eventId)} & ${DAY_UNIT - 1}`;

const FIRST_DAY = "DATE '0001-01-01'";

/**
 * Where an id is staged, in one number: to look for an id in all days is to read this column alone.
 *
 * @param {string} id SQL
 * @param {string} day SQL of its date
 * @returns {string} SQL of an INT64
 */
const dayKey = (id, day) => `DATE_DIFF(${day}, ${FIRST_DAY}, DAY) * ${DAY_UNIT} + (${idKey(id)})`;

/** @param {string} eventId SQL @param {string} receivedAt SQL @returns {string} SQL of an INT64 */
const eventKey = (eventId, receivedAt) => dayKey(eventId, `DATE(${receivedAt})`);

/**
 * The days on which ids are staged, and, rarely, a day of another id.
 *
 * @param {string} table
 * @param {string} key its column with dayKey
 * @param {string} id SQL
 * @param {string} from what has these ids
 * @param {string} [isAsked] SQL of a BOOL over the table's partitions: where they are looked for
 * @returns {string} SQL of an array
 */
const daysOf = (table, key, id, from, isAsked) => `ARRAY(
  SELECT DISTINCT DATE_ADD(${FIRST_DAY}, INTERVAL DIV(${key}, ${DAY_UNIT}) DAY)
  -- lint-ok: partition-filter an id may stand on any day: its key is looked for in all
  FROM ${table}
  WHERE MOD(${key}, ${DAY_UNIT}) IN (SELECT ${idKey(id)} FROM ${from})
    ${isAsked === undefined ? '' : `AND ${isAsked}`}
)`;

/** @param {string} self stg_events @returns {string} the table of days as they were last read */
const seenDays = (self) => beside(self, 'seen_days');

/**
 * The first statements of the script, before anything is read: what comes later is left to the next
 * run. Rows are only added to raw.events, and to count them all costs nothing: where there are no
 * more of them than were seen on the days before the newest one seen, these days are not read.
 *
 * @param {string} self stg_events
 * @param {string} rawEvents
 * @param {boolean} isIncremental
 * @returns {string[]} statements
 */
const readReceived = (self, rawEvents, isIncremental) => [
  'DECLARE received_days ARRAY<STRUCT<received_date DATE, row_count INT64, time_bits INT64>> DEFAULT []',
  `DECLARE received_from DATE DEFAULT ${FIRST_DAY}`,
  'DECLARE new_days, repeated_days, beaten_days, replaced_days ARRAY<DATE> DEFAULT []',
  `CREATE TABLE IF NOT EXISTS ${seenDays(self)} (
  received_date DATE, row_count INT64, time_bits INT64
)`,
  builtDays.create(self),
  ...(isIncremental
    ? [
        `SET received_from = COALESCE((SELECT MAX(received_date) FROM ${seenDays(self)}), ${FIRST_DAY})`,
        `SET received_from = IF(
  (SELECT COUNT(*) FROM ${rawEvents})
    = (SELECT COUNT(*) FROM ${rawEvents} WHERE DATE(received_at) >= received_from)
    + (SELECT COALESCE(SUM(row_count), 0) FROM ${seenDays(self)} WHERE received_date < received_from),
  received_from,
  ${FIRST_DAY}
)`,
      ]
    : []),
  `SET received_days = ARRAY(
  SELECT AS STRUCT received_date, row_count, time_bits
  FROM (
    SELECT received_date, row_count, time_bits
    FROM ${seenDays(self)}
    WHERE received_date < received_from
    UNION ALL
    SELECT
      DATE(received_at) AS received_date,
      COUNT(*) AS row_count,
      BIT_XOR(UNIX_MICROS(received_at)) AS time_bits
    FROM ${rawEvents}
    WHERE DATE(received_at) >= received_from
    GROUP BY received_date
  )
)`,
  // A refresh that is stopped has changed all days.
  ...(isIncremental ? [] : [builtDays.noteChanged(self, 'SELECT day FROM before')]),
];

/**
 * Finds new_days and what is staged of their ids (staged_again, few), and deletes staged events that
 * another raw row beats, so that the run stages them again: one that was received earlier, or at the
 * same time where more rows than were seen then stand at it.
 *
 * @param {object} tables
 * @param {string} tables.self stg_events
 * @param {string} tables.newEvents SQL, raw rows of new_days
 * @param {string} tables.isReplaced SQL of a BOOL over stg_events: rows that their source gives no more, or ''
 * @returns {string[]} statements
 */
function findNew({ self, newEvents, isReplaced }) {
  const beats = `new_receipts.received_at < staged.received_at
      OR (
        new_receipts.received_at = staged.received_at
        AND new_receipts.receipt_count > COALESCE(staged._receipt_count, 1)
      )`;
  return [
    `SET new_days = ARRAY(
  SELECT DISTINCT received_date
  FROM (
    SELECT received_date, row_count, time_bits FROM UNNEST(received_days)
    EXCEPT DISTINCT
    SELECT received_date, row_count, time_bits FROM ${seenDays(self)}
  )
)`,
    `CREATE TEMP TABLE new_receipts AS
SELECT event_id, received_at, COUNT(*) AS receipt_count
FROM ${newEvents}
GROUP BY event_id, received_at`,
    `SET repeated_days = ${daysOf(self, '_event_key', 'event_id', 'new_receipts')}`,
    // What is staged of these ids, and stays where nothing beats it.
    `CREATE TEMP TABLE staged_again AS
SELECT
  staged.event_id, DATE(staged.received_at) AS received_date,
  LOGICAL_OR(
    ${beats}
  ) AS is_beaten
FROM (
  SELECT event_id, received_at, _receipt_count
  FROM ${self}
  WHERE DATE(received_at) IN UNNEST(repeated_days)
    ${isReplaced === '' ? '' : `AND NOT COALESCE(${isReplaced}, FALSE)`}
) AS staged
INNER JOIN new_receipts ON new_receipts.event_id = staged.event_id
GROUP BY event_id, received_date`,
    `SET beaten_days = ARRAY(SELECT DISTINCT received_date FROM staged_again WHERE is_beaten)`,
    ...(isReplaced === ''
      ? []
      : [
          `SET replaced_days = ARRAY(
  SELECT DISTINCT DATE(received_at)
  -- lint-ok: partition-filter a source may change any day
  FROM ${self}
  WHERE received_at IS NOT NULL
    AND ${isReplaced}
)`,
        ]),
    // Before anything changes: a run that is stopped may have changed these days.
    builtDays.noteChanged(
      self,
      `SELECT DATE(received_at) AS day FROM new_receipts WHERE received_at IS NOT NULL
  UNION DISTINCT
  SELECT beaten_day FROM UNNEST(beaten_days) AS beaten_day
  ${isReplaced === '' ? '' : 'UNION DISTINCT SELECT replaced_day FROM UNNEST(replaced_days) AS replaced_day'}`,
    ),
    `DELETE FROM ${self}
WHERE DATE(received_at) IN UNNEST(beaten_days)
  AND event_id IN (SELECT event_id FROM staged_again WHERE is_beaten)`,
    ...(isReplaced === ''
      ? []
      : [
          `DELETE FROM ${self}
WHERE DATE(received_at) IN UNNEST(replaced_days)
  AND ${isReplaced}`,
        ]),
  ];
}

/** The events to be staged, in the rows of newEvents. */
const isNew = 'event_id NOT IN (SELECT event_id FROM staged_again WHERE NOT is_beaten)';

/** Raw events that findNew and isNew look at. */
const isNewDay = 'DATE(received_at) IN UNNEST(new_days)';

/**
 * The last statements of the script: the days are read. Where a run ends before that, the next one
 * reads them again, and stages nothing twice.
 *
 * @param {string} self stg_events
 * @param {boolean} isIncremental
 * @returns {string[]} statements
 */
const remember = (self, isIncremental) => [
  ...(isIncremental
    ? []
    : [
        builtDays.noteChanged(
          self,
          `-- lint-ok: partition-filter one column of all days says which days there are
  SELECT DATE(received_at) AS day FROM ${self} WHERE received_at IS NOT NULL
  UNION DISTINCT
  SELECT day FROM before`,
        ),
      ]),
  `CREATE OR REPLACE TABLE ${seenDays(self)} AS
SELECT received_date, row_count, time_bits
FROM UNNEST(received_days)`,
];

module.exports = {
  dayKey,
  daysOf,
  eventKey,
  findNew,
  isNew,
  isNewDay,
  readReceived,
  remember,
};
