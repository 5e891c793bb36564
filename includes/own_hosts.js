/**
 * Which referrers are the site itself.
 */

const settings = require('./settings');
const { isBelow, text } = require('./sql_text');

/**
 * @param {{ siteId: string, pageHost: string, referrerHost: string, pageDomain: string,
 *   referrerDomain: string }} sql domains are the registrable ones, NET.REG_DOMAIN of the hosts
 * @returns {string} SQL of a BOOL, never NULL: the referrer is the page's host, one of the site's
 *   own domains, or, for sites that settings don't list, of the page's registrable domain; one
 *   lies below the other where the public suffix list knows none (an intranet)
 */
function isInternal({ siteId, pageHost, referrerHost, pageDomain, referrerDomain }) {
  const whens = settings.sites.map(
    (site) => `WHEN ${siteId} = ${text(site.site_id)} THEN ${isBelow(referrerHost, site.domains)}`,
  );
  return `COALESCE(CASE
      WHEN ${referrerHost} = ${pageHost} THEN TRUE
      ${whens.join('\n      ')}
      ELSE COALESCE(
        ${referrerDomain} = ${pageDomain},
        ENDS_WITH(CONCAT('.', ${referrerHost}), CONCAT('.', ${bare(pageHost)}))
          OR ENDS_WITH(CONCAT('.', ${pageHost}), CONCAT('.', ${bare(referrerHost)}))
      )
    END, FALSE)`;
}

/** @param {string} host SQL @returns {string} SQL of the host without www. */
const bare = (host) => `REGEXP_REPLACE(${host}, r'^www\\.', '')`;

/**
 * @param {string} referrerHost SQL
 * @returns {string} SQL of a BOOL, never NULL: a payment or login provider
 */
function isIgnored(referrerHost) {
  return `COALESCE(${isBelow(referrerHost, settings.ignored_referrers)}, FALSE)`;
}

module.exports = { isInternal, isIgnored };
