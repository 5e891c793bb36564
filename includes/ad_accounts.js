/**
 * Ad accounts: how their ids are written, and whose days their reports count.
 */

const settings = require('./settings');
const { text } = require('./sql_text');

/**
 * An account's id as all tables have it: Google writes 482-110-3391 in one report and 4821103391
 * in another.
 *
 * @param {string} account SQL
 * @returns {string} SQL of a STRING; NULL where nothing is written
 */
function fold(account) {
  return `NULLIF(IF(REGEXP_CONTAINS(${account}, r'^\\s*\\d{3}-\\d{3}-\\d{4}\\s*$'), REPLACE(TRIM(${account}), '-', ''), TRIM(${account})), '')`;
}

/** @param {string} account @returns {string} as the SQL of `fold` has it */
function foldText(account) {
  const id = account.trim();
  return /^\d{3}-\d{3}-\d{4}$/.test(id) ? id.replaceAll('-', '') : id;
}

/** The zone of a platform's accounts that the settings don't name. */
const defaultZone = (/** @type {string} */ platform) =>
  settings.ad_accounts.find((account) => account.platform === platform && !account.account_id)
    ?.time_zone ?? settings.reporting_time_zone;

const platforms = [...new Set(settings.ad_accounts.map(({ platform }) => platform))];

/**
 * The time zone in which an account counts its days.
 *
 * @param {string} platform SQL
 * @param {string} account SQL; NULL where it is not known: then the platform's zone
 * @returns {string} SQL of a STRING
 */
function timeZone(platform, account) {
  const whens = platforms.flatMap((name) => [
    ...settings.ad_accounts
      .filter(({ platform, account_id }) => platform === name && account_id)
      .map(
        ({ account_id, time_zone }) =>
          `WHEN ${platform} = ${text(name)} AND ${account} = ${text(foldText(account_id ?? ''))} THEN ${text(time_zone)}`,
      ),
    `WHEN ${platform} = ${text(name)} THEN ${text(defaultZone(name))}`,
  ]);
  const otherwise = text(settings.reporting_time_zone);
  return whens.length === 0 ? otherwise : `CASE ${whens.join(' ')} ELSE ${otherwise} END`;
}

/**
 * All zones that a platform's accounts may count their days in.
 *
 * @param {string} platform SQL
 * @returns {string} SQL of an ARRAY<STRING>
 */
function timeZones(platform) {
  const array = (/** @type {readonly string[]} */ zones) =>
    `[${[...new Set(zones)].map(text).join(', ')}]`;
  const whens = platforms.map((name) => {
    const own = settings.ad_accounts.filter((account) => account.platform === name);
    const zones = [defaultZone(name), ...own.map(({ time_zone }) => time_zone)];
    return `WHEN ${platform} = ${text(name)} THEN ${array(zones)}`;
  });
  const otherwise = array([settings.reporting_time_zone]);
  return whens.length === 0 ? otherwise : `CASE ${whens.join(' ')} ELSE ${otherwise} END`;
}

/** By how many days the days of accounts may differ from those of the reports: zones lie up to 26 hours apart. */
const daySpread = settings.ad_accounts.every(
  ({ time_zone }) => time_zone === settings.reporting_time_zone,
)
  ? 0
  : 2;

module.exports = { daySpread, fold, foldText, timeZone, timeZones };
