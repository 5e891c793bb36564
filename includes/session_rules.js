/**
 * When a campaign is another one, and which events mark interest: SQL of the session rules.
 */

const settings = require('./settings');
const { list } = require('./sql_text');

const utmKey = () =>
  "NULLIF(LOWER(CONCAT(COALESCE(utm_source, ''), '|', COALESCE(utm_medium, ''), '|', COALESCE(utm_campaign, ''))), '||')";

const clickKey = () => "CONCAT(click_id_type, '=', click_id)";

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

module.exports = { utmKey, clickKey, isSameCampaign, is, isConversionEvent, holder, closer };
