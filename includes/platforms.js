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
  const whens = Object.entries(settings.platform_aliases).map(
    ([platform, names]) => `WHEN LOWER(TRIM(${name})) IN ${list(names)} THEN '${platform}'`,
  );
  return `CASE
      ${whens.join('\n      ')}
      ELSE LOWER(TRIM(${name}))
    END`;
}

module.exports = { fold };
