/**
 * Where cost meets sessions: the keys of each level, the same on both sides.
 */

/** Level, and how close it is: the smallest number that meets a session is taken. */
const levels = ['ad', 'ad_group', 'campaign', 'campaign_name', 'platform', 'channel'];

/**
 * A key: level, platform and value; NULL where the value is.
 *
 * @param {string} level
 * @param {string} platform SQL
 * @param {string} value SQL
 * @returns {string} SQL of a STRING
 */
const key = (level, platform, value) => `CONCAT('${level}|', ${platform}, '|', ${value})`;

const nameValue = (/** @type {string} */ name) => `NULLIF(LOWER(TRIM(${name})), '')`;

/**
 * The keys of a session, an array of (cost_level, target_key). A campaign's tag may hold the ad's
 * id as content. Under 'platform' stand two: for cost that knows no campaign any session will do;
 * for cost that does, only sessions that know none.
 *
 * @returns {string} SQL of an ARRAY<STRUCT<cost_level STRING, target_key STRING>>
 */
function sessionKeys() {
  return `[
      STRUCT('ad' AS cost_level, ${key('ad', 'platform', 'COALESCE(ad_id, content)')} AS target_key),
      STRUCT('ad_group', ${key('ad_group', 'platform', 'ad_group_id')}),
      STRUCT('campaign', ${key('campaign', 'platform', 'campaign_id')}),
      STRUCT('campaign_name', ${key('campaign_name', 'platform', nameValue('campaign'))}),
      STRUCT('platform', ${key('platform', 'platform', "'any campaign'")}),
      STRUCT('platform', IF(campaign_id IS NULL AND campaign IS NULL, ${key('platform', 'platform', "'no campaign'")}, NULL)),
      STRUCT('channel', ${key('channel', "''", 'channel')})
    ]`;
}

/**
 * The keys of a report line, the finest first.
 *
 * @returns {string} SQL of an ARRAY<STRUCT<cost_level STRING, target_key STRING>>
 */
function costKeys() {
  const knowsCampaign = 'COALESCE(campaign_id, campaign_name) IS NOT NULL';
  return `[
      STRUCT('ad' AS cost_level, ${key('ad', 'platform', 'ad_id')} AS target_key),
      STRUCT('ad_group', ${key('ad_group', 'platform', 'ad_group_id')}),
      STRUCT('campaign', ${key('campaign', 'platform', 'campaign_id')}),
      STRUCT('campaign_name', ${key('campaign_name', 'platform', nameValue('campaign_name'))}),
      STRUCT('platform', IF(${knowsCampaign}, ${key('platform', 'platform', "'no campaign'")}, ${key('platform', 'platform', "'any campaign'")})),
      STRUCT('channel', ${key('channel', "''", 'reported_channel')})
    ]`;
}

module.exports = { levels, sessionKeys, costKeys };
