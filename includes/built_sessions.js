/** The SQL of int_sessions__sessions, over all events of sessions or over those of some sessions. */

const adapters = require('./adapters');
const { is, isConversionEvent, holder, closer } = require('./session_rules');
const sessionChannels = require('./session_channels');
const settings = require('./settings');
const toldSessions = require('./told_sessions');
const unionedColumns = require('./unioned_columns');

const { engaged_gap_seconds_maximum, engaged_seconds_minimum, reporting_time_zone } = settings;

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
    -- lint-ok: any-value a session has one of each
    ANY_VALUE(visitor_id) AS visitor_id, ANY_VALUE(split_cause) AS split_cause,
    -- Nearly: 'a|b' with cookie 'c' and 'a' with 'b|c' are one visitor.
    MIN(site_id) AS site_id,
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

-- Of sessions with another one. An aggregate: a window would sort whole arrivals.
last_arrivals AS (
  SELECT
    session_id,
    -- order is total: sequence numbers the events of a session
    ANY_VALUE(source HAVING MAX sequence) AS last_source, ANY_VALUE(medium HAVING MAX sequence) AS last_medium
  FROM arrivals
  WHERE NOT is_landing
  GROUP BY session_id
),

-- What a source is, and its channel, are the same for many sessions.
${sessionChannels.ctes('arrivals')},

sourced AS (
  SELECT
    counted.session_id, counted.visitor_id, counted.site_id,
    counted.split_cause, counted.is_guarded, counted.started_at, counted.ended_at,
    counted.device, counted.user_id, counted.page_view_count, counted.search_count, counted.add_to_cart_count,
    counted.checkout_step_count, counted.conversion_event_count, counted.event_count, counted.is_bot,
    COALESCE(CAST(ROUND(counted.heartbeat_seconds) AS INT64), counted.gap_seconds, 0)
      AS engaged_seconds,
    counted.max_scroll_percent,
    COALESCE(products.product_view_count, 0) AS product_view_count,
    COALESCE(products.compared_product_count, 0) AS compared_product_count,
    landings.page_url AS landing_page,
    landings.page_referrer AS landing_referrer,
    channels.source_rule, channels.source, channels.medium, channels.campaign,
    landings.content, landings.term, landings.platform, channels.is_paid,
    landings.campaign_id, landings.ad_group_id, landings.ad_id, channels.click_id_type,
    landings.click_id, channels.channel_ga4, channels.channel, channels._origin,
    COALESCE(last_arrivals.last_source, channels.source) AS last_source,
    COALESCE(last_arrivals.last_medium, channels.medium) AS last_medium
  FROM counted
  LEFT JOIN products ON products.session_id = counted.session_id
  LEFT JOIN landings ON landings.session_id = counted.session_id
  LEFT JOIN last_arrivals ON last_arrivals.session_id = landings.session_id
  INNER JOIN channels
    ON ${sessionChannels.isOf('landings')}
),

final AS (
  SELECT
    session_id, visitor_id, site_id, started_at, ended_at,
    DATE(started_at, '${reporting_time_zone}') AS session_date,
    split_cause, landing_page, landing_referrer, device, user_id, source_rule, source, medium,
    campaign, content, term, platform, is_paid, campaign_id, ad_group_id, ad_id, click_id_type,
    click_id, channel_ga4, channel, last_source, last_medium, page_view_count, product_view_count,
    search_count, compared_product_count, add_to_cart_count, checkout_step_count,
    conversion_event_count, event_count, engaged_seconds, max_scroll_percent, is_bot, is_guarded,
    engaged_seconds >= ${engaged_seconds_minimum}
      OR page_view_count >= 2
      OR conversion_event_count > 0 AS is_engaged,
    ${holder({
      productViews: 'product_view_count',
      checkoutSteps: 'checkout_step_count',
      isSignedIn: 'user_id IS NOT NULL',
    })} AS holder_engagement,
    ${closer({ checkoutSteps: 'checkout_step_count', conversions: 'conversion_event_count' })} AS closer_engagement,
    _origin
  FROM sourced
)

SELECT
  ${unionedColumns.names.join(', ')},
  ${toldSessions.visitorKey} AS _visitor_key, _origin
FROM final`;
}

module.exports = { query };
