/**
 * The settings of the shop: the one file to edit for conversion types, windows, channels, sites
 * and what is switched on. Datasets and project are in workflow_settings.yaml.
 * Names and units are explained where they stand; check_settings.js refuses contradictions
 * at compile time and says the mend. Money and share values that SQL must read exactly are
 * strings of decimal digits.
 *
 * @import { Settings } from './types'
 */

const { models: attribution_models } = require('./attribution_models');
const { rules: channel_rules } = require('./channel_rules');

/** @type {Settings} */
const settings = {
  /** Written beside results of rule-based models; raise it when a rule below changes. */
  version: 'v1',

  // --- time and money -----------------------------------------------------------------------
  /** IANA name; every <event>_date is a day of this zone. */
  reporting_time_zone: 'UTC',
  base_currency_code: 'EUR',
  /** Decimals of the base currency: attributed revenue is split to this many. */
  base_currency_decimals: 2,

  // --- sites --------------------------------------------------------------------------------
  /** Own domains: a referrer on one of them (or below it) is internal. A site that is not
   * listed knows its own pages' registrable domain as its own. */
  sites: [
    { site_id: 'shop', domains: ['shop.example'] },
    { site_id: 'semicomplete', domains: ['semicomplete.com'] },
  ],

  // --- existing tracking --------------------------------------------------------------------
  /**
   * Tracking that is there already, read from its own tables in place of retagging, beside
   * raw.events. An empty list reads nothing and makes no model. One entry per property or dataset;
   * fields and examples: definitions/02_staging/README.md, "Using existing tracking".
   */
  adapters: { ga4: [], snowplow: [], segment: [] },

  // --- sessions -----------------------------------------------------------------------------
  session_timeout_minutes: 30,
  /** Guards: a session is cut here and marked, kept, and left out of journeys. */
  max_session_events: 1000,
  max_session_hours: 24,
  /** Referrers that bring a visitor back rather than in: payment and login providers. Hosts; what
   * is below them counts too. */
  ignored_referrers: [
    'paypal.com',
    'klarna.com',
    'stripe.com',
    'adyen.com',
    'mollie.com',
    'sofort.com',
    'giropay.de',
    'paydirekt.de',
    'pay.amazon.com',
    'payments.amazon.de',
    'checkout.shopify.com',
    'shop.app',
    'accounts.google.com',
    'appleid.apple.com',
    'login.microsoftonline.com',
    'login.live.com',
  ],
  /** Events received later than this many days after they occurred are counted as too late. */
  late_days: 3,
  /** An event may lie this far ahead of its receipt before it counts as from the future: what the
   * collector lets through (maxFutureMinutes in functions/collection/check-event.ts). */
  future_minutes: 5,
  /** Events dated before this day come from a broken clock and stay out of sessions. */
  earliest_event_date: '2000-01-01',
  /** Page URLs of more characters are counted in data health. */
  long_url_characters: 2000,
  /** Values of raw.events.source for which being received late is normal. */
  backfill_sources: ['import', 'access_log'],
  last_non_direct_days: 90,
  /** A session is engaged from this many engaged seconds, or two page views, or a conversion. */
  engaged_seconds_minimum: 10,
  /** Without heartbeats the gap between two events counts, up to this many seconds. */
  engaged_gap_seconds_maximum: 60,
  holder_rule: { product_views_minimum: 2, checkout_step: true, signed_in: true },
  closer_rule: { checkout_step: true, conversion: true },

  // --- events -------------------------------------------------------------------------------
  event_names: {
    page_view: 'page_view',
    product_view: 'product_view',
    search: 'search',
    add_to_cart: 'add_to_cart',
    checkout_step: 'checkout_step',
    purchase: 'purchase',
    registration: 'registration',
    login: 'login',
    engagement: 'engagement',
    asset_request: 'asset_request',
  },
  /** Event names that make a session a converting one (closer rule). */
  conversion_event_names: ['purchase', 'registration'],

  // --- traffic sources ----------------------------------------------------------------------
  /** A shop's own parameters, read where the utm parameter of that field is missing. */
  campaign_parameters: {
    source: [],
    medium: [],
    campaign: [],
    content: [],
    term: [],
    id: [],
    source_platform: [],
    creative_format: [],
    marketing_tactic: [],
  },
  /** Parameters in which ad systems pass their own ids. */
  ad_parameters: {
    campaign_id: ['utm_id', 'gad_campaignid', 'campaignid', 'campaign_id', 'hsa_cam'],
    ad_group_id: ['adgroupid', 'adgroup_id', 'adset_id', 'hsa_grp'],
    ad_id: ['ad_id', 'adid', 'creative', 'hsa_ad'],
  },
  /** Platform as its names appear in utm_source and in cost reports -> one name. What marks a name
   * as paid is left out: 'tiktok' stands for tiktok-ads and TikTok Ads, too, and for tiktok.com. */
  platform_aliases: {
    google_ads: [
      'google',
      'google_ads',
      'google-ads',
      'googleads',
      'gads',
      'adwords',
      'google adwords',
      'google ads',
    ],
    microsoft_ads: [
      'bing',
      'microsoft',
      'microsoft_ads',
      'microsoft-ads',
      'bing_ads',
      'bingads',
      'msads',
    ],
    meta: [
      'meta',
      'fb',
      'fcb',
      'facebook',
      'facebook-ads',
      'facebook_ads',
      'fb-ads',
      'fb_ads',
      'ig',
      'instagram',
      'an',
      'msg',
    ],
    tiktok: ['tiktok', 'tiktok-ads', 'tiktok_ads'],
    pinterest: ['pinterest', 'pinterest-ads', 'pinterest_ads'],
    linkedin: ['linkedin', 'linkedin-ads', 'linkedin_ads'],
    snapchat: ['snapchat', 'snap'],
    x: ['x', 'twitter'],
    reddit: ['reddit'],
    youtube: ['youtube', 'yt', 'yt-ads', 'youtube_ads'],
    awin: ['awin'],
    criteo: ['criteo'],
    newsletter: ['newsletter', 'klaviyo', 'mailchimp'],
  },

  /**
   * Ad accounts whose days are not those of `reporting_time_zone`, by the platform's name above;
   * without `account_id` all accounts of the platform that are not named:
   *   { platform: 'google_ads', account_id: '482-110-3391', time_zone: 'America/New_York' }
   * The cost of a day then goes to the sessions that began on that day of the account.
   */
  ad_accounts: [],
  /** A campaign's day with at least so many reported clicks, of which less than this share was
   * observed, counts as missing_clicks in data health: its tagging looks broken. */
  missing_clicks: { reported_clicks_minimum: 50, observed_share_minimum: '0.5' },

  // --- channels -----------------------------------------------------------------------------
  /**
   * `channel` is the first of these rules that matches, else GA4's channel. They stand in
   * channel_rules.js.
   */
  channel_rules,

  // --- identity -----------------------------------------------------------------------------
  identity: {
    /** A value that more records share than this is a placeholder (a shared device, 'guest',
     * noreply@): it stays visible, but is no evidence. */
    max_records_per_identifier: {
      user_id: 1000,
      email_sha256: 1000,
      phone_sha256: 1000,
      customer_ref: 1000,
      order_id: 20,
      etag_id: 100,
      journey_session: 100,
    },
    /** What joins a visitor who gave no consent for personalization: the login, which the visitor
     * states for that purpose, and journeys that the shop had already joined itself. */
    consent_free_identifiers: ['user_id', 'journey_session'],
    /** Of this kind a person has one value at most: two logins are two persons, whatever else they
     * share. One kind, or none. */
    unique_identifiers: ['user_id'],
    /** Kinds from the strongest proof to the weakest. Where links would chain two logins together,
     * the weakest of them is cut. */
    identifier_order: [
      'user_id',
      'customer_ref',
      'order_id',
      'journey_session',
      'email_sha256',
      'phone_sha256',
      'etag_id',
    ],
    /** Evidence joins from this probability on: that of the mean weight between two clusters. */
    match_threshold: 0.9,
    /** Rounds of label propagation; each doubles the reach: 16 join chains of 30,000 records. */
    matching_rounds: 16,
    /**
     * Evidence that adds up: which visitors are compared. A rule pairs visitors of the same value
     * in `column` of stg_events within `period_days`, or twice that. A value with more visitors than
     * `max_visitors` in that time is an office or a mobile network, and makes no pairs. With
     * `ip_prefix_sha256` as a second rule homes with IPv6 are met, whose devices have an address
     * each; that needs logins to learn from.
     */
    evidence: {
      /** False: what proves identity joins visitors, and nothing else does. */
      is_enabled: true,
      rules: [{ rule: 'address', column: 'ip_sha256', max_visitors: 12 }],
      period_days: 28,
      /** Pages of a category, as regular expression with one group: a category whose page was opened
       * is an interest, as that of a viewed product is. */
      interest_path: '^/(?:c|category|categories|collections|product-category)/([^/]+)',
    },
    /** Rounds in which records find their login where links would chain two logins together; each
     * leaves a third or less: 8 settle clusters of some 10,000 records. */
    bridge_rounds: 8,
    /** Rounds in which evidence joins what proof left apart, each cluster with its best partner. */
    evidence_rounds: 10,
  },

  // --- conversions --------------------------------------------------------------------------
  /**
   * What counts as a conversion. `source`: 'event' (an event of `event_name`), 'order'
   * (raw.orders; `order_rank` 'first' or 'later' per customer), 'import' (imported journeys).
   * A journey reaches `lookback_days` back; with `starts_after_previous` it begins after the
   * customer's previous conversion of that type; for orders, after the previous order of any rank.
   * Conversions of `touch_conversion_types` are touches beside the sessions (a registration on the
   * way to the first order); their channel is the `touch_channel` of their own type, or its name.
   */
  conversion_types: [
    {
      conversion_type: 'registration',
      source: 'event',
      event_name: 'registration',
      once_per_customer: true,
      lookback_days: 120,
      starts_after_previous: false,
    },
    {
      conversion_type: 'first_order',
      source: 'order',
      order_rank: 'first',
      once_per_customer: true,
      lookback_days: 120,
      starts_after_previous: false,
    },
    {
      conversion_type: 'return_order',
      source: 'order',
      order_rank: 'later',
      once_per_customer: false,
      lookback_days: 120,
      starts_after_previous: true,
    },
    {
      conversion_type: 'conversion',
      source: 'import',
      once_per_customer: false,
      lookback_days: 120,
      starts_after_previous: false,
    },
  ],
  /** States of raw.orders that are no sale. */
  ignored_order_statuses: ['cancelled', 'failed', 'test'],

  // --- attribution --------------------------------------------------------------------------
  /** Models whose rows stand side by side in `attribution`: attribution_models.js. */
  attribution_models,
  /** Labels of `channel` that last_non_direct passes over. */
  direct_channels: ['Direct'],
  /** Labels of `channel` that are bought: last_paid looks for them, and platforms claim them. */
  paid_channels: [
    'Cross-network',
    'Paid Shopping',
    'Paid Search',
    'Paid Social',
    'Paid Video',
    'Paid Other',
    'Display',
    'Affiliates',
  ],
  /** The channel of what no touchpoint earned. */
  unattributed_channel: '(none)',

  // --- reporting ----------------------------------------------------------------------------
  /** Paths show the last so many touches; what came before is summed up in one mark. */
  path_touches_maximum: 6,

  // --- activation ---------------------------------------------------------------------------
  /** What is prepared for upload; nothing is sent by the models. */
  activation: {
    /** The model whose credit is sent. */
    model: 'ihc',
    google_ads: {
      is_enabled: true,
      customer_id: '0000000000',
      /** Conversion type -> conversion action in Google Ads. */
      conversion_actions: {
        registration: 'tributary_registration',
        first_order: 'tributary_first_order',
        return_order: 'tributary_return_order',
      },
      /** Clicks older than this can't be credited any more. */
      click_window_days: 90,
      /** Google refuses clicks younger than this (TOO_RECENT_EVENT); they wait. */
      click_minimum_hours: 6,
    },
    meta: {
      is_enabled: true,
      pixel_id: '000000000000000',
      /** Conversion type -> event name at Meta. */
      event_names: {
        registration: 'AttributedRegistration',
        first_order: 'AttributedPurchase',
        return_order: 'AttributedRepeatPurchase',
      },
      /** Events older than this are refused by Meta, and the whole request with them. */
      event_window_days: 7,
    },
  },
};

module.exports = settings;
