/**
 * The channels of sessions, told once from each source, medium and campaign: many sessions share
 * them, and what tells channels are patterns.
 */

const channels = require('./channels');
const settings = require('./settings');
const toldSessions = require('./told_sessions');
const trafficSources = require('./traffic_sources');

/**
 * What a channel is told from, and what it is where a session has no page (a server's events): it came
 * from nowhere that we know.
 *
 * @type {Readonly<Record<string, string>>} columns of arrivals
 */
const named = {
  source_rule: "'direct'",
  source: "'(direct)'",
  medium: "'(none)'",
  is_paid: 'FALSE',
};
/** The same, which others may leave out, too. */
const open = ['campaign', 'click_id_type', 'source_kind', 'ga4_kind'];

const columns = [...Object.keys(named), ...open].join(', ');

const ownChannel = channels.own(settings.channel_rules, {
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
 * @param {string} arrivals a table
 * @returns {string} SQL of CTEs, the last one `channels`: one row for all that say the same
 */
const ctes = (arrivals) => `names AS (
  SELECT
    ${Object.entries(named)
      .map(([name, none]) => `COALESCE(${name}, ${none}) AS ${name}`)
      .join(', ')},
    ${open.map((name) => `NULLIF(${name}, '') AS ${name}`).join(', ')}
  FROM ${arrivals}
  UNION DISTINCT
  SELECT ${Object.values(named).join(', ')}, ${open.map(() => 'NULL').join(', ')}
),

-- Many rules ask for names in lower case.
lower_names AS (
  SELECT
    ${columns},
    ${channels.comparable('source')} AS lower_source,
    ${channels.comparable('medium')} AS lower_medium,
    ${channels.comparable(
      trafficSources.ga4Medium({
        medium: 'medium',
        kind: 'source_kind',
        sourceRule: 'source_rule',
      }),
    )} AS lower_ga4_medium,
    ${channels.comparable('campaign')} AS lower_campaign
  FROM names
),

ga4_channels AS (
  SELECT
    ${columns}, lower_source, lower_medium, lower_campaign,
    ${channels.ga4({
      source: 'lower_source',
      medium: 'lower_ga4_medium',
      campaign: 'lower_campaign',
      kind: 'ga4_kind',
    })} AS channel_ga4
  FROM lower_names
),

channels AS (
  SELECT
    ${columns}, channel_ga4,
    ${ownChannel} AS channel,
    IF(source_rule != 'direct', ${toldSessions.origin()}, NULL) AS _origin
  FROM ga4_channels
)`;

/** @param {string} landings of sessions, NULL where there is none @returns {string} SQL of a BOOL: the row of channels that is the session's */
const isOf = (landings) =>
  [
    ...Object.entries(named).map(
      ([name, none]) => `channels.${name} = COALESCE(${landings}.${name}, ${none})`,
    ),
    ...open.map((name) => `COALESCE(channels.${name}, '') = COALESCE(${landings}.${name}, '')`),
  ].join('\n    AND ');

module.exports = { ctes, isOf };
