/**
 * When a campaign is another one, and which events mark interest: SQL of the session rules.
 */

const { nameColumns } = require('./campaign');
const settings = require('./settings');
const { list } = require('./sql_text');

/** What session_events takes over from stg_events. */
const eventColumns = [
  'event_id',
  'event_name',
  'site_id',
  'source_system',
  'visitor_id',
  'user_id',
  'occurred_at',
  'event_date',
  'device',
  'is_bot',
  'page_url',
  'page_host',
  'page_path',
  'page_referrer',
  'referrer_host',
  'is_internal_referrer',
  'is_ignored_referrer',
  ...nameColumns,
  'click_id_type',
  'click_id',
  'product_id',
  'product_category',
  'order_id',
  'search_term',
  'checkout_step',
  'engaged_seconds',
  'scroll_percent',
];

/**
 * Most events name no campaign: they are passed over before anything is made of it.
 *
 * @returns {string} SQL of a STRING: source, medium and campaign; NULL where none is named
 */
const utmKey = () => `IF(
      COALESCE(utm_source, utm_medium, utm_campaign) IS NULL,
      NULL,
      NULLIF(LOWER(CONCAT(COALESCE(utm_source, ''), '|', COALESCE(utm_medium, ''), '|', COALESCE(utm_campaign, ''))), '||')
    )`;

/** @returns {string} SQL of a STRING: the click, NULL without click id */
const clickKey = () => "CONCAT(click_id_type, '=', click_id)";

/** SQL of a BOOL: the event names a campaign. */
const hasCampaign = 'COALESCE(utm_key, click_key) IS NOT NULL';

/**
 * Whether an event's campaign is that of the last event that carried one: the same click, or,
 * where one of them has no click id, the same utm. Without an earlier one it is new.
 *
 * @returns {string} SQL of a BOOL, never NULL, over utm_key, click_key and previous_*
 */
function isSameCampaign() {
  return `COALESCE(
      IF(
        click_key IS NOT NULL AND previous_click_key IS NOT NULL,
        click_key = previous_click_key,
        utm_key = previous_utm_key
      ),
      FALSE
    )`;
}

/**
 * @param {string} value SQL of a STRING, the property `scroll_percent`
 * @returns {string} SQL of an INT64 from 0 to 100, NULL for what is no number
 */
const scrollPercent = (value) => `CAST(${between0And(100, value)} AS INT64)`;

/**
 * @param {string} value SQL of a STRING, the property `engaged_seconds`
 * @returns {string} SQL of a NUMERIC, no more than a session can last: any browser may send any
 *   number, and sums must not overflow; NULL for what is none
 */
const engagedSeconds = (value) => between0And(settings.max_session_hours * 3600, value);

/**
 * Most events have no such value: they are passed over before anything is made of it.
 *
 * @param {number} maximum @param {string} value SQL of a STRING @returns {string} SQL of a NUMERIC
 */
const between0And = (maximum, value) =>
  `IF(${value} IS NULL, NULL, LEAST(GREATEST(SAFE_CAST(${value} AS NUMERIC), NUMERIC '0'), NUMERIC '${maximum}'))`;

/** @param {import('./types').EventRole} role @returns {string} SQL of a BOOL over event_name */
const is = (role) => `event_name = '${settings.event_names[role]}'`;

/** @returns {string} SQL of a BOOL over event_name */
const isConversionEvent = () => `event_name IN ${list(settings.conversion_event_names)}`;

/**
 * The holder rule of the settings on a session's counts.
 *
 * @param {{ productViews: string, checkoutSteps: string, isSignedIn: string }} sql
 * @returns {string} SQL of an INT64, 0 or 1
 */
function holder({ productViews, checkoutSteps, isSignedIn }) {
  const { product_views_minimum, checkout_step, signed_in } = settings.holder_rule;
  const parts = [`${productViews} >= ${product_views_minimum}`];
  if (checkout_step) parts.push(`${checkoutSteps} > 0`);
  if (signed_in) parts.push(isSignedIn);
  return `IF(${parts.join(' OR ')}, 1, 0)`;
}

/**
 * The closer rule of the settings on a session's counts.
 *
 * @param {{ checkoutSteps: string, conversions: string }} sql
 * @returns {string} SQL of an INT64, 0 or 1
 */
function closer({ checkoutSteps, conversions }) {
  const { checkout_step, conversion } = settings.closer_rule;
  const parts = ['FALSE'];
  if (checkout_step) parts.push(`${checkoutSteps} > 0`);
  if (conversion) parts.push(`${conversions} > 0`);
  return `IF(${parts.join(' OR ')}, 1, 0)`;
}

module.exports = {
  eventColumns,
  utmKey,
  clickKey,
  hasCampaign,
  isSameCampaign,
  scrollPercent,
  engagedSeconds,
  is,
  isConversionEvent,
  holder,
  closer,
};
