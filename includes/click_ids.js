/**
 * Click ids: what a platform adds to the links that lead to the shop. Order is precedence: of
 * several in one URL the first of this list counts. Editable.
 *
 * @typedef {object} ClickId
 * @property {string} type name of the URL parameter, as the platform writes it
 * @property {string} platform
 * @property {string} source
 * @property {string} medium
 * @property {'search' | 'social' | 'video' | 'shopping' | null} kind of the source, for its channel
 * @property {boolean} is_paid false where the platform adds it to unpaid links, too
 * @property {string[]} fits names of search engines, networks and assistants that can stand in
 *   the referrer of such a click; another one contradicts it: the link was copied or shared
 */

/** Engines that show Microsoft's ads. */
const microsoftPartners = ['bing', 'yahoo', 'duckduckgo', 'ecosia', 'aol', 'qwant', 'copilot'];
const googleSites = ['google', 'youtube', 'google shopping', 'doubleclick', 'gmail', 'google+'];

/** @type {readonly ClickId[]} */
const clickIds = [
  google('gclid', 'cpc', true),
  google('gbraid', 'cpc', true),
  google('wbraid', 'cpc', true),
  other('msclkid', 'microsoft_ads', 'bing', 'cpc', true, 'search', microsoftPartners),
  other('ttclid', 'tiktok', 'tiktok', 'cpc', true, 'social', ['tiktok', 'douyin']),
  other('ScCid', 'snapchat', 'snapchat', 'cpc', true, 'social', ['snapchat']),
  other('epik', 'pinterest', 'pinterest', 'cpc', true, 'social', ['pinterest']),
  other('twclid', 'x', 'twitter', 'cpc', true, 'social', ['twitter']),
  other('li_fat_id', 'linkedin', 'linkedin', 'cpc', true, 'social', ['linkedin']),
  other('rdt_cid', 'reddit', 'reddit', 'cpc', true, 'social', ['reddit']),
  other('qclid', 'quora', 'quora', 'cpc', true, 'social', ['quora']),
  other('yclid', 'yandex_direct', 'yandex', 'cpc', true, 'search', ['yandex']),
  { ...google('dclid', 'display', true), platform: 'display_video_360', kind: null },
  other('awc', 'awin', 'awin', 'affiliate', true, null, []),
  other('irclickid', 'impact', 'impact', 'affiliate', true, null, []),
  other('cjevent', 'cj', 'cj', 'affiliate', true, null, []),
  other('mc_cid', 'mailchimp', 'mailchimp', 'email', false, null, []),
  other('_kx', 'klaviyo', 'klaviyo', 'email', false, null, []),
  // Google Merchant Center adds it to free listings.
  google('srsltid', 'organic', false),
  // Left behind where consent or the browser took the click id away.
  google('gad_source', 'cpc', true),
  // Meta adds it to every link, so alone it means an unpaid visit from one of its networks.
  other('fbclid', 'meta', 'facebook', 'social', false, 'social', [
    'facebook',
    'instagram',
    'threads',
    'messenger',
    'whatsapp',
  ]),
];

/**
 * @param {string} type
 * @param {string} medium
 * @param {boolean} is_paid
 * @returns {ClickId}
 */
function google(type, medium, is_paid) {
  return other(type, 'google_ads', 'google', medium, is_paid, 'search', googleSites);
}

/**
 * @param {string} type
 * @param {string} platform
 * @param {string} source
 * @param {string} medium
 * @param {boolean} is_paid
 * @param {ClickId['kind']} kind
 * @param {string[]} fits
 * @returns {ClickId}
 */
function other(type, platform, source, medium, is_paid, kind, fits) {
  return { type, platform, source, medium, is_paid, kind, fits };
}

module.exports = { clickIds };
