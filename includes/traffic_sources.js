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
 * @param {string} [column] SQL of the click id's type
 * @returns {string} SQL; NULL without click id
 */
function ofClickId(pick, column = 'click_id_type') {
  const whens = clickIds.map((clickId) => `WHEN '${clickId.type}' THEN ${pick(clickId)}`);
  return `CASE ${column}\n      ${whens.join('\n      ')}\n    END`;
}

/**
 * @param {string} column SQL of the click id's type
 * @returns {string} SQL, a list of columns: what the click id says of the visit
 */
function clickColumns(column) {
  const literal = (/** @type {string} */ value) => `'${value}'`;
  return [
    `${ofClickId(({ source }) => literal(source), column)} AS click_source`,
    `${ofClickId(({ medium }) => literal(medium), column)} AS click_medium`,
    `${ofClickId(({ kind }) => (kind ? literal(kind) : 'NULL'), column)} AS click_kind`,
    `${ofClickId(({ platform }) => literal(platform), column)} AS click_platform`,
    `${ofClickId(({ is_paid }) => (is_paid ? 'TRUE' : 'FALSE'), column)} AS is_paid_click`,
  ].join(',\n    ');
}

/**
 * The medium of a visit that only its referrer explains. Networks show videos, too, so video sites
 * count among them.
 *
 * @param {string} kind SQL of the referrer's kind
 * @returns {string} SQL of a STRING
 */
function mediumOfReferrer(kind) {
  return `CASE ${kind} WHEN 'search' THEN 'organic' WHEN 'social' THEN 'social' WHEN 'video' THEN 'social' WHEN 'email' THEN 'email' WHEN 'ads' THEN 'display' ELSE 'referral' END`;
}

/**
 * The medium as GA4 has it, which tells no network and no mail from other referrers.
 *
 * @param {{ medium: string, kind: string, sourceRule: string }} sql
 * @returns {string} SQL of a STRING
 */
function ga4Medium({ medium, kind, sourceRule }) {
  return `IF(${sourceRule} = 'referrer' AND ${kind} != 'search', 'referral', ${medium})`;
}

/**
 * Whether the referrer says that the click id was copied along with a link: a search engine, a
 * network or an assistant that does not belong to the click id's platform. Kept loose for mail and
 * other sites, where ads are shown.
 *
 * @returns {string} SQL of a BOOL, never NULL, over click_id_type, referrer_kind, referrer_name
 */
function isContradicted() {
  return `COALESCE(referrer_kind IN ('search', 'social', 'ai') AND NOT ${fits()}, FALSE)`;
}

/**
 * The kind of a click. A platform shows its ads on sites of its own that are of another kind:
 * Google on YouTube, and through DoubleClick on others' sites.
 *
 * @returns {string} SQL of a STRING, over click_id_type, click_kind, is_paid_click, referrer_kind,
 *   referrer_name
 */
function clickKind() {
  const elsewhere = `click_kind IS NOT NULL AND is_paid_click AND referrer_kind IN ('video', 'shopping', 'ads')`;
  return `IF(COALESCE(${elsewhere} AND ${fits()}, FALSE), referrer_kind, click_kind)`;
}

/** @returns {string} SQL of a BOOL: the click id's platform names the referrer as one of its own */
function fits() {
  return ofClickId((clickId) =>
    clickId.fits.length === 0 ? 'TRUE' : `referrer_name IN ${list(clickId.fits)}`,
  );
}

/** A source that says itself that it is paid: fb-ads, google_ads, adwords, yt-ads, fbad, paid_social. */
const paidSource =
  '(^|[^a-z])(ads?|ppc|cpc|paid)$|^(ads?|paid|ppc|cpc)[^a-z]|adwords|[^a-z]ads?[^a-z]|' +
  '(google|bing|microsoft|yahoo|yandex|facebook|meta|instagram|tiktok|linkedin|snapchat|' +
  'pinterest|reddit|quora|twitter|youtube|amazon|ebay|apple|(^|[^a-z])(g|ms|fb|ig|tt|snap|x|yt))ads?$';

/**
 * @param {string} source SQL
 * @param {string} medium SQL
 * @returns {string} SQL of a BOOL, never NULL
 */
function isPaidName(source, medium) {
  return `(REGEXP_CONTAINS(LOWER(COALESCE(${medium}, '')), ${text(channels.paidMedium)})
      OR REGEXP_CONTAINS(LOWER(COALESCE(${source}, '')), ${text(paidSource)}))`;
}

module.exports = {
  clickColumns,
  mediumOfReferrer,
  ga4Medium,
  isContradicted,
  clickKind,
  isPaidName,
};
