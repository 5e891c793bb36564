/**
 * What a session of a platform is looked up by in clicks and reports, and which sessions are to be
 * looked up again as these change: int_sessions__platform_sessions keeps the texts in _looked_up.
 */

const { beside } = require('./sql_text');
const { NEVER, ALWAYS } = require('./built_days');
const { clickName, seenDays } = require('./reported_clicks');
const { daysOf } = require('./staged_days');

/** @param {string} type @param {string} id @returns {string} SQL of a STRING */
const click = (type, id) => `CONCAT('click ', ${type}, '=', ${id})`;

/** @param {string} date @returns {string} SQL of a STRING: the day whose click report was met */
const clickDay = (date) => `CONCAT('clicks of ', CAST(${date} AS STRING))`;

/** @param {string} value SQL @returns {string} SQL of a STRING */
const tag = (value) => `CONCAT('tag ', ${value})`;

/**
 * What stands in the tables that sessions are looked up in, as it was when they were read.
 *
 * @param {object} tables
 * @param {string} tables.clicks stg_ads__clicks
 * @param {string} tables.tags int_sessions__cost_tags
 * @param {string} tables.reportLines
 * @returns {string} a query: platform, looked_up (NULL: whatever it is), content
 */
const contentNow = ({ clicks, tags, reportLines }) => `SELECT
    CAST(NULL AS STRING) AS platform, ${clickDay('click_date')} AS looked_up,
    CAST(SUM(report_count) AS STRING) AS content
  -- One more report of a day is one to look at.
  FROM ${seenDays(clicks)}
  GROUP BY click_date
  UNION ALL
  SELECT
    platform, ${tag('tag_value')},
    CAST(BIT_XOR(FARM_FINGERPRINT(TO_JSON_STRING(tags))) AS STRING)
  FROM ${tags} AS tags
  GROUP BY platform, tag_value
  UNION ALL
  -- A new account may be what makes another no longer the only one.
  SELECT platform, NULL, STRING_AGG(DISTINCT COALESCE(account_id, ''), ', ' ORDER BY COALESCE(account_id, ''))
  -- lint-ok: partition-filter accounts are those of all days
  FROM ${reportLines}
  GROUP BY platform`;

/** @param {Parameters<typeof contentNow>[0]} tables @returns {string} SQL: before anything is looked up */
const readNow = (tables) => `CREATE TEMP TABLE looked_up_now AS
SELECT platform, looked_up, content
FROM (
  ${contentNow(tables)}
)`;

/**
 * Adds to changed_days the days of sessions that clicks, tags or accounts may mean otherwise now.
 *
 * @param {string} self int_sessions__platform_sessions
 * @param {Parameters<typeof contentNow>[0]} tables
 * @returns {string[]} statements
 */
function findChanged(self, tables) {
  const seen = beside(self, 'looked_up');
  const columns = 'platform, looked_up, content';
  const rows = (/** @type {string} */ from) => `SELECT ${columns} FROM ${from}`;
  return [
    `CREATE TABLE IF NOT EXISTS ${seen} (platform STRING, looked_up STRING, content STRING)`,
    `CREATE TEMP TABLE changed_texts AS
SELECT DISTINCT platform, looked_up
FROM (
  (${rows('looked_up_now')} EXCEPT DISTINCT ${rows(seen)})
  UNION ALL
  (${rows(seen)} EXCEPT DISTINCT ${rows('looked_up_now')})
)`,
    `SET from_day = IF((SELECT COUNT(*) FROM changed_texts) = 0, ${NEVER}, ${ALWAYS})`,
    `CREATE TEMP TABLE changed_clicks AS
SELECT DISTINCT ${click('click_id_type', 'click_id')} AS looked_up
FROM ${tables.clicks}
WHERE click_date >= from_day
  AND ${clickDay('click_date')} IN (SELECT looked_up FROM changed_texts WHERE looked_up IS NOT NULL)`,
    `SET changed_days = ARRAY(
  SELECT changed_day FROM UNNEST(changed_days) AS changed_day
  UNION DISTINCT
  SELECT session_date
  FROM ${self}
  WHERE session_date >= from_day
    AND platform IN (SELECT platform FROM changed_texts WHERE looked_up IS NULL)
  UNION DISTINCT
  SELECT session_date
  FROM ${self}
  CROSS JOIN UNNEST(_looked_up) AS text
  WHERE session_date >= from_day
    AND text IN (
      SELECT looked_up FROM changed_texts WHERE looked_up IS NOT NULL
      UNION DISTINCT
      SELECT looked_up FROM changed_clicks
    )
)`,
  ];
}

/**
 * Finds the days of clicks that links of changed_days may have come from: any before them.
 *
 * @param {string} clicks stg_ads__clicks
 * @param {string} sessions
 * @returns {string} SQL
 */
const findClickDays = (clicks, sessions) =>
  `SET click_days = ${daysOf(
    clicks,
    '_click_key',
    clickName('LOWER(click_id_type)'),
    `${sessions} WHERE session_date IN UNNEST(changed_days) AND click_id IS NOT NULL`,
  )}`;

/** @param {string} self @returns {string} SQL: what was looked up in is seen */
const remember = (self) => `CREATE OR REPLACE TABLE ${beside(self, 'looked_up')} AS
SELECT platform, looked_up, content
FROM looked_up_now`;

module.exports = {
  click,
  clickDay,
  tag,
  readNow,
  findChanged,
  findClickDays,
  remember,
};
