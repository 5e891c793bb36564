/**
 * Platforms have many names; costs and sessions meet under one.
 */

const settings = require('./settings');
const { list } = require('./sql_text');

/**
 * @param {string} name SQL of a platform's or source's name
 * @returns {string} SQL of a STRING: the platform of settings.platform_aliases, else the name in
 *   lower case; NULL for NULL
 */
function fold(name) {
  return foldClean(`LOWER(TRIM(${name}))`);
}

/**
 * As `fold`, of a name that is trimmed and in lower case already: cleaning it again in each branch
 * costs more than all the rest of an arrival.
 *
 * @param {string} name SQL
 * @returns {string} SQL of a STRING
 */
function foldClean(name) {
  const whens = Object.entries(settings.platform_aliases).map(
    ([platform, names]) => `WHEN ${name} IN ${list(names)} THEN '${platform}'`,
  );
  return `CASE
      ${whens.join('\n      ')}
      ELSE ${name}
    END`;
}

module.exports = { fold, foldClean };
