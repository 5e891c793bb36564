/**
 * Which referrers are the site itself.
 */

const settings = require('./settings');
const { isBelow, text } = require('./sql_text');

/**
 * @param {{ siteId: string, pageHost: string, referrerHost: string }} sql
 * @returns {string} SQL of a BOOL, never NULL: the referrer is the page's host, one of the site's
 *   own domains, or, for sites that settings don't list, of the page's registrable domain
 */
function isInternal({ siteId, pageHost, referrerHost }) {
  const whens = settings.sites.map(
    (site) => `WHEN ${siteId} = ${text(site.site_id)} THEN ${isBelow(referrerHost, site.domains)}`,
  );
  return `COALESCE(CASE
      WHEN ${referrerHost} = ${pageHost} THEN TRUE
      ${whens.join('\n      ')}
      ELSE NET.REG_DOMAIN(${referrerHost}) = NET.REG_DOMAIN(${pageHost})
    END, FALSE)`;
}

/**
 * @param {string} referrerHost SQL
 * @returns {string} SQL of a BOOL, never NULL: a payment or login provider
 */
function isIgnored(referrerHost) {
  return `COALESCE(${isBelow(referrerHost, settings.ignored_referrers)}, FALSE)`;
}

module.exports = { isInternal, isIgnored };
