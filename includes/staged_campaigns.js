/**
 * URLs with campaign parameters taken apart. Few are; and a click id is there once, the campaign
 * beside it thousands of times: it is read once for all of them.
 */

const campaign = require('./campaign');
const { mayRepeat, ofParameters } = require('./input_issues');
const url = require('./url');

/**
 * @param {string} campaignUrl SQL over the CTE events
 * @returns {string} SQL of CTEs that read it: campaigns (url, the name columns, lacks_name,
 *   click_id_type, click_id) and tagged_twice (url, parameter_issue)
 */
function ctes(campaignUrl) {
  return `distinct_campaigns AS (
  SELECT DISTINCT ${campaignUrl} AS url FROM events WHERE STRPOS(${campaignUrl}, '=') > 0
),

tagged AS (
  SELECT url, ${campaign.withoutClickIds('url')} AS bare_url
  FROM distinct_campaigns
  WHERE ${campaign.isTagged('url')}
),

bare AS (
  SELECT bare_url, LOWER(bare_url) AS lower_url FROM (SELECT DISTINCT bare_url FROM tagged)
),

parameters AS (
  SELECT bare_url, ${campaign.rawColumns('bare_url', 'lower_url')}
  FROM bare
),

decoded AS (
  SELECT bare_url, click_id_type, ${campaign.decodedColumns(url.decode)}
  FROM parameters
),

named AS (
  SELECT bare_url, click_id_type, ${campaign.lacksName()} AS lacks_name, ${campaign.namedColumns()}
  FROM decoded
),

clicked AS (
  SELECT
    tagged.url, tagged.bare_url,
    ${campaign.clickIdValue('tagged.url', 'parameters.click_id_type')} AS click_id
  FROM tagged
  INNER JOIN parameters ON parameters.bare_url = tagged.bare_url
),

campaigns AS (
  SELECT
    clicked.url, ${campaign.columnsOf('named')}, named.lacks_name, named.click_id_type,
    ${url.decode('clicked.click_id')} AS click_id
  FROM clicked
  INNER JOIN named ON named.bare_url = clicked.bare_url
),

tagged_twice AS (
  SELECT url, ${ofParameters('LOWER(url)')} AS parameter_issue
  FROM tagged
  WHERE bare_url IN (SELECT bare_url FROM bare WHERE ${mayRepeat('lower_url')})
)`;
}

module.exports = { ctes };
