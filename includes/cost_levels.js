/**
 * Where cost meets sessions: the keys of each level, the same on both sides. A key holds what both
 * must agree on: platform, account (or, where a session knows none, the account's time zone, whose
 * days count) and the value.
 */

/** From the finest; a report line meets the first that has sessions on its day. */
const levels = ['ad', 'ad_group', 'campaign', 'account', 'platform', 'channel'];

/**
 * @param {string} level
 * @param {string[]} parts SQL of STRINGs
 * @returns {string} SQL of a STRING; NULL where a part is
 */
const key = (level, ...parts) =>
  `CONCAT('${level}', ${parts.map((part) => `'|', ${part}`).join(', ')})`;

const accountOrNone = "COALESCE(account_id, '')";

/** What a campaign is called, as it is compared. @param {string} name SQL */
const nameValue = (name) => `NULLIF(LOWER(TRIM(${name})), '')`;

/**
 * The key of what a report line names at a level, for lines with platform and account_id.
 *
 * @param {'ad' | 'ad_group' | 'campaign'} level
 * @param {string} value SQL
 * @returns {string} SQL of a STRING; NULL where the line names none
 */
const reportKey = (level, value) => key(level, 'platform', accountOrNone, value);

/**
 * The keys of a report line, the finest first. Cost that knows its campaign leaves sessions of
 * other campaigns alone.
 *
 * @param {string} timeZone SQL of the account's zone
 * @returns {string} SQL of an ARRAY<STRUCT<cost_level STRING, target_key STRING>>
 */
function costKeys(timeZone) {
  const pool = "IF(cost_campaign IS NULL, 'any campaign', 'no campaign')";
  return `[
      STRUCT('ad' AS cost_level, ${reportKey('ad', 'ad_id')} AS target_key),
      STRUCT('ad_group', ${reportKey('ad_group', 'ad_group_id')}),
      STRUCT('campaign', ${reportKey('campaign', 'cost_campaign')}),
      STRUCT('account', ${key('account', 'platform', 'account_id', pool)}),
      STRUCT('platform', ${key('platform', 'platform', `IF(account_id IS NULL, '', ${timeZone})`, pool)}),
      STRUCT('channel', ${key('channel', timeZone, 'reported_channel')})
    ]`;
}

/**
 * The keys of a platform's session in one of its time zones. Reports without account meet all
 * sessions of the platform, in its own zone; those of an account only the account's, and those
 * that know none. Over platform, account_id, time_zone, is_account_zone, is_platform_zone,
 * knows_campaign, ad_key, ad_group_key and cost_campaign_key.
 *
 * @returns {string} SQL of an ARRAY<STRING>, some of them NULL
 */
function sessionKeys() {
  const pools = (
    /** @type {string} */ condition,
    /** @type {string} */ level,
    /** @type {string} */ owner,
  ) => [
    `IF(${condition}, ${key(level, 'platform', owner, "'any campaign'")}, NULL)`,
    `IF(${condition} AND NOT knows_campaign, ${key(level, 'platform', owner, "'no campaign'")}, NULL)`,
  ];
  const keys = [
    ...['ad_key', 'ad_group_key', 'cost_campaign_key'].map(
      (column) => `IF(is_account_zone, ${column}, NULL)`,
    ),
    ...pools('is_account_zone', 'account', 'account_id'),
    ...pools('is_platform_zone', 'platform', "''"),
    ...pools('account_id IS NULL', 'platform', 'time_zone'),
  ];
  return `[\n      ${keys.join(',\n      ')}\n    ]`;
}

module.exports = { levels, key, nameValue, reportKey, costKeys, sessionKeys };
