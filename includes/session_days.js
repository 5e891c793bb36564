/** What the days of sessions that were imported are made of (includes/built_days.js). */

const settings = require('./settings');

/**
 * An import may change any day of those before: with each, all imported days are taken as changed.
 *
 * @param {string} journeySessions stg_imports__journey_sessions
 * @param {string} rawSessions
 * @param {number} [spread] days around each of its days that read it
 * @returns {string} a query: day, part
 */
const ofImports = (journeySessions, rawSessions, spread = 0) => `SELECT
    DATE_ADD(DATE(occurred_at, '${settings.reporting_time_zone}'), INTERVAL shift DAY) AS day,
    CONCAT(
      'imports ', CAST(BIT_XOR(UNIX_MICROS(ingested_at)) AS STRING), ' of ',
      CAST((SELECT COUNT(*) FROM ${rawSessions}) AS STRING)
    ) AS part
  -- lint-ok: partition-filter two columns of all days say which days have changed
  FROM ${journeySessions}
  CROSS JOIN UNNEST(GENERATE_ARRAY(-${spread}, ${spread})) AS shift
  GROUP BY day, shift`;

module.exports = { ofImports };
