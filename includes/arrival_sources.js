/**
 * The source of an arrival, by the order utm, click id, known referrer, other referrer, direct. Millions of
 * arrivals come in some thousand ways, so it is told once of each: what campaign and referrer say, but for
 * what makes each link another (click ids, terms, names of campaigns).
 */

const platforms = require('./platforms');
const {
  clickColumns,
  mediumOfReferrer,
  isContradicted,
  clickKind,
  isPaidName,
} = require('./traffic_sources');

/** An inner referrer tells nothing of where a visit came from. SQL of a BOOL, over events. */
const isInner = 'is_internal_referrer OR is_ignored_referrer';
const outerPlace = `IF(${isInner}, NULL, referrer_place)`;

/** Columns of a way that are text, NULL where nothing is said. */
const texts = ['referrer_place', 'utm_source', 'utm_medium', 'click_id_type'];
const columns = [...texts, 'has_click_id'].join(', ');

/**
 * @param {string} events a table: session_events, or all rows of some of its sessions
 * @param {string} knownSources a table
 * @returns {string} SQL of CTEs, the last one `sources`: one row per way in which events come
 */
const ctes = (events, knownSources) => `named_ways AS (
  SELECT
    ${isInner} AS is_inner_referrer,
    referrer_place, utm_source, utm_medium, click_id_type, click_id IS NOT NULL AS has_click_id
  FROM ${events}
  GROUP BY
    is_inner_referrer, referrer_place, utm_source, utm_medium, click_id_type, has_click_id
),

-- An empty text is none: a way stands here once.
ways AS (
  SELECT DISTINCT
    IF(is_inner_referrer, NULL, NULLIF(referrer_place, '')) AS referrer_place,
    NULLIF(utm_source, '') AS utm_source,
    NULLIF(utm_medium, '') AS utm_medium,
    NULLIF(click_id_type, '') AS click_id_type,
    has_click_id
  FROM named_ways
),

-- What the referrer is known as, and what the campaign's own source is known as.
known AS (
  SELECT
    ways.referrer_place, ways.utm_source, ways.utm_medium, ways.click_id_type, ways.has_click_id,
    referrers.source_kind AS referrer_kind,
    referrers.source_name AS referrer_name,
    referrers.ga4_kind AS referrer_ga4_kind,
    referrers.term_parameters,
    LOWER(ways.utm_source) AS utm_text,
    utm_sources.source_kind AS utm_kind,
    utm_sources.ga4_kind AS utm_ga4_kind,
    ${clickColumns('ways.click_id_type')}
  FROM ways
  LEFT JOIN ${knownSources} AS referrers ON referrers.source_text = ways.referrer_place
  LEFT JOIN ${knownSources} AS utm_sources ON utm_sources.source_text = LOWER(ways.utm_source)
),

-- The rule that decides. A click id that links carry paid or not (fbclid) leaves the word to a
-- known referrer.
ruled AS (
  SELECT
    ${columns}, referrer_kind, referrer_name, referrer_ga4_kind, term_parameters,
    utm_kind, utm_ga4_kind, click_source, click_medium, click_kind, click_platform, is_paid_click,
    CASE
      WHEN COALESCE(utm_source, utm_medium) IS NOT NULL THEN 'utm'
      WHEN has_click_id
        AND NOT ${isContradicted()}
        AND (click_id_type != 'fbclid' OR referrer_kind IS NULL)
        THEN 'click_id'
      WHEN referrer_kind IS NOT NULL THEN 'referrer'
      WHEN referrer_place IS NOT NULL THEN 'other_referrer'
      ELSE 'direct'
    END AS source_rule,
    ${platforms.foldClean('utm_text')} AS utm_platform
  FROM known
),

-- A campaign that leaves out its medium: the click id of the same platform knows it.
sourced AS (
  SELECT
    ${columns}, source_rule, referrer_kind, referrer_name, referrer_ga4_kind,
    term_parameters, utm_kind, utm_ga4_kind, utm_platform, click_source, click_medium, click_kind,
    click_platform, is_paid_click,
    -- A place begins with its host.
    REGEXP_REPLACE(REGEXP_EXTRACT(referrer_place, r'^[^/]+'), r'^www\\.', '') AS host_name,
    utm_source IS NULL OR utm_platform = click_platform AS is_own_click
  FROM ruled
),

sources AS (
  SELECT
    ${columns}, source_rule, term_parameters,
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
    CASE source_rule
      WHEN 'utm' THEN IF(utm_source IS NULL, COALESCE(click_kind, referrer_kind), utm_kind)
      WHEN 'click_id' THEN ${clickKind()}
      WHEN 'referrer' THEN referrer_kind
    END AS source_kind,
    CASE source_rule
      WHEN 'utm' THEN IF(utm_source IS NULL, COALESCE(click_kind, referrer_ga4_kind), utm_ga4_kind)
      WHEN 'click_id' THEN click_kind
      WHEN 'referrer' THEN referrer_ga4_kind
    END AS ga4_kind
  FROM sourced
)`;

/** @param {string} arrivals alias, with the outer place of its referrer @returns {string} SQL of a BOOL: the row of sources that is the arrival's */
const isOf = (arrivals) =>
  [
    ...texts.map((name) => `COALESCE(sources.${name}, '') = COALESCE(${arrivals}.${name}, '')`),
    `sources.has_click_id = (${arrivals}.click_id IS NOT NULL)`,
  ].join('\n    AND ');

module.exports = { ctes, isInner, isOf, outerPlace };
