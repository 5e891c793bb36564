/** The SQL of int_sessions__sessions, over all events of sessions or over those of some sessions. */

const adapters = require('./adapters');
const channels = require('./channels');
const { is, isConversionEvent, holder, closer } = require('./session_rules');
const settings = require('./settings');
const toldSessions = require('./told_sessions');
const trafficSources = require('./traffic_sources');
const unionedColumns = require('./unioned_columns');

const { channel_rules, engaged_gap_seconds_maximum, engaged_seconds_minimum, reporting_time_zone } =
  settings;

const ownChannel = channels.own(channel_rules, {
  source: 'lower_source',
  medium: 'lower_medium',
  campaign: 'lower_campaign',
  kind: 'source_kind',
  is_paid: 'is_paid',
  source_rule: 'source_rule',
  click_id_type: 'click_id_type',
  channel_ga4: 'channel_ga4',
});

/**
 * @param {object} queries
 * @param {string} queries.events a query: rows of session_events, whole sessions
 * @param {string} queries.arrivals a query: their arrivals; it may read built_events
 * @param {string} queries.products a query: their products; it may read built_events
 * @returns {string} a query
 */
function query({ events, arrivals, products }) {
  return `WITH
built_events AS (
  ${events}
),

arrivals AS (
  ${arrivals}
),

session_products AS (
  ${products}
),

counted AS (
  SELECT
    session_id,
    MIN(visitor_id) AS visitor_id,
    MIN(site_id) AS site_id,
    MIN(split_cause) AS split_cause,
    COUNTIF(is_guarded) > 0 AS is_guarded,
    MIN(occurred_at) AS started_at,
    MAX(occurred_at) AS ended_at,
    MIN(IF(sequence = 1, device, NULL)) AS device,
    MAX(user_id) AS user_id,
    COUNTIF(${is('page_view')}) AS page_view_count,
    COUNTIF(${is('search')}) AS search_count,
    COUNTIF(${is('add_to_cart')}) AS add_to_cart_count,
    COUNTIF(${is('checkout_step')}) AS checkout_step_count,
    COUNTIF(${isConversionEvent()}) AS conversion_event_count,
    COUNT(*) AS event_count,
    -- Heartbeats know best; without them the gaps between events count, up to a limit.
    SUM(IF(${adapters.isHeartbeat(is('engagement'))}, engaged_seconds, NULL)) AS heartbeat_seconds,
    MAX(scroll_percent) AS max_scroll_percent,
    SUM(LEAST(seconds_since_previous, ${engaged_gap_seconds_maximum})) AS gap_seconds,
    COUNTIF(is_bot) > 0 AS is_bot
  FROM built_events
  GROUP BY session_id
),

categories AS (
  SELECT
    session_id,
    product_category,
    COUNT(*) AS product_count
  FROM session_products
  WHERE view_count > 0
  GROUP BY session_id, product_category
),

-- Two or more products of one category are a comparison.
products AS (
  SELECT
    session_id,
    SUM(product_count) AS product_view_count,
    SUM(IF(product_category IS NOT NULL AND product_count >= 2, product_count, 0))
      AS compared_product_count
  FROM categories
  GROUP BY session_id
),

-- The landing says where the session came from; a later arrival within it is kept as the last.
landings AS (
  SELECT
    session_id, page_url, page_referrer, source_rule, source, medium, campaign, content, term,
    platform, is_paid, campaign_id, ad_group_id, ad_id, click_id_type, click_id, source_kind,
    ga4_kind
  FROM arrivals
  WHERE is_landing
),

-- An aggregate: a window would sort whole arrivals.
last_arrivals AS (
  SELECT
    session_id,
    -- order is total: sequence numbers the events of a session
    ANY_VALUE(source HAVING MAX sequence) AS last_source, ANY_VALUE(medium HAVING MAX sequence) AS last_medium
  FROM arrivals
  GROUP BY session_id
),

-- A session without any page (a server's events) came from nowhere that we know.
sourced AS (
  SELECT
    counted.session_id, counted.visitor_id, counted.site_id,
    counted.split_cause, counted.is_guarded, counted.started_at, counted.ended_at,
    counted.device, counted.user_id, counted.page_view_count, counted.search_count, counted.add_to_cart_count,
    counted.checkout_step_count, counted.conversion_event_count, counted.event_count, counted.is_bot,
    CAST(ROUND(COALESCE(counted.heartbeat_seconds, counted.gap_seconds, 0)) AS INT64)
      AS engaged_seconds,
    counted.max_scroll_percent,
    COALESCE(products.product_view_count, 0) AS product_view_count,
    COALESCE(products.compared_product_count, 0) AS compared_product_count,
    landings.page_url AS landing_page,
    landings.page_referrer AS landing_referrer,
    COALESCE(landings.source_rule, 'direct') AS source_rule,
    COALESCE(landings.source, '(direct)') AS source,
    COALESCE(landings.medium, '(none)') AS medium,
    landings.campaign, landings.content, landings.term, landings.platform,
    COALESCE(landings.is_paid, FALSE) AS is_paid,
    landings.campaign_id, landings.ad_group_id, landings.ad_id, landings.click_id_type,
    landings.click_id, landings.source_kind, landings.ga4_kind,
    ${channels.comparable("COALESCE(landings.source, '(direct)')")} AS lower_source,
    ${channels.comparable("COALESCE(landings.medium, '(none)')")} AS lower_medium,
    ${channels.comparable(
      trafficSources.ga4Medium({
        medium: "COALESCE(landings.medium, '(none)')",
        kind: 'landings.source_kind',
        sourceRule: 'landings.source_rule',
      }),
    )} AS lower_ga4_medium,
    ${channels.comparable('landings.campaign')} AS lower_campaign,
    COALESCE(last_arrivals.last_source, '(direct)') AS last_source,
    COALESCE(last_arrivals.last_medium, '(none)') AS last_medium
  FROM counted
  LEFT JOIN products ON products.session_id = counted.session_id
  LEFT JOIN landings ON landings.session_id = counted.session_id
  LEFT JOIN last_arrivals ON last_arrivals.session_id = landings.session_id
),

final AS (
  SELECT
    session_id, visitor_id, site_id, started_at, ended_at,
    DATE(started_at, '${reporting_time_zone}') AS session_date,
    split_cause, landing_page, landing_referrer, device, user_id, source_rule, source, medium,
    campaign, content, term, platform, is_paid, campaign_id, ad_group_id, ad_id, click_id_type,
    click_id, source_kind, lower_source, lower_medium, lower_campaign, last_source, last_medium,
    page_view_count, product_view_count,
    search_count, compared_product_count, add_to_cart_count, checkout_step_count,
    conversion_event_count, event_count, engaged_seconds, max_scroll_percent, is_bot, is_guarded,
    ${channels.ga4({
      source: 'lower_source',
      medium: 'lower_ga4_medium',
      campaign: 'lower_campaign',
      kind: 'ga4_kind',
    })} AS channel_ga4,
    engaged_seconds >= ${engaged_seconds_minimum}
      OR page_view_count >= 2
      OR conversion_event_count > 0 AS is_engaged,
    ${holder({
      productViews: 'product_view_count',
      checkoutSteps: 'checkout_step_count',
      isSignedIn: 'user_id IS NOT NULL',
    })} AS holder_engagement,
    ${closer({ checkoutSteps: 'checkout_step_count', conversions: 'conversion_event_count' })} AS closer_engagement
  FROM sourced
)

SELECT
  ${unionedColumns.names.map((name) => (name === 'channel' ? `${ownChannel} AS channel` : name)).join(', ')},
  ${toldSessions.visitorKey} AS _visitor_key,
  IF(source_rule != 'direct', ${toldSessions.origin()}, NULL) AS _origin
FROM final`;
}

module.exports = { query };
