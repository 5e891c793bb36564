/**
 * Which click reports a run of stg_ads__clicks reads: those of the days that have rows it hasn't
 * seen, and of the days on which the clicks of these rows stand already. Rows are only added to
 * raw.ad_clicks, and to count them all costs nothing: where there are no more than were seen,
 * nothing is read.
 */

const { ALWAYS, NEVER } = require('./built_days');
const { beside } = require('./sql_text');
const { daysOf } = require('./staged_days');

/**
 * What a click has in reports and links alike.
 *
 * @param {string} [type] SQL of its type in lower case
 * @returns {string} SQL of a STRING over platform and click_id
 */
const clickName = (type = 'click_id_type') => `CONCAT(platform, '|', ${type}, '|', click_id)`;

/** @param {string} self stg_ads__clicks @returns {string} the reports of each day when it was last read */
const seenDays = (self) => beside(self, 'seen_days');

/** @param {string} self stg_ads__clicks @returns {string} SQL */
const createSeenDays = (self) =>
  `CREATE TABLE IF NOT EXISTS ${seenDays(self)} (click_date DATE, report_count INT64)`;

/**
 * The first statements of the script, before anything is read.
 *
 * @param {string} self stg_ads__clicks
 * @param {string} reports raw.ad_clicks
 * @param {boolean} isIncremental
 * @returns {string[]} statements
 */
const readReports = (self, reports, isIncremental) => [
  'DECLARE report_days ARRAY<STRUCT<click_date DATE, report_count INT64>> DEFAULT []',
  'DECLARE new_days, staged_days, read_days ARRAY<DATE> DEFAULT []',
  `DECLARE reports_from DATE DEFAULT ${ALWAYS}`,
  createSeenDays(self),
  ...(isIncremental
    ? [
        `SET reports_from = IF(
  (SELECT COUNT(*) FROM ${reports}) = (SELECT COALESCE(SUM(report_count), 0) FROM ${seenDays(self)}),
  ${NEVER},
  ${ALWAYS}
)`,
      ]
    : []),
  `SET report_days = ARRAY(
  SELECT AS STRUCT click_date, COUNT(*) AS report_count
  FROM ${reports}
  WHERE click_date >= reports_from
  GROUP BY click_date
)`,
];

/**
 * Finds the clicks of new reports (the temporary table new_clicks) and read_days, on which the report
 * that counts stands, and takes them out.
 *
 * @param {string} self stg_ads__clicks
 * @param {string} reports raw.ad_clicks
 * @param {string} clickColumns SQL: platform, click_id_type and click_id of a report
 * @returns {string[]} statements
 */
const takeNew = (self, reports, clickColumns) => [
  `SET new_days = ARRAY(
  SELECT click_date
  FROM (
    SELECT click_date, report_count FROM UNNEST(report_days)
    EXCEPT DISTINCT
    SELECT click_date, report_count FROM ${seenDays(self)}
  )
  UNION DISTINCT
  SELECT click_date FROM ${seenDays(self)} WHERE report_count < 0
)`,
  `CREATE TEMP TABLE new_clicks AS
SELECT DISTINCT ${clickName()} AS click_name
FROM (
  SELECT ${clickColumns}
  FROM ${reports}
  WHERE click_date IN UNNEST(new_days)
)`,
  `SET staged_days = ${daysOf(self, '_click_key', 'click_name', 'new_clicks', 'click_date >= reports_from')}`,
  `SET read_days = ARRAY(
  SELECT new_day FROM UNNEST(new_days) AS new_day
  UNION DISTINCT
  SELECT staged_day FROM UNNEST(staged_days) AS staged_day
)`,
  // Of a run that is stopped when these clicks are out the next one finds all days again.
  `INSERT INTO ${seenDays(self)} (click_date, report_count)
SELECT read_day, -1 FROM UNNEST(read_days) AS read_day`,
  `DELETE FROM ${self}
WHERE click_date IN UNNEST(staged_days)
  AND ${clickName()} IN (SELECT click_name FROM new_clicks)`,
];

/** The reports that are read. */
const isRead = 'click_date IN UNNEST(read_days)';

/** Of these, the reports of clicks that are staged anew. */
const isNew = `${clickName()} IN (SELECT click_name FROM new_clicks)`;

/**
 * The last statement of the script: the days are read.
 *
 * @param {string} self stg_ads__clicks @returns {string} SQL
 */
const remember = (self) => `CREATE OR REPLACE TABLE ${seenDays(self)} AS
SELECT click_date, report_count FROM UNNEST(report_days)
UNION ALL
SELECT click_date, report_count FROM ${seenDays(self)} WHERE reports_from = ${NEVER}`;

module.exports = {
  clickName,
  createSeenDays,
  isNew,
  isRead,
  readReports,
  remember,
  seenDays,
  takeNew,
};
