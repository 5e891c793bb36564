/**
 * Channels as SQL. `channel_ga4` is GA4's default channel group, in its published order;
 * `channel` is ours: the rules of the settings, first match wins, and GA4's channel for the rest.
 *
 * @import { ChannelRule } from './types'
 */

const { text, list } = require('./sql_text');

const paidMedium = '^(.*cp.*|ppc|retargeting|paid.*)$';
const shopCampaign = '^(.*(([^a-df-z]|^)shop|shopping).*)$';
const emailNames = ['email', 'e-mail', 'e_mail', 'e mail'];

/**
 * A name as rules compare it. Many ask for it, so it is a column.
 *
 * @param {string} name SQL of a STRING that may be NULL @returns {string} SQL of a STRING
 */
const comparable = (name) => `LOWER(COALESCE(${name}, ''))`;

/**
 * GA4's channel.
 *
 * @param {{ source: string, medium: string, campaign: string, kind: string }} sql SQL of the
 *   session's source, medium and campaign, comparable, and of the kind that GA4 knows the source as
 *   (search, social, video, shopping or NULL)
 * @returns {string} SQL of a STRING
 */
function ga4(sql) {
  const { source, medium, campaign } = sql;
  const kind = `COALESCE(${sql.kind}, '')`;
  const paid = `REGEXP_CONTAINS(${medium}, ${text(paidMedium)})`;
  const shop = `(${kind} = 'shopping' OR REGEXP_CONTAINS(${campaign}, ${text(shopCampaign)}))`;
  const socialMediums = [
    'social',
    'social-network',
    'social-media',
    'sm',
    'social network',
    'social media',
  ];
  const displayMediums = ['display', 'banner', 'expandable', 'interstitial', 'cpm'];
  return `CASE
      WHEN ${source} = '(direct)' AND ${medium} IN ('(not set)', '(none)') THEN 'Direct'
      WHEN STRPOS(${campaign}, 'cross-network') > 0 THEN 'Cross-network'
      WHEN ${shop} AND ${paid} THEN 'Paid Shopping'
      WHEN ${kind} = 'search' AND ${paid} THEN 'Paid Search'
      WHEN ${kind} = 'social' AND ${paid} THEN 'Paid Social'
      WHEN ${kind} = 'video' AND ${paid} THEN 'Paid Video'
      WHEN ${medium} IN ${list(displayMediums)} THEN 'Display'
      WHEN ${paid} THEN 'Paid Other'
      WHEN ${shop} THEN 'Organic Shopping'
      WHEN ${kind} = 'social' OR ${medium} IN ${list(socialMediums)} THEN 'Organic Social'
      WHEN ${kind} = 'video' OR REGEXP_CONTAINS(${medium}, r'^(.*video.*)$') THEN 'Organic Video'
      WHEN ${kind} = 'search' OR ${medium} = 'organic' THEN 'Organic Search'
      WHEN ${medium} IN ('referral', 'app', 'link') THEN 'Referral'
      WHEN ${source} IN ${list(emailNames)} OR ${medium} IN ${list(emailNames)} THEN 'Email'
      WHEN ${medium} = 'affiliate' THEN 'Affiliates'
      WHEN ${medium} = 'audio' THEN 'Audio'
      WHEN ${source} = 'sms' OR ${medium} = 'sms' THEN 'SMS'
      WHEN ENDS_WITH(${medium}, 'push') OR REGEXP_CONTAINS(${medium}, r'mobile|notification') OR ${source} = 'firebase' THEN 'Mobile Push Notifications'
      ELSE 'Unassigned'
    END`;
}

/**
 * The shop's channel.
 *
 * @param {readonly ChannelRule[]} rules
 * @param {Readonly<Record<'source' | 'medium' | 'campaign' | 'kind' | 'is_paid' | 'source_rule'
 *   | 'click_id_type' | 'channel_ga4', string>>} sql SQL of what a rule may ask for; source, medium and
 *   campaign comparable
 * @returns {string} SQL of a STRING
 */
function own(rules, sql) {
  const whens = rules.map((rule) => `WHEN ${condition(rule, sql)} THEN ${text(rule.channel)}`);
  return `CASE
      ${whens.join('\n      ')}
      ELSE ${sql.channel_ga4}
    END`;
}

/**
 * @param {ChannelRule} rule
 * @param {Readonly<Record<string, string>>} sql
 * @returns {string}
 */
function condition(rule, sql) {
  const parts = [];
  if (rule.channel_ga4) parts.push(`${sql.channel_ga4} IN ${list(rule.channel_ga4)}`);
  if (rule.kind) parts.push(`COALESCE(${sql.kind}, '') = ${text(rule.kind)}`);
  if (rule.is_paid !== undefined) parts.push(`${rule.is_paid ? '' : 'NOT '}${sql.is_paid}`);
  if (rule.source_rule) parts.push(`${sql.source_rule} = ${text(rule.source_rule)}`);
  if (rule.click_id_type)
    parts.push(`COALESCE(${sql.click_id_type}, '') IN ${list(rule.click_id_type)}`);
  if (rule.source) parts.push(matches(sql.source, rule.source));
  if (rule.medium) parts.push(matches(sql.medium, rule.medium));
  if (rule.campaign) parts.push(matches(sql.campaign, rule.campaign));
  return parts.length > 0 ? parts.join(' AND ') : 'TRUE';
}

/** @param {string | undefined} sql @param {string} pattern */
function matches(sql, pattern) {
  return `REGEXP_CONTAINS(${sql}, ${text(pattern)})`;
}

module.exports = { comparable, ga4, own, paidMedium };
