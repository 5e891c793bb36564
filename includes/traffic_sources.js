/**
 * Source, medium and platform of an arrival, in the order utm, click id, known referrer, other
 * referrer, direct.
 */

const { clickIds } = require('./click_ids');
const channels = require('./channels');
const { list, text } = require('./sql_text');

/**
 * A property of the arrival's click id.
 *
 * @param {(clickId: import('./click_ids').ClickId) => string} pick SQL of the property
 * @returns {string} SQL; NULL without click id
 */
function ofClickId(pick) {
  const whens = clickIds.map((clickId) => `WHEN '${clickId.type}' THEN ${pick(clickId)}`);
  return `CASE click_id_type\n      ${whens.join('\n      ')}\n    END`;
}

/**
 * Whether the referrer says that the click id was copied along with a link: a search engine, a
 * network or an assistant that does not belong to the click id's platform. Kept loose for mail and
 * other sites, where ads are shown.
 *
 * @returns {string} SQL of a BOOL, never NULL, over click_id_type, referrer_kind, referrer_name
 */
function isContradicted() {
  const fits = ofClickId((clickId) =>
    clickId.fits.length === 0 ? 'TRUE' : `referrer_name IN ${list(clickId.fits)}`,
  );
  return `COALESCE(referrer_kind IN ('search', 'social', 'ai') AND NOT ${fits}, FALSE)`;
}

/** A source that says itself that it is paid: fb-ads, google_ads, adwords, yt-ads. */
const paidSource =
  '(^|[^a-z])(ads?|adwords|ppc)$|(google|bing|fb|facebook|meta|ms|tiktok)ads$|adwords';

/**
 * @param {string} source SQL
 * @param {string} medium SQL
 * @returns {string} SQL of a BOOL, never NULL
 */
function isPaidName(source, medium) {
  return `(REGEXP_CONTAINS(LOWER(COALESCE(${medium}, '')), ${text(channels.paidMedium)})
      OR REGEXP_CONTAINS(LOWER(COALESCE(${source}, '')), ${text(paidSource)}))`;
}

module.exports = { ofClickId, isContradicted, isPaidName };
