/**
 * Platforms have many names; costs and sessions meet under one.
 */

const settings = require('./settings');
const { text } = require('./sql_text');

/**
 * @param {string} name SQL of a platform's or source's name
 * @returns {string} SQL of a STRING: the platform of settings.platform_aliases, else the name in
 *   lower case; NULL for NULL
 */
function fold(name) {
  return foldClean(`LOWER(TRIM(${name}))`);
}

/** What marks the name of a source as paid: 'fb-ads', 'tiktokads', 'facebook_paid'. */
const adSuffix = '[ _.-]*(?:ads?|adwords|paid|ppc|cpc)$';

/** What may stand behind a platform's name: facebook.com, tiktok-ads, LinkedIn Ad. */
const addition = `(?:\\.com)?(?:${adSuffix}|$)`;

/**
 * As `fold`, of a name that is trimmed and in lower case already: cleaning it again in each branch
 * costs more than all the rest of an arrival.
 *
 * @param {string} name SQL
 * @returns {string} SQL of a STRING
 */
function foldClean(name) {
  const bare = `REGEXP_REPLACE(${name}, ${text(addition)}, '')`;
  return `COALESCE(${platformOf(name)}, ${platformOf(bare)}, ${name})`;
}

/** @param {string} name SQL @returns {string} SQL of a STRING: the platform, NULL for no alias */
function platformOf(name) {
  const whens = Object.entries(settings.platform_aliases).flatMap(([platform, names]) =>
    names.map((alias) => `WHEN ${text(alias)} THEN ${text(platform)}`),
  );
  return `CASE ${name}
      ${whens.join('\n      ')}
    END`;
}

module.exports = { fold, foldClean, adSuffix };
