/**
 * The SQL of int_sessions__arrivals, over all events of sessions or over those of some sessions
 * (int_sessions__sessions builds what has changed alone).
 */

const campaign = require('./campaign');
const knownSourceLists = require('./known_sources');
const platforms = require('./platforms');
const searchTerms = require('./search_terms');
const {
  clickColumns,
  mediumOfReferrer,
  isContradicted,
  clickKind,
  isPaidName,
} = require('./traffic_sources');

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
    page_referrer, referrer_host,
    is_internal_referrer OR is_ignored_referrer AS is_inner_referrer,
    ${campaign.nameColumns.join(', ')}, click_id_type, click_id,
    session_events.sequence = 1 OR late_landings.session_id IS NOT NULL AS is_landing
  FROM session_events
  LEFT JOIN late_landings
    ON late_landings.session_id = session_events.session_id
    AND late_landings.sequence = session_events.sequence
  WHERE page_url IS NOT NULL
),

-- An inner referrer tells nothing of where a visit came from.
arrivals AS (
  SELECT
    event_id, session_id, visitor_id, sequence, is_landing, page_url, page_referrer,
    ${campaign.nameColumns.join(', ')}, click_id_type, click_id,
    IF(is_inner_referrer, NULL, referrer_host) AS referrer_host,
    IF(is_inner_referrer, NULL, ${knownSourceLists.place('referrer_host', 'page_referrer')})
      AS referrer_place
  FROM pages
  WHERE is_landing
    OR (
      NOT is_inner_referrer
      AND COALESCE(referrer_host, utm_source, utm_medium, utm_campaign, click_id) IS NOT NULL
    )
),

-- What the referrer is known as, and what the campaign's own source is known as.
known AS (
  SELECT
    arrivals.event_id, arrivals.session_id, arrivals.visitor_id, arrivals.sequence,
    arrivals.is_landing, arrivals.page_url, arrivals.page_referrer, arrivals.referrer_host,
    ${campaign.columnsOf('arrivals')}, arrivals.click_id_type, arrivals.click_id,
    referrers.source_kind AS referrer_kind,
    referrers.source_name AS referrer_name,
    referrers.ga4_kind AS referrer_ga4_kind,
    referrers.term_parameters,
    LOWER(arrivals.utm_source) AS utm_text,
    utm_sources.source_kind AS utm_kind,
    utm_sources.ga4_kind AS utm_ga4_kind,
    ${clickColumns('arrivals.click_id_type')}
  FROM arrivals
  LEFT JOIN known_sources AS referrers ON referrers.source_text = arrivals.referrer_place
  LEFT JOIN known_sources AS utm_sources ON utm_sources.source_text = LOWER(arrivals.utm_source)
),

-- The rule that decides. A click id that links carry paid or not (fbclid) leaves the word to a
-- known referrer.
ruled AS (
  SELECT
    event_id, session_id, visitor_id, sequence, is_landing, page_url, page_referrer,
    referrer_host, ${campaign.nameColumns.join(', ')}, click_id_type, click_id, referrer_kind,
    referrer_name, referrer_ga4_kind, term_parameters, utm_kind, utm_ga4_kind, click_source,
    click_medium, click_kind, click_platform, is_paid_click,
    CASE
      WHEN COALESCE(utm_source, utm_medium) IS NOT NULL THEN 'utm'
      WHEN click_id IS NOT NULL
        AND NOT ${isContradicted()}
        AND (click_id_type != 'fbclid' OR referrer_kind IS NULL)
        THEN 'click_id'
      WHEN referrer_kind IS NOT NULL THEN 'referrer'
      WHEN referrer_host IS NOT NULL THEN 'other_referrer'
      ELSE 'direct'
    END AS source_rule,
    ${platforms.foldClean('utm_text')} AS utm_platform,
    ${searchTerms.raw('page_referrer', 'term_parameters')} AS raw_term
  FROM known
),

-- A campaign that leaves out its medium: the click id of the same platform knows it.
sourced AS (
  SELECT
    event_id, session_id, visitor_id, sequence, is_landing, page_url, page_referrer,
    ${campaign.nameColumns.join(', ')}, click_id_type, click_id, source_rule, referrer_kind,
    referrer_name, referrer_ga4_kind, utm_kind, utm_ga4_kind, utm_platform, click_source,
    click_medium, click_kind, click_platform, is_paid_click, raw_term,
    REGEXP_REPLACE(referrer_host, r'^www\\.', '') AS host_name,
    utm_source IS NULL OR utm_platform = click_platform AS is_own_click
  FROM ruled
),

final AS (
  SELECT
    event_id,
    session_id,
    visitor_id,
    sequence,
    is_landing,
    source_rule,
    CASE source_rule
      WHEN 'utm' THEN COALESCE(utm_source, click_source, referrer_name, host_name, '(not set)')
      WHEN 'click_id' THEN click_source
      WHEN 'referrer' THEN referrer_name
      WHEN 'other_referrer' THEN host_name
      ELSE '(direct)'
    END AS source,
    CASE source_rule
      WHEN 'utm' THEN COALESCE(utm_medium, IF(is_own_click, click_medium, NULL), '(not set)')
      WHEN 'click_id' THEN click_medium
      WHEN 'referrer' THEN ${mediumOfReferrer('referrer_kind')}
      WHEN 'other_referrer' THEN 'referral'
      ELSE '(none)'
    END AS medium,
    utm_campaign AS campaign,
    utm_content AS content,
    COALESCE(utm_term, IF(source_rule = 'referrer', ${searchTerms.decode('raw_term')}, NULL))
      AS term,
    CASE source_rule
      WHEN 'utm' THEN COALESCE(utm_platform, click_platform)
      WHEN 'click_id' THEN click_platform
    END AS platform,
    CASE source_rule
      WHEN 'utm' THEN ${isPaidName('utm_source', 'utm_medium')}
        OR COALESCE(utm_medium IS NULL AND is_own_click AND is_paid_click, FALSE)
      WHEN 'click_id' THEN is_paid_click
      ELSE FALSE
    END AS is_paid,
    campaign_id,
    ad_group_id,
    ad_id,
    click_id_type,
    click_id,
    CASE source_rule
      WHEN 'utm' THEN IF(utm_source IS NULL, COALESCE(click_kind, referrer_kind), utm_kind)
      WHEN 'click_id' THEN ${clickKind()}
      WHEN 'referrer' THEN referrer_kind
    END AS source_kind,
    CASE source_rule
      WHEN 'utm' THEN IF(utm_source IS NULL, COALESCE(click_kind, referrer_ga4_kind), utm_ga4_kind)
      WHEN 'click_id' THEN click_kind
      WHEN 'referrer' THEN referrer_ga4_kind
    END AS ga4_kind,
    page_url,
    page_referrer
  FROM sourced
)

SELECT
  event_id, session_id, visitor_id, sequence, is_landing, source_rule, source, medium, campaign,
  content, term, platform, is_paid, campaign_id, ad_group_id, ad_id, click_id_type, click_id,
  source_kind, ga4_kind, page_url, page_referrer
FROM final`;
}

module.exports = { query };
