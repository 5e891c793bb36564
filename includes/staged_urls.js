/**
 * Page URLs and referrers taken apart, each distinct one once: ten events share a URL on average,
 * and thousands a referrer.
 */

const { isOddPage, isOddReferrer } = require('./input_issues');
const { isIgnored } = require('./own_hosts');
const url = require('./url');

/**
 * @returns {string} SQL of CTEs that read the CTE events: pages (url, host, path, domain, is_odd)
 *   and referrers (url, host, domain, is_ignored, is_odd)
 */
function ctes() {
  return `distinct_pages AS (
  SELECT DISTINCT page_url AS url FROM events WHERE page_url IS NOT NULL
),

page_hosts AS (
  SELECT url, ${url.host('url')} AS host FROM distinct_pages
),

distinct_referrers AS (
  SELECT DISTINCT page_referrer AS url FROM events WHERE page_referrer IS NOT NULL
),

referrer_hosts AS (
  SELECT url, ${url.referrerHost('url')} AS host FROM distinct_referrers
),

distinct_hosts AS (
  SELECT host FROM page_hosts
  UNION DISTINCT
  SELECT host FROM referrer_hosts
),

domains AS (
  SELECT host, NET.REG_DOMAIN(host) AS domain FROM distinct_hosts
),

pages AS (
  SELECT
    url, page_hosts.host, ${url.path('url', 'page_hosts.host')} AS path, domain,
    ${isOddPage('url', 'page_hosts.host')} AS is_odd
  FROM page_hosts
  LEFT JOIN domains ON domains.host = page_hosts.host
),

referrers AS (
  SELECT
    url, referrer_hosts.host, domain, ${isIgnored('referrer_hosts.host')} AS is_ignored,
    ${isOddReferrer('url', 'referrer_hosts.host')} AS is_odd
  FROM referrer_hosts
  LEFT JOIN domains ON domains.host = referrer_hosts.host
)`;
}

module.exports = { ctes };
