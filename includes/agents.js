/**
 * What a user agent tells: crawler or browser, and the kind of device.
 */

const bots = require('./bots');
const { text } = require('./sql_text');

/** How user agents of browsers begin; anything else that asks for pages is no browser. */
const browser =
  '(?i)^(?:mozilla/|opera[/ ]|dalvik/|ucweb|nokia|blackberry|lynx/|w3m/|e?links |dillo/|netsurf/|samsung|sonyericsson|lg[-/])';

/**
 * Whether a web hit comes from a crawler or from no browser at all.
 *
 * @param {string} userAgent SQL
 * @returns {string} SQL of a BOOL, never NULL
 */
function isBot(userAgent) {
  const plain = `REGEXP_REPLACE(${userAgent}, ${text(bots.toleratedPattern)}, 'x')`;
  return `COALESCE(NOT REGEXP_CONTAINS(${userAgent}, ${text(browser)}) OR REGEXP_CONTAINS(${plain}, ${text(bots.crawlerPattern)}), TRUE)`;
}

/**
 * @param {string} userAgent SQL
 * @returns {string} SQL of a STRING: mobile, tablet, desktop, other
 */
function device(userAgent) {
  return `CASE
      WHEN REGEXP_CONTAINS(${userAgent}, r'(?i)ipad|tablet|kindle|silk/|playbook') THEN 'tablet'
      WHEN REGEXP_CONTAINS(${userAgent}, r'(?i)android') AND NOT REGEXP_CONTAINS(${userAgent}, r'(?i)mobile') THEN 'tablet'
      WHEN REGEXP_CONTAINS(${userAgent}, r'(?i)mobi|iphone|ipod|android|blackberry|windows phone|opera mini') THEN 'mobile'
      WHEN REGEXP_CONTAINS(${userAgent}, r'(?i)windows|macintosh|mac os|x11|linux|cros|bsd') THEN 'desktop'
      ELSE 'other'
    END`;
}

module.exports = { isBot, device };
