/**
 * The SQL of int_sessions__arrivals, over all events of sessions or over those of some sessions
 * (int_sessions__sessions builds what has changed alone).
 */

const arrivalSources = require('./arrival_sources');
const campaign = require('./campaign');
const searchTerms = require('./search_terms');

/**
 * @param {object} tables
 * @param {string} tables.events session_events, or all rows of some of its sessions
 * @param {string} tables.knownSources int_sessions__known_sources
 * @returns {string} a query
 */
function query({ events, knownSources }) {
  return `WITH
session_events AS (
  SELECT * FROM ${events}
),

known_sources AS (
  SELECT * FROM ${knownSources}
),

-- Few sessions begin with an event that has no page (a login on the server): their landing is their
-- first event with a page.
late_landings AS (
  SELECT session_id, MIN(sequence) AS sequence
  FROM session_events
  WHERE page_url IS NOT NULL
    AND session_id IN (
      SELECT session_id FROM session_events WHERE sequence = 1 AND page_url IS NULL
    )
  GROUP BY session_id
),

pages AS (
  SELECT
    event_id, session_events.session_id, visitor_id, session_events.sequence, page_url,
    page_referrer, ${arrivalSources.isInner} AS is_inner_referrer,
    ${arrivalSources.outerPlace} AS referrer_place,
    ${campaign.nameColumns.join(', ')}, click_id_type, click_id,
    session_events.sequence = 1 OR late_landings.session_id IS NOT NULL AS is_landing
  FROM session_events
  LEFT JOIN late_landings
    ON late_landings.session_id = session_events.session_id
    AND late_landings.sequence = session_events.sequence
  WHERE page_url IS NOT NULL
),

arrivals AS (
  SELECT
    event_id, session_id, visitor_id, sequence, is_landing, page_url, page_referrer,
    referrer_place, ${campaign.nameColumns.join(', ')}, click_id_type, click_id
  FROM pages
  WHERE is_landing
    OR (
      NOT is_inner_referrer
      AND COALESCE(referrer_place, utm_source, utm_medium, utm_campaign, click_id) IS NOT NULL
    )
),

${arrivalSources.ctes('session_events', 'known_sources')},

told AS (
  SELECT
    arrivals.event_id, arrivals.session_id, arrivals.visitor_id, arrivals.sequence,
    arrivals.is_landing, sources.source_rule, sources.source, sources.medium,
    arrivals.utm_campaign AS campaign, arrivals.utm_content AS content, arrivals.utm_term,
    sources.platform, sources.is_paid, arrivals.campaign_id, arrivals.ad_group_id, arrivals.ad_id,
    arrivals.click_id_type, arrivals.click_id, sources.source_kind, sources.ga4_kind,
    arrivals.page_url, arrivals.page_referrer,
    IF(
      sources.source_rule = 'referrer' AND arrivals.utm_term IS NULL,
      ${searchTerms.raw('arrivals.page_referrer', 'sources.term_parameters')},
      NULL
    ) AS raw_term
  FROM arrivals
  INNER JOIN sources
    ON ${arrivalSources.isOf('arrivals')}
),

final AS (
  SELECT
    event_id,
    session_id,
    visitor_id,
    sequence,
    is_landing,
    source_rule,
    source,
    medium,
    campaign,
    content,
    COALESCE(utm_term, ${searchTerms.decode('raw_term')}) AS term,
    platform,
    is_paid,
    campaign_id,
    ad_group_id,
    ad_id,
    click_id_type,
    click_id,
    source_kind,
    ga4_kind,
    page_url,
    page_referrer
  FROM told
)

SELECT
  event_id, session_id, visitor_id, sequence, is_landing, source_rule, source, medium, campaign,
  content, term, platform, is_paid, campaign_id, ad_group_id, ad_id, click_id_type, click_id,
  source_kind, ga4_kind, page_url, page_referrer
FROM final`;
}

module.exports = { query };
