/**
 * Click ids: what a platform adds to the links that lead to the shop. Order is precedence: of
 * several in one URL the first of this list counts. Editable.
 *
 * @typedef {object} ClickId
 * @property {string} type name of the URL parameter, as the platform writes it
 * @property {string} platform
 * @property {string} source
 * @property {string} medium
 * @property {boolean} is_paid false where the platform adds it to unpaid links, too
 * @property {string} channel channel of the visit when the click id is all there is
 * @property {string[]} fits names of search engines, networks and assistants that can stand in
 *   the referrer of such a click; another one contradicts it: the link was copied or shared
 */

/** Engines that show Microsoft's ads. */
const microsoftPartners = ['bing', 'yahoo', 'duckduckgo', 'ecosia', 'aol', 'qwant', 'copilot'];
const googleSites = ['google', 'youtube', 'gmail', 'google+'];

/** @type {readonly ClickId[]} */
const clickIds = [
  google('gclid', 'cpc', true, 'Paid Search'),
  google('gbraid', 'cpc', true, 'Paid Search'),
  google('wbraid', 'cpc', true, 'Paid Search'),
  other('msclkid', 'microsoft_ads', 'bing', 'cpc', true, 'Paid Search', microsoftPartners),
  other('ttclid', 'tiktok', 'tiktok', 'cpc', true, 'Paid Social', ['tiktok', 'douyin']),
  other('ScCid', 'snapchat', 'snapchat', 'cpc', true, 'Paid Social', ['snapchat']),
  other('epik', 'pinterest', 'pinterest', 'cpc', true, 'Paid Social', ['pinterest']),
  other('twclid', 'x', 'twitter', 'cpc', true, 'Paid Social', ['twitter']),
  other('li_fat_id', 'linkedin', 'linkedin', 'cpc', true, 'Paid Social', ['linkedin']),
  other('rdt_cid', 'reddit', 'reddit', 'cpc', true, 'Paid Social', ['reddit']),
  other('qclid', 'quora', 'quora', 'cpc', true, 'Paid Social', ['quora']),
  other('yclid', 'yandex_direct', 'yandex', 'cpc', true, 'Paid Search', ['yandex']),
  { ...google('dclid', 'display', true, 'Display'), platform: 'display_video_360' },
  other('awc', 'awin', 'awin', 'affiliate', true, 'Affiliates', []),
  other('irclickid', 'impact', 'impact', 'affiliate', true, 'Affiliates', []),
  other('cjevent', 'cj', 'cj', 'affiliate', true, 'Affiliates', []),
  other('mc_cid', 'mailchimp', 'mailchimp', 'email', false, 'Email', []),
  other('_kx', 'klaviyo', 'klaviyo', 'email', false, 'Email', []),
  // Google Merchant Center adds it to free listings.
  google('srsltid', 'organic', false, 'Organic Shopping'),
  // Left behind where consent or the browser took the click id away.
  google('gad_source', 'cpc', true, 'Paid Search'),
  // Meta adds it to every link, so alone it means an unpaid visit from one of its networks.
  other('fbclid', 'meta', 'facebook', 'social', false, 'Organic Social', [
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
 * @param {string} channel
 * @returns {ClickId}
 */
function google(type, medium, is_paid, channel) {
  return other(type, 'google_ads', 'google', medium, is_paid, channel, googleSites);
}

/**
 * @param {string} type
 * @param {string} platform
 * @param {string} source
 * @param {string} medium
 * @param {boolean} is_paid
 * @param {string} channel
 * @param {string[]} fits
 * @returns {ClickId}
 */
function other(type, platform, source, medium, is_paid, channel, fits) {
  return { type, platform, source, medium, is_paid, channel, fits };
}

module.exports = { clickIds };
