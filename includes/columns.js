/**
 * What each column means, described once, whatever table it stands in.
 * A model's config takes them with `columns: columns.describe('session_id', 'started_at', ...)`.
 */

/** @type {Readonly<Record<string, string>>} */
const descriptions = {
  // --- ids ------------------------------------------------------------------------------------
  event_id: 'Id of the event, given by its sender; unique.',
  visitor_id:
    'Visitor: a hash of site and first-party cookie, or of site and login without cookie.',
  session_id:
    "Session: a hash of visitor and the session's first event; stable when later events arrive.",
  site_id: 'Site or shop the event belongs to.',
  customer_id: 'Resolved person; stable over runs.',
  conversion_id: 'Conversion; unique over all conversion types.',
  order_id: 'Order, as the shop names it.',
  anonymous_id: 'First-party cookie of the visitor.',
  user_id: 'Login, as the shop names it.',
  etag_id: 'Identifier kept by the ETag of the tracker.',
  customer_ref: 'Id of the customer record in the CRM.',
  product_id: 'Product, as the shop names it.',

  // --- events ---------------------------------------------------------------------------------
  event_name: 'What happened: page_view, product_view, search, add_to_cart, purchase ...',
  source_system: 'What wrote the event: web, server, access_log, import.',
  occurred_at: 'Time of the event, UTC, by the clock of the client corrected by its sending time.',
  received_at: 'Time the event was received, UTC; the clock of all incremental rules.',
  event_date: 'Day of the event in the reporting time zone.',
  ip_sha256: 'Keyed hash of the IP address.',
  ip_prefix_sha256: 'Keyed hash of the IP address prefix.',
  user_agent: 'User agent as received.',
  email_sha256: 'SHA-256 of the trimmed, lower-case e-mail address.',
  phone_sha256: 'SHA-256 of the phone number in E.164.',
  page_url: 'URL of the page, as received.',
  page_referrer: 'Referrer of the page, as received.',
  page_title: 'Title of the page.',
  page_host: 'Host of the page URL, lower case, without port.',
  page_path: 'Path of the page URL.',
  referrer_host: 'Host of the referrer, lower case, without port; app package for app referrers.',
  is_internal_referrer: "True if the referrer is one of the site's own domains.",
  is_ignored_referrer: 'True if the referrer is a payment or login provider of the settings.',
  consent: 'Consent given: analytics, marketing, personalization, third_party.',
  properties: 'What the sender said beyond the columns, as JSON.',
  device: 'Kind of device by user agent: mobile, tablet, desktop, bot, other.',
  is_bot:
    'True for crawlers and for hits without a browser; kept, left out of journeys and reports.',
  is_asset: 'True for requests of images, styles, scripts and feeds; not part of any session.',
  quality_issue:
    "Why the event stays out of sessions: 'future', 'ancient', 'no_visitor'; 'too_late' is a warning, the event is in its session.",
  product_name: 'Name of the product.',
  product_category: 'Category of the product.',
  price_amount: 'Price the page showed.',
  search_term: 'What the visitor searched for on the site.',
  checkout_step: 'Step of the checkout that was reached.',
  engaged_seconds:
    'Seconds the page was visible and in focus, from heartbeats, else from bounded gaps.',

  // --- traffic source -------------------------------------------------------------------------
  utm_source: 'Campaign source as the URL states it, decoded; NULL where missing or no name.',
  utm_medium: 'Campaign medium as the URL states it, decoded.',
  utm_campaign: 'Campaign name as the URL states it, decoded.',
  utm_content: 'Campaign content as the URL states it, decoded.',
  utm_term: 'Campaign term as the URL states it, decoded.',
  utm_id: 'Campaign id as the URL states it, decoded.',
  utm_source_platform: 'Platform that directs the traffic as the URL states it, decoded.',
  utm_creative_format: 'Kind of creative as the URL states it, decoded.',
  utm_marketing_tactic: 'Targeting as the URL states it, decoded.',
  click_id_type: 'Name of the click id of the URL (gclid, fbclid, msclkid ...).',
  click_id: 'Value of the click id.',
  campaign_key: 'What tells one campaign from another: utm and click id; NULL without campaign.',
  landing_page: "URL of the session's first page.",
  landing_referrer: "Referrer of the session's first page.",
  source: 'Where the session came from: a site, a search engine, a platform; (direct) if unknown.',
  medium: 'How it came: organic, cpc, referral, email ...; (none) if direct.',
  campaign: 'Campaign name.',
  content: 'Campaign content.',
  term: 'Campaign or search term.',
  source_rule:
    'Which rule found the source: utm, click_id, referrer, other_referrer, direct, imported.',
  platform: 'Ad platform or service behind the source, folded to one name.',
  campaign_id: 'Campaign id of the platform.',
  campaign_name: 'Campaign name of the platform.',
  ad_group_id: 'Ad group or ad set id of the platform.',
  ad_group_name: 'Ad group or ad set name.',
  ad_id: 'Ad id of the platform.',
  ad_name: 'Ad name.',
  keyword: 'Keyword of the ad platform.',
  account_id: 'Ad account.',
  channel: "Channel by the shop's rules: starts from GA4's and reads what GA4 leaves unread.",
  channel_ga4: "Channel by GA4's default channel group, exactly as published.",
  last_source: 'Source of the last campaign or referrer seen within the session.',
  last_medium: 'Medium of the last campaign or referrer seen within the session.',
  last_non_direct_source:
    'Source of the last session of the visitor that was not direct, this one included, within last_non_direct_days.',
  last_non_direct_medium: 'Medium of that last session that was not direct.',

  // --- sessions -------------------------------------------------------------------------------
  sequence: 'Position of the event in its session, from 1.',
  split_cause:
    'Why the session began: first, timeout, campaign, user_change, guard; imported for imported journeys.',
  started_at: 'Time of the first event, UTC.',
  ended_at: 'Time of the last event, UTC.',
  session_date: 'Day of the first event in the reporting time zone.',
  page_view_count: 'Page views.',
  product_view_count: 'Distinct products viewed.',
  search_count: 'Searches on the site.',
  compared_product_count:
    'Products viewed in categories of which two or more distinct ones were viewed.',
  add_to_cart_count: 'Times a product was put into the cart.',
  checkout_step_count: 'Checkout steps.',
  event_count: 'Events.',
  is_engaged: 'True from enough engaged seconds, two page views, or a conversion event.',
  is_guarded:
    'True if the session touches a guard (too many events or hours); left out of journeys.',
  holder_engagement: '1 if the session held interest by the holder rule of the settings, else 0.',
  closer_engagement: '1 if the session could close by the closer rule of the settings, else 0.',
  is_final: 'True if the session can no longer change by the data clock.',
  first_view_at: 'Time of the first view of the product in the session.',
  view_count: 'Views of the product in the session.',

  // --- money ----------------------------------------------------------------------------------
  currency_code: 'ISO 4217 code of the currency of the amounts.',
  base_currency_code: 'ISO 4217 code of the base currency.',
  rate_date: 'Day of the exchange rate.',
  rate: 'How much of the base currency one unit buys.',
  cost_date: "Day of the cost, in the ad account's time zone.",
  cost_amount: 'Cost in the currency of the row.',
  cost_amount_base: 'Cost in the base currency.',
  cost_level: 'Level at which cost met sessions: ad, ad_group, campaign, platform, channel.',
  unplaced_reason: 'Why no session carries the cost.',
  click_count: 'Clicks as the platform reports them.',
  impression_count: 'Impressions as the platform reports them.',
  install_count: 'App installs as the platform reports them.',
  platform_conversion_count: 'Conversions as the platform claims them.',
  platform_conversion_amount: 'Conversion value as the platform claims it.',
  ordered_at: 'Time of the order, UTC.',
  order_date: 'Day of the order in the reporting time zone.',
  status: 'State of the order.',
  revenue_amount: 'Revenue in the currency of the row.',
  revenue_amount_base: 'Revenue in the base currency.',
  refund_amount: 'Refunded amount.',
  tax_amount: 'Tax within the order.',
  shipping_amount: 'Shipping within the order.',
  items: 'Products of the order: id, name, category, quantity, unit price.',
  created_at: 'Time the record was created, UTC.',
  country_code: 'ISO 3166 code of the country.',
  ingested_at: 'Time the row was loaded, UTC; of several states of one key the last counts.',

  // --- imported journeys ----------------------------------------------------------------------
  row_number: 'Position of the row in the imported file.',
  is_conversion: 'True for the session in which the journey converted.',
  is_impression: 'True for an impression rather than a visit.',

  // --- lineage --------------------------------------------------------------------------------
  _visitor_event_count: "Number of the visitor's events when the row was built: its version.",
};

/**
 * The descriptions of the named columns, in the shape of Dataform's `columns`.
 *
 * @param {...string} names
 * @returns {Record<string, string>}
 * @throws {Error} for a column without a description
 */
function describe(...names) {
  return Object.fromEntries(
    names.map((name) => {
      const description = descriptions[name];
      if (description === undefined)
        throw new Error(
          `Column ${name} has no description: describe it once in includes/columns.js.`,
        );
      return [name, description];
    }),
  );
}

module.exports = { describe, descriptions };
