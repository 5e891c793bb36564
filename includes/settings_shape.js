/**
 * What settings.js consists of: the fields of every section, and the kind and range of each value.
 * What fields say together is in check_settings.js. A new setting gets a line here and in types.js.
 *
 * @import { Check } from './setting_kinds'
 */
const { models } = require('./model_shapes');
const kinds = require('./setting_kinds');

const { anyText, fields, flag, keyed, listOf, number, oneOf, recordOf, text, whole } = kinds;

const texts = listOf(text);
const days = whole(1, 3650);
const count = whole(1, 1_000_000_000);

const adapterSource = {
  required: { site_id: anyText, dataset: anyText },
  optional: {
    project: text,
    purchases_are_orders: flag,
    assumed_consent: listOf(oneOf('analytics', 'marketing', 'personalization', 'third_party')),
    event_names: recordOf(text),
  },
};

/** @param {Readonly<Record<string, Check>>} optional */
const adapter = (optional) =>
  listOf(fields(adapterSource.required, { ...adapterSource.optional, ...optional }));

const snowplowColumns = keyedOptional(
  ['action', 'product', 'transaction', 'checkout_step', 'refund', 'site_search'],
  text,
);

/** @param {readonly string[]} keys @param {Check} check */
function keyedOptional(keys, check) {
  return fields({}, Object.fromEntries(keys.map((key) => [key, check])));
}

const channelRule = fields(
  { channel: text },
  {
    channel_ga4: texts,
    kind: oneOf('search', 'social', 'video', 'shopping', 'email', 'ai', 'ads'),
    is_paid: flag,
    source_rule: oneOf('utm', 'click_id', 'referrer', 'other_referrer', 'direct'),
    click_id_type: texts,
    source: text,
    medium: text,
    campaign: text,
  },
);

const conversionType = fields(
  {
    conversion_type: text,
    source: oneOf('event', 'order', 'import'),
    once_per_customer: flag,
    lookback_days: days,
    starts_after_previous: flag,
  },
  {
    event_name: text,
    order_rank: oneOf('first', 'later'),
    touch_conversion_types: texts,
    touch_channel: text,
  },
);

const identifierKinds = /** @type {const} */ ([
  'user_id',
  'email_sha256',
  'phone_sha256',
  'customer_ref',
  'order_id',
  'etag_id',
  'journey_session',
]);

const identity = fields({
  max_records_per_identifier: keyed(identifierKinds, count),
  consent_free_identifiers: listOf(oneOf(...identifierKinds)),
  unique_identifiers: listOf(oneOf(...identifierKinds)),
  identifier_order: listOf(oneOf(...identifierKinds)),
  match_threshold: number(0, 1),
  matching_rounds: whole(1, 64),
  bridge_rounds: whole(1, 64),
  evidence_rounds: whole(1, 64),
  evidence: fields({
    is_enabled: flag,
    rules: listOf(
      fields({
        rule: text,
        column: oneOf('ip_sha256', 'ip_prefix_sha256', 'click_id'),
        max_visitors: count,
      }),
    ),
    period_days: days,
    interest_path: kinds.pattern(
      'give a regular expression with one group, without quotes',
      /^[^'\n]*\((?!\?)[^'\n]*$/,
    ),
  }),
});

const activation = fields({
  model: text,
  google_ads: fields({
    is_enabled: flag,
    customer_id: anyText,
    conversion_actions: recordOf(text),
    click_window_days: days,
    click_minimum_hours: number(0, 24 * 90),
  }),
  meta: fields({
    is_enabled: flag,
    pixel_id: anyText,
    event_names: recordOf(text),
    event_window_days: days,
  }),
});

const eventRoles = /** @type {const} */ ([
  'page_view',
  'product_view',
  'search',
  'add_to_cart',
  'checkout_step',
  'purchase',
  'registration',
  'login',
  'engagement',
  'asset_request',
]);

const campaignFields = /** @type {const} */ ([
  'source',
  'medium',
  'campaign',
  'content',
  'term',
  'id',
  'source_platform',
  'creative_format',
  'marketing_tactic',
]);

const shape = fields({
  version: text,
  reporting_time_zone: text,
  base_currency_code: kinds.pattern('write the ISO code of a currency, like EUR', /^[A-Z]{3}$/),
  // No currency has more; NUMERIC, in which revenue is split, has nine.
  base_currency_decimals: whole(0, 4),
  sites: listOf(fields({ site_id: text, domains: texts })),
  adapters: fields({
    ga4: adapter({}),
    snowplow: adapter({
      table: text,
      heartbeat_seconds: count,
      app_ids: texts,
      columns: snowplowColumns,
    }),
    segment: adapter({ event_tables: texts }),
  }),
  session_timeout_minutes: count,
  max_session_events: count,
  max_session_hours: count,
  ignored_referrers: texts,
  late_days: count,
  future_minutes: count,
  earliest_event_date: kinds.kind(isDay, "write a day as '2000-01-31'"),
  long_url_characters: count,
  backfill_sources: texts,
  last_non_direct_days: days,
  engaged_seconds_minimum: whole(0, 86400),
  engaged_gap_seconds_maximum: whole(0, 86400),
  holder_rule: fields({
    product_views_minimum: count,
    checkout_step: flag,
    signed_in: flag,
  }),
  closer_rule: fields({ checkout_step: flag, conversion: flag }),
  event_names: keyed(eventRoles, text),
  conversion_event_names: texts,
  campaign_parameters: keyed(campaignFields, texts),
  ad_parameters: keyed(['campaign_id', 'ad_group_id', 'ad_id'], texts),
  platform_aliases: recordOf(texts),
  ad_accounts: listOf(fields({ platform: text, time_zone: text }, { account_id: text })),
  missing_clicks: fields({ reported_clicks_minimum: count, observed_share_minimum: text }),
  channel_rules: listOf(channelRule),
  identity,
  conversion_types: listOf(conversionType),
  ignored_order_statuses: texts,
  attribution_models: models,
  direct_channels: texts,
  paid_channels: texts,
  unattributed_channel: text,
  path_touches_maximum: count,
  activation,
});

/** @param {unknown} value */
function isDay(value) {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

module.exports = { shape };
