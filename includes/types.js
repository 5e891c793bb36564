/**
 * Types of the includes, for tsc's checkJs alone.
 *
 * @typedef {{ site_id: string, domains: string[] }} Site
 *
 * @typedef {object} ConversionType
 * @property {string} conversion_type
 * @property {'event' | 'order' | 'import'} source
 * @property {string} [event_name] with source 'event'
 * @property {'first' | 'later'} [order_rank] with source 'order'
 * @property {boolean} once_per_customer
 * @property {number} lookback_days
 * @property {boolean} starts_after_previous
 * @property {string[]} [touch_conversion_types] whose conversions are touches of this type's journeys
 * @property {string} [touch_channel] the channel of a conversion of this type where it is a touch
 *
 * @typedef {'page_view' | 'product_view' | 'search' | 'add_to_cart' | 'checkout_step' | 'purchase'
 *   | 'registration' | 'login' | 'engagement' | 'asset_request'} EventRole
 *
 * @typedef {'source' | 'medium' | 'campaign' | 'content' | 'term' | 'id' | 'source_platform'
 *   | 'creative_format' | 'marketing_tactic'} CampaignField
 *
 * @typedef {{ model: string, kind: 'first' | 'last' | 'last_non_direct' | 'last_paid' | 'linear' }
 *   | PositionBasedModel | TimeDecayModel | PlatformModel} RuleModel
 *
 * @typedef {{ model: string, kind: 'position_based', first_share: string, last_share: string
 *   }} PositionBasedModel
 *
 * @typedef {{ model: string, kind: 'time_decay', half_life_days: number }} TimeDecayModel
 *
 * What a platform would claim: touches of these platforms in paid channels, or of these channels.
 *
 * @typedef {{ model: string, kind: 'platform', platforms?: string[], channels?: string[],
 *   click_days: number, view_days: number }} PlatformModel
 *
 * @typedef {{ model: string, kind: 'markov', order: number }} MarkovModel
 *
 * @typedef {{ model: string, kind: 'ihc' | 'shapley' | 'hazard' | 'incremental_logit' | 'gbdt'
 *   | 'chosen' }
 *   | MarkovModel} TrainedModel
 *
 * @typedef {RuleModel | TrainedModel} AttributionModel
 *
 * @typedef {'user_id' | 'email_sha256' | 'phone_sha256' | 'customer_ref' | 'order_id' | 'etag_id'
 *   | 'journey_session'} IdentifierKind
 *
 * @typedef {{ rule: string, column: 'ip_sha256' | 'ip_prefix_sha256' | 'click_id',
 *   max_visitors: number }} EvidenceRule
 *
 * @typedef {object} IdentitySettings
 * @property {{ is_enabled: boolean, rules: EvidenceRule[], period_days: number,
 *   interest_path: string }} evidence
 * @property {Record<IdentifierKind, number>} max_records_per_identifier
 * @property {IdentifierKind[]} consent_free_identifiers
 * @property {IdentifierKind[]} unique_identifiers
 * @property {IdentifierKind[]} identifier_order
 * @property {number} match_threshold
 * @property {number} matching_rounds
 * @property {number} bridge_rounds
 * @property {number} evidence_rounds
 *
 * A rule gives its channel where all that it states holds; `source`, `medium` and `campaign` are
 * patterns on the value in lower case.
 *
 * @typedef {object} ChannelRule
 * @property {string} channel
 * @property {string[]} [channel_ga4] GA4's channel is one of these
 * @property {'search' | 'social' | 'video' | 'shopping' | 'email' | 'ai' | 'ads'} [kind] of the source
 * @property {boolean} [is_paid] by medium, by spelling of the source, or by a paid click id
 * @property {'utm' | 'click_id' | 'referrer' | 'other_referrer' | 'direct'} [source_rule]
 * @property {string[]} [click_id_type]
 * @property {string} [source]
 * @property {string} [medium]
 * @property {string} [campaign]
 *
 * @typedef {object} GoogleAdsActivation
 * @property {boolean} is_enabled
 * @property {string} customer_id
 * @property {Record<string, string>} conversion_actions
 * @property {number} click_window_days
 * @property {number} click_minimum_hours
 *
 * @typedef {object} MetaActivation
 * @property {boolean} is_enabled
 * @property {string} pixel_id
 * @property {Record<string, string>} event_names
 * @property {number} event_window_days
 *
 * @typedef {object} AdAccount
 * @property {string} platform its folded name
 * @property {string} [account_id] left out: all accounts of the platform that are not named
 * @property {string} time_zone IANA name: the days of its reports
 *
 * What every adapter is told of a source.
 *
 * @typedef {object} AdapterSource
 * @property {string} site_id of the sessions it gives
 * @property {string} dataset
 * @property {string} [project] where it is not the default one
 * @property {boolean} purchases_are_orders its purchases are orders, unless raw.orders has them
 * @property {('analytics' | 'marketing' | 'personalization' | 'third_party')[]} [assumed_consent]
 *   what visitors agreed to where the export doesn't state it
 * @property {Record<string, string>} [event_names] name of the source -> ours, before the defaults
 *
 * @typedef {object} SnowplowColumns names of self-describing columns that the events table has
 * @property {string} [action] snowplow_ecommerce_action
 * @property {string} [product]
 * @property {string} [transaction]
 * @property {string} [checkout_step]
 * @property {string} [refund]
 * @property {string} [site_search]
 *
 * @typedef {AdapterSource & { table?: string, heartbeat_seconds?: number,
 *   app_ids?: string[], columns?: SnowplowColumns }} SnowplowSource
 *
 * @typedef {AdapterSource & { event_tables: string[] }} SegmentSource
 *
 * @typedef {object} Adapters
 * @property {AdapterSource[]} ga4
 * @property {SnowplowSource[]} snowplow
 * @property {SegmentSource[]} segment
 *
 * @typedef {object} Settings
 * @property {string} version
 * @property {string} reporting_time_zone
 * @property {string} base_currency_code
 * @property {number} base_currency_decimals
 * @property {Site[]} sites
 * @property {Adapters} adapters
 * @property {number} session_timeout_minutes
 * @property {number} max_session_events
 * @property {number} max_session_hours
 * @property {string[]} ignored_referrers
 * @property {number} late_days
 * @property {number} future_minutes
 * @property {string} earliest_event_date
 * @property {number} long_url_characters
 * @property {string[]} backfill_sources
 * @property {number} last_non_direct_days
 * @property {number} engaged_seconds_minimum
 * @property {number} engaged_gap_seconds_maximum
 * @property {{ product_views_minimum: number, checkout_step: boolean, signed_in: boolean }} holder_rule
 * @property {{ checkout_step: boolean, conversion: boolean }} closer_rule
 * @property {Record<EventRole, string>} event_names
 * @property {string[]} conversion_event_names
 * @property {Record<CampaignField, string[]>} campaign_parameters
 * @property {Record<'campaign_id' | 'ad_group_id' | 'ad_id', string[]>} ad_parameters
 * @property {Record<string, string[]>} platform_aliases
 * @property {AdAccount[]} ad_accounts
 * @property {{ reported_clicks_minimum: number, observed_share_minimum: string }} missing_clicks
 * @property {ChannelRule[]} channel_rules
 * @property {IdentitySettings} identity
 * @property {ConversionType[]} conversion_types
 * @property {string[]} ignored_order_statuses
 * @property {AttributionModel[]} attribution_models
 * @property {string[]} direct_channels
 * @property {string[]} paid_channels
 * @property {string} unattributed_channel
 * @property {number} path_touches_maximum
 * @property {{ model: string, google_ads: GoogleAdsActivation, meta: MetaActivation }} activation
 */

module.exports = {};
