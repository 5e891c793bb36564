/**
 * What each column means, described once, whatever table it stands in.
 * A model's config takes them with `columns: columns.describe('session_id', 'started_at', ...)`.
 */

/** @type {Readonly<Record<string, string>>} */
const descriptions = {
  // --- ids ------------------------------------------------------------------------------------
  event_id: 'Id of the event, given by its sender; unique.',
  server_visitor_id: "The visitor that a server's event makes where it joins no cookie's.",
  visitor_id:
    'Visitor: a hash of site and first-party cookie; without cookie of login, else of order.',
  session_id:
    "Session: a hash of visitor and the session's first event; stable when later events arrive.",
  site_id: 'Site or shop the event belongs to.',
  customer_id: 'Resolved person; stable over runs.',
  conversion_id: 'Conversion; unique over all conversion types.',
  order_id: 'Order, as the shop names it.',
  anonymous_id: 'First-party cookie of the visitor.',
  user_id: 'Login, as the shop names it.',
  etag_id: 'Identifier kept by the ETag of the tracker.',
  customer_ref: 'Id of the customer record in the CRM.',
  product_id: 'Product, as the shop names it.',

  // --- events ---------------------------------------------------------------------------------
  event_name: 'What happened: page_view, product_view, search, add_to_cart, purchase ...',
  source_system:
    'What wrote the event: web, server, access_log, import; ga4, snowplow, segment for tracking that is read from its own tables.',
  occurred_at: 'Time of the event, UTC, by the clock of the client corrected by its sending time.',
  received_at: 'Time the event was received, UTC; the clock of all incremental rules.',
  event_date: 'Day of the event in the reporting time zone.',
  ip_sha256: 'Keyed hash of the IP address.',
  ip_prefix_sha256: 'Keyed hash of the IP address prefix.',
  user_agent: 'User agent as received.',
  email_sha256: 'SHA-256 of the trimmed, lower-case e-mail address.',
  phone_sha256: 'SHA-256 of the phone number in E.164.',
  page_url: 'URL of the page, as received.',
  page_referrer: 'Referrer of the page, as received.',
  page_title: 'Title of the page.',
  page_host: 'Host of the page URL, lower case, without port.',
  page_path: 'Path of the page URL.',
  referrer_host: 'Host of the referrer, lower case, without port; app package for app referrers.',
  is_internal_referrer: "True if the referrer is one of the site's own domains.",
  is_ignored_referrer: 'True if the referrer is a payment or login provider of the settings.',
  consent: 'Consent given: analytics, marketing, personalization, third_party.',
  properties: 'What the sender said beyond the columns, as JSON.',
  device: 'Kind of device by user agent: mobile, tablet, desktop, bot, other.',
  is_bot:
    'True for crawlers and for hits without a browser; kept, left out of journeys and reports.',
  is_asset: 'True for requests of images, styles, scripts and feeds; not part of any session.',
  quality_issue:
    "Why the event stays out of sessions: 'future', 'ancient', 'no_visitor'; 'too_late' is a warning, the event is in its session.",
  input_issues:
    'Kinds of bad input in URL, referrer and title, separated by spaces: no_url, no_referrer_url, long_url, control_character, replaced_character, broken_encoding, missing_name (of source, medium or campaign), repeated_parameter, contradictory_parameter; NULL for none. The event is in its session.',
  product_name: 'Name of the product.',
  product_category: 'Category of the product.',
  price_amount: 'Price the page showed.',
  search_term: 'What the visitor searched for on the site.',
  checkout_step: 'Step of the checkout that was reached.',
  referrer_place:
    'Host of an external referrer, with the head of its path where that tells doors of a site apart (/imgres); else NULL.',
  scroll_percent:
    'How far down the page was scrolled, 0 to 100, where the tracker told; else NULL.',
  max_scroll_percent:
    'Furthest that a page of the session was scrolled, 0 to 100; NULL where nothing told.',
  engaged_seconds:
    'Seconds the page was visible and in focus, from heartbeats, else from bounded gaps.',

  // --- existing tracking ----------------------------------------------------------------------
  campaign_url:
    "Campaign that the page's URL does not show, as a URL of parameters; NULL without one.",
  original_name: 'Name of the event at its source.',
  ga_session_id: "GA4's number of the session, unique with the cookie only.",
  ga4_session_id: "GA4's session: cookie and ga_session_id.",
  first_sequence: 'Position of the first shared event in our session.',
  gap_seconds: "Pause before GA4 began its session within ours; NULL where it didn't.",
  begins_ga4_session: "True where GA4's session begins within ours.",
  has_session_start: 'True if a session_start event is among the shared events.',
  first_export_date: 'First day of the export, in the time zone of the property.',
  last_export_date: 'Last day of the export, in the time zone of the property.',
  ga4_session_count: 'Sessions as GA4 numbers them.',
  cause:
    "Why the counts differ (same: they don't): campaign, user_change, guard, timeout: GA4 goes on; ga4_timeout, ga4_restart: GA4 begins anew; no_ga4_session_number; events_kept_out. Counted without a difference: no_session_start, midnight, events_without_cookie.",
  _export_date: "Day of the export's table.",
  _export_table: 'Table of the export the row was read from: what follows events_ in its name.',
  _row_version: 'Changes with the content of the row; 0 where rows never change.',

  // --- traffic source -------------------------------------------------------------------------
  utm_source: 'Campaign source as the URL states it, decoded; NULL where missing or no name.',
  utm_medium: 'Campaign medium as the URL states it, decoded.',
  utm_campaign: 'Campaign name as the URL states it, decoded.',
  utm_content: 'Campaign content as the URL states it, decoded.',
  utm_term: 'Campaign term as the URL states it, decoded.',
  utm_id: 'Campaign id as the URL states it, decoded.',
  utm_source_platform: 'Platform that directs the traffic as the URL states it, decoded.',
  utm_creative_format: 'Kind of creative as the URL states it, decoded.',
  utm_marketing_tactic: 'Targeting as the URL states it, decoded.',
  click_id_type: 'Name of the click id of the URL (gclid, fbclid, msclkid ...).',
  click_id: 'Value of the click id.',
  campaign_key: 'What tells one campaign from another: utm and click id; NULL without campaign.',
  landing_page: "URL of the session's first page.",
  landing_referrer: "Referrer of the session's first page.",
  source: 'Where the session came from: a site, a search engine, a platform; (direct) if unknown.',
  medium: 'How it came: organic, cpc, referral, email ...; (none) if direct.',
  campaign: 'Campaign name.',
  content: 'Campaign content.',
  term: 'Campaign or search term.',
  source_rule:
    'Which rule found the source: utm, click_id, referrer, other_referrer, direct, imported.',
  platform: 'Ad platform or service behind the source, folded to one name.',
  campaign_id: 'Campaign id of the platform.',
  campaign_name: 'Campaign name of the platform.',
  ad_group_id: 'Ad group or ad set id of the platform.',
  ad_group_name: 'Ad group or ad set name.',
  ad_id: 'Ad id of the platform.',
  ad_name: 'Ad name.',
  keyword: 'Keyword of the ad platform.',
  account_id:
    'Ad account; of a session the one that its click, its campaign or the only report names.',
  channel: "Channel by the shop's rules: starts from GA4's and reads what GA4 leaves unread.",
  channel_ga4: "Channel by GA4's default channel group, exactly as published.",
  last_source: 'Source of the last campaign or referrer seen within the session.',
  last_medium: 'Medium of the last campaign or referrer seen within the session.',
  last_non_direct_source:
    'Source of the last session of the visitor that was not direct, this one included, within last_non_direct_days.',
  last_non_direct_medium: 'Medium of that last session that was not direct.',

  occurred_date: 'Day of the events, UTC.',
  source_text: "Referrer's host (with the head of its path where that matters), or utm_source.",
  source_kind:
    'Kind of the source: search, social, video, shopping, email, ai, ads (ad servers); NULL if unknown.',
  source_name: 'The one name of the source.',
  ga4_kind:
    "What GA4's list of sources counts it as: search, social, video, shopping; NULL if none.",
  term_parameters: 'Parameters in which the search engine passes the term, separated by commas.',
  matched_pattern: 'Entry of the lists that the text was found under.',
  is_landing: "True for the session's first page.",
  is_paid: 'True for a paid visit: by medium, by the spelling of its source, or by its click id.',

  // --- sessions -------------------------------------------------------------------------------
  seconds_since_previous: 'Seconds since the previous event of the session; NULL for its first.',
  first_added_at: 'First time the product was put into the cart, UTC; NULL where it was not.',
  sequence: 'Position of the event in its session, from 1.',
  split_cause:
    "Why the session began: first, timeout, campaign, user_change, guard; imported for imported journeys. In session_events a visitor's first session begins after a timeout, too.",
  started_at: 'Time of the first event, UTC.',
  ended_at: 'Time of the last event, UTC.',
  session_date: 'Day of the first event in the reporting time zone.',
  page_view_count: 'Page views.',
  product_view_count: 'Distinct products viewed.',
  search_count: 'Searches on the site.',
  compared_product_count:
    'Products viewed in categories of which two or more distinct ones were viewed.',
  add_to_cart_count: 'Times a product was put into the cart.',
  checkout_step_count: 'Checkout steps.',
  conversion_event_count: 'Events that are conversions by the settings.',
  event_count: 'Events.',
  is_engaged: 'True from enough engaged seconds, two page views, or a conversion event.',
  is_guarded:
    'True if the session touches a guard (too many events or hours); left out of journeys.',
  holder_engagement: '1 if the session held interest by the holder rule of the settings, else 0.',
  closer_engagement: '1 if the session could close by the closer rule of the settings, else 0.',
  is_final: 'True if the session can no longer change by the data clock.',
  first_view_at: 'Time of the first view of the product in the session.',
  view_count: 'Views of the product in the session.',

  // --- money ----------------------------------------------------------------------------------
  currency_code: 'ISO 4217 code of the currency of the amounts.',
  base_currency_code: 'ISO 4217 code of the base currency.',
  rate_date: 'Day of the exchange rate.',
  rate: 'How much of the base currency one unit buys.',
  cost_date: "Day of the cost, in the ad account's time zone.",
  cost_amount: 'Cost in the currency of the row.',
  cost_id: 'Report line of an ad platform: a hash of all that names it.',
  reported_channel: 'Channel the cost was reported for, where only that is known.',
  cost_amount_base: 'Cost in the base currency.',
  cost_campaign:
    "The campaign of the reports: its id; 'name: ' and the name where no report knows an id.",
  cost_campaign_key: 'Key of the campaign level: platform, account and cost_campaign.',
  ad_group_key: 'Key of the ad group level.',
  ad_key: 'Key of the ad level.',
  campaign_match:
    'What the reports know of the campaign: known, ambiguous (several of that name), unknown; none: the session names none.',
  tag_kind: 'What is tagged: ad, ad_group, campaign_id, campaign_name.',
  tag_value: 'Id or name as links carry it; names in lower case.',
  scope_account_id:
    'Account among whose campaigns the tag is looked up; (any): those of the whole platform.',
  valid_from: 'First day on which the tag means this.',
  valid_to: 'Last day on which the tag means this.',
  click_date: "Day of the click, in the ad account's time zone.",
  cost_level:
    'Level at which cost met sessions: ad, ad_group, campaign, account, platform, channel.',
  target_key: 'What the cost was met by: level, platform, account and value.',
  target_session_count: 'Sessions that share the cost.',
  bot_session_count: 'Sessions of bots, which get no cost.',
  unplaced_reason: 'Why no session carries the cost.',
  click_count: 'Clicks as the platform reports them.',
  observed_click_count: 'Sessions that came from the campaign, bots left out.',
  reported_click_count: 'Clicks as the platform reports them.',
  unreported_click_count:
    'Observed clicks that carry no cost, and whose campaign no report of the day names.',
  impression_count: 'Impressions as the platform reports them.',
  install_count: 'App installs as the platform reports them.',
  platform_conversion_count: 'Conversions as the platform claims them.',
  platform_conversion_amount: 'Conversion value as the platform claims it.',
  ordered_at: 'Time of the order, UTC.',
  order_date: 'Day of the order in the reporting time zone.',
  status: 'State of the order.',
  revenue_amount: 'Revenue in the currency of the row.',
  revenue_amount_base: 'Revenue in the base currency.',
  refund_amount: 'Refunded amount.',
  refund_amount_base: 'Refunded amount in the base currency.',
  tax_amount: 'Tax within the order.',
  shipping_amount: 'Shipping within the order.',
  items: 'Products of the order: id, name, category, quantity, unit price.',
  created_at: 'Time the record was created, UTC.',
  country_code: 'ISO 3166 code of the country.',
  ingested_at: 'Time the row was loaded, UTC; of several states of one key the last counts.',

  // --- imported journeys ----------------------------------------------------------------------
  row_number: 'Position of the row in the imported file.',
  is_conversion: 'True for the session in which the journey converted.',
  is_impression: 'True for an impression rather than a visit.',

  // --- identity -------------------------------------------------------------------------------
  record_id: 'A visitor, order or CRM record as identity sees it: its kind and its key.',
  record_kind: 'What the record is: visitor, order, crm_customer.',
  record_key: 'Id of the record in its own table: visitor_id, order_id, customer_ref.',
  first_seen_at: 'First time it was seen, UTC.',
  last_seen_at: 'Last time it was seen, UTC.',
  has_analytics_consent: "The visitor's last word on analytics; never stated counts as no.",
  has_marketing_consent: "The visitor's last word on marketing; never stated counts as no.",
  has_personalization_consent:
    "The visitor's last word on personalization; never stated counts as no.",
  has_third_party_consent:
    "The visitor's last word on passing data to third parties; never stated counts as no.",
  identifier_id: 'Kind and value of the identifier.',
  identifier_kind:
    'What the value is: user_id, email_sha256, phone_sha256, customer_ref, order_id, etag_id, journey_session.',
  identifier_value: 'Value of the identifier.',
  record_count: 'Records that carry the same value.',
  is_evidence: 'True if the value may join records.',
  rejected_reason:
    'Why the value joins nothing: shared_value (too many records have it), no_consent.',
  component_label:
    'Smallest record_id of the records that any links connect, those included that were cut.',
  proven_label: 'Smallest record_id of the records that identifiers join, without evidence.',
  cluster_label: 'Smallest record_id of the records that are one person; changes as they grow.',
  owner_cluster_label:
    'Cluster that the value belongs to; NULL for a login that is the first one of no record.',
  match_probability:
    'Probability that the visitor is this person: 1 where identifiers prove it, else that of the best pair that joins it.',
  evidence:
    "Kinds of identifier by which the visitor was joined to other records; 'match' for evidence of pairs.",
  change_id: 'Change: a hash of run, person before and person after.',
  run_number: 'Number of the run that made the change, from 1.',
  changed_at: "Time of the change by the data's clock: the newest receipt that the run knew.",
  change_kind:
    'created (new records, new person), joined (new records of a known person), merged (all records of a person went to another), moved (some did), split (some became a person of their own), renamed, removed (records that are there no more).',
  customer_id_before: 'Person as the records had it before; NULL for new records.',
  customer_id_after: 'Person as the records have it now; NULL for records that are gone.',
  cause_kind:
    'What made the change: identifier, match (a pair), shared_value (the value became a placeholder), no_consent, unique_identifier (cut, since two logins are two persons), new_record, gone_record, withdrawn (a link that is there no more).',
  cause_link:
    'The identifier or the pair that joined the records, or joins them no more; NULL for none.',
  changed_record_count: 'Records that went from one person to the other.',
  changed_visitor_count: 'Visitors (cookies) among them.',
  record_ids: 'Records that went from one person to the other.',
  visitor_id_left: 'One visitor of the pair, the smaller id.',
  visitor_id_right: 'The other visitor of the pair.',
  record_id_left: 'One record of the pair, the smaller id.',
  record_id_right: 'The other record of the pair.',
  own_weight: 'Bits for one person by what housemates do not share: device, hours and interests.',
  match_weight:
    'Log2 odds that both are one person: prior and all evidence, in bits; at most own_weight.',
  pair_source: "Blocking rule that made the pair first; 'random' for pairs drawn at random.",
  proof:
    "What logins prove of the pair: 'same' or 'different' person; 'unknown' where a side has none.",
  pair_count: 'Pairs of the pattern.',
  level_address:
    'Whether both used one network address in the same period, and by how many visitors it was used.',
  level_device:
    'How screen and version of two cookies of one kind of browser agree, whether ETags stay, and whether one follows the other; NULL where the browsers differ.',
  level_language: "Whether the browsers' languages agree.",
  level_habit: 'How near the usual hours of the day are, by as many visits as there are.',
  level_interests_few:
    'Likeness (cosine, in percent) of the interests, where they were seen on few days.',
  level_interests_some: 'The same where they were seen on some days.',
  level_interests_many: 'The same where they were seen on many days.',
  proven_group:
    'Visitors whom identifiers prove to be one person, by their smallest record; the login where several meet.',
  proven_group_left: 'Group of the left visitor.',
  proven_group_right: 'Group of the right visitor.',
  login_id: 'Login of the group, as identifier_id; NULL without one.',
  address_visitor_count: 'Visitors of the smallest address that both used; NULL without one.',
  shares_etag: 'True if one ETag was seen with both cookies.',
  rule: 'Blocking rule of the settings.',
  block_value: 'Value that all visitors of the block share.',
  period_date: 'First day of the period in which they shared it.',
  is_skipped: 'True if the block has too many visitors, and makes no pairs.',
  browser: 'User agent without its version numbers: what stays when the browser is updated.',
  first_browser_version: 'Lowest version of the browser that was seen.',
  last_browser_version: 'Highest version of the browser that was seen.',
  screen: 'Screen in CSS pixels, the shorter text first.',
  language: 'Language of the browser.',
  has_etag: 'True if the browser keeps ETags.',
  visited_hour_count: 'Hours with a visit, each cookie for itself.',
  habit_x: 'Mean of the hours of the day on a circle of 24 hours: cosine.',
  habit_y: 'The same: sine.',
  interest_day_count: 'Days on which an interest was seen, each cookie for itself.',
  interest_length: 'Length of the vector of interests: root of the sum of squared day counts.',
  interests:
    'Categories of the products viewed, or of the pages; the product where it has none: interest, day_count.',
  visitor_count: 'Visitors (cookies) of the person, or of the block.',
  order_count: 'Orders, cancelled ones included.',
  crm_record_count: 'Records of the person in the CRM.',
  user_ids: 'Logins of the person.',
  customer_refs: 'Ids of the person in the CRM.',
  email_sha256s: "SHA-256 of the person's e-mail addresses.",
  phone_sha256s: "SHA-256 of the person's phone numbers.",

  // --- conversions and journeys ---------------------------------------------------------------
  conversion_type: 'Kind of conversion, from the settings: registration, first_order ...',
  conversion_source: 'Where conversions of this type come from: event, order, import.',
  converted_at: 'Time of the conversion, UTC.',
  conversion_date: 'Day of the conversion in the reporting time zone.',
  opens_at: 'Sessions later than this belong to the journey, UTC.',
  touched_at: 'Time of the touch, UTC.',
  journey_id: 'A conversion, or a conversion type and customer who may still convert.',
  is_converted: 'True where the journey ended in a conversion.',
  journey_ended_at: 'Time of the conversion, or until when the journey was watched, UTC.',
  journey_ended_date: 'Day of journey_ended_at in the reporting time zone.',
  hours_to_end: 'Hours from the start of the session to the end of the journey.',
  position: 'Position of the touch in its journey, from 1.',
  touch_count: 'Touches of the journey.',
  gap_hours: 'Hours since the touch before; NULL for the first.',
  hours_to_conversion: 'Hours from the touch to the conversion.',
  has_touchpoints: 'True if the journey has any touch.',
  first_channel: 'Channel of the first touch.',
  last_channel: 'Channel of the last touch.',
  journey_hours: 'Hours from the first touch to the conversion.',

  // --- attribution ----------------------------------------------------------------------------
  model: 'Attribution model, by its name in includes/attribution_models.js.',
  kind: 'Method of the attribution model.',
  markov_order: 'Of a Markov model: how many touches back a step may depend on.',
  model_version:
    "Version of the rules' settings, or of the last training; untrained where there is none.",
  credit_quota: 'Share of the conversion in steps of 1e-12, before it is brought to exact parts.',
  model_number: "The model's place in the settings, from 1.",
  conversion_number: "Stands for the conversion's id while credit is shared out; of one run.",
  coin_count: "The conversion's revenue without its sign, in coins of the base currency.",
  has_phases: 'The model tells initializer, holder and closer apart.',
  revenue_sign: '-1 where refunds are more than the revenue, else 1; 0 without revenue.',
  initializer: 'Share of the initializer phase, IHC alone.',
  holder: 'Share of the holder phase, IHC alone.',
  closer: 'Share of the closer phase, IHC alone.',
  ihc: 'Weighted mean of the three phases.',
  credit: 'Share of the conversion; per model and conversion the credits sum to exactly 1.',
  attributed_revenue_amount_base:
    "Revenue by credit in the base currency; sums to exactly the conversion's revenue.",
  trained_at: 'Time of the training, UTC.',
  phase_weights: 'Weights of initializer, holder and closer.',
  reset_gap_hours: 'A gap of so many hours starts the journey anew; NULL for never.',
  initializer_curve: 'Knots of the initializer membership over the gap in hours.',
  closer_curve: 'Knots of the closer membership over the hours to the last session.',
  channel_weights: 'Weights per channel and phase.',
  curve: 'Which curve: initializer or closer.',
  from_hours: 'Where the segment begins, included.',
  to_hours: 'Where the segment ends, excluded.',
  from_membership: 'Membership where the segment begins.',
  to_membership: 'Membership where the segment ends.',
  is_reset: 'True if the gap before the touch starts the journey anew.',
  initializer_membership: "The touch's part in the journey's initializer membership.",
  holder_membership: "The touch's part in the journey's holder membership.",
  closer_membership: "The touch's part in the journey's closer membership.",

  // --- lift tests and confidence --------------------------------------------------------------
  lift_test_id: 'Lift test: a hash of its conversion type, channel, days and name.',
  lift_test_name: 'Name of the lift test, where several of a channel have the same days.',
  start_date: 'First day whose conversions the test counted.',
  end_date: 'Last day whose conversions the test counted.',
  incremental_conversion_count: 'Conversions that the channel added, by the test.',
  standard_error: 'Standard error of incremental_conversion_count.',
  population: 'Persons in the test; NULL for everybody.',
  conversion_share: "Channel's share of the conversion type's conversions, by the model.",
  sampling_low_share:
    'Lower end of the 90% interval of the share by chance: bootstrap by customer.',
  sampling_high_share: 'Upper end of the 90% interval of the share by chance.',
  spread_low_share: 'Lowest share of the channel over the models that pass the held-out fit.',
  spread_high_share: 'Highest share of the channel over the models that pass the held-out fit.',
  spread_model_count: 'Models that pass the held-out fit.',
  held_out_status:
    "Whether the model predicts held-out days better than their base rate: 'passes', 'fails', 'not tested'.",
  held_out_reason: 'Why the held-out fit was not tested.',
  held_out_log_loss: 'Mean log-loss on held-out journeys, nats.',
  base_rate_log_loss: 'Mean log-loss of the base rate on the same journeys, nats.',
  calibration_error:
    'Mean distance of observed from predicted conversion rates, held-out journeys.',
  lift_status:
    "What lift tests of the channel say: 'agrees', 'disagrees', 'not validated' (no test). A model that was drawn to the tests is judged by each as if it had not been seen; with one test alone it is 'drawn to it'.",
  lift_test_count: 'Lift tests of the channel that the journeys can answer.',
  lift_standard_errors:
    'Distance of the model from the lift tests, in their standard errors; above 0: it claims more.',

  // --- reporting ------------------------------------------------------------------------------
  report_date:
    'Day in the reporting time zone: of the session, of the cost, or of a conversion without touch.',
  session_count: 'Sessions, bots left out.',
  engaged_session_count: 'Engaged sessions, bots left out.',
  ihc_conversion_count: 'Conversions by IHC credit.',
  ihc_revenue_amount_base: 'Revenue by IHC credit, base currency.',
  last_conversion_count: 'Conversions by last touch.',
  last_revenue_amount_base: 'Revenue by last touch, base currency.',
  linear_conversion_count: 'Conversions in equal parts to all touches.',
  linear_revenue_amount_base: 'Revenue in equal parts to all touches, base currency.',
  attributed_conversion_count: 'Sum of credit.',
  conversion_count: 'Conversions.',
  path: 'Channels of the touches in order, the last ones if there are many.',
  touches_sum: 'Touches, summed over the conversions.',
  journey_hours_sum: 'Hours from first touch to conversion, summed over the conversions.',
  customer_count: 'Persons; each stands in one row.',
  converting_customer_count: 'Persons with at least one conversion.',
  viewed_session_count: 'Sessions that viewed the product, bots left out.',
  compared_session_count:
    'Sessions that viewed the product and another of its category, bots left out.',
  added_session_count: 'Sessions that put the product into the cart, bots left out.',
  checkout_session_count:
    'Sessions with a checkout step after the product was put into the cart, or an order of it; bots left out.',
  purchased_session_count: 'Sessions in which the product was ordered, bots left out.',
  sold_count: 'Pieces in orders that are sales.',
  issue: 'Kind of the data issue.',
  detail: 'What exactly: the reason, the platform, the type.',
  affected_count: 'Rows the issue concerns.',
  affected_amount_base:
    'Amount the issue concerns, base currency; NULL where it is not about money.',

  // --- activation -----------------------------------------------------------------------------
  upload_key: 'Hash of platform, action, conversion, touch and model version: sent once.',
  action_name: 'What the platform calls the conversion: conversion action or event name.',
  clicked_at: 'Time of the click, UTC: start of its session.',
  conversion_at: 'Time of the conversion, UTC.',
  event_at: 'Time of the conversion as event time, UTC.',
  value_amount_base: 'Value to send: revenue by credit, in the base currency.',
  gclid: 'Google click id.',
  gbraid: 'Google click id of app campaigns on iOS, for web conversions.',
  wbraid: 'Google click id of web campaigns on iOS.',
  fbclid: 'Meta click id.',
  fbc: 'Meta click id in the form of its cookie.',
  ad_user_data: 'GRANTED if the visitor agreed to sending data to the platform, else DENIED.',
  ad_personalization: 'GRANTED if the visitor agreed to personalized ads, else DENIED.',
  hours_since_click: 'Age of the click by the data clock, in hours.',
  hours_since_conversion: 'Age of the conversion by the data clock, in hours.',
  blocked_reason:
    'Why the row is held back: consent, window, too_recent, no_match_key, negative_value; NULL: ready.',

  // --- lineage --------------------------------------------------------------------------------
  _receipt_count:
    'Raw rows of this id at the time of its first receipt, one of which is staged; NULL where it is the only one.',
  _click_key:
    'Day and 43 bits of a hash of the click in one number: where a click is looked for in all days.',
  _event_key:
    'The day of receipt, in days since 0001-01-01, times 2^43, and 43 bits of the hash of event_id: whether an event has come before, and on which day, is asked of all days, and a number is a third of the id.',
  _login:
    'What joins servers to cookies: hashes of login and order, visitor and time of an event of sessions that has a login or names an order; of one that comes from a server without cookie its id and receipt, too; NULL for all others.',
  _server_event:
    'Of an event that comes from a server all that session_events has of it: where it is a spell of its own, it stands apart from the others. Empty for all others.',
  _server_event_id:
    "event_id of a server's event; NULL for all others, so that asking which of them are here reads little.",
  _spell_started_at:
    "Begin of the visitor's spell of activity: no gap within it is longer than the timeout.",
  _visitor_key:
    "Sixty bits of a hash of the visitor: a visitor's other sessions are looked for in all days, and a number is a quarter of the id.",
  _origin:
    'Source and medium of a session that was not direct in one number, sixty bits of a hash, for the direct ones after it; else NULL.',
  _looked_up:
    'What the session was looked up by in click and cost reports, so that it is looked up again when these change.',
};

/**
 * The descriptions of the named columns, in the shape of Dataform's `columns`.
 *
 * @param {...string} names
 * @returns {Record<string, string>}
 * @throws {Error} for a column without a description
 */
function describe(...names) {
  return Object.fromEntries(
    names.map((name) => {
      const description = descriptions[name];
      if (description === undefined)
        throw new Error(
          `Column ${name} has no description: describe it once in includes/columns.js.`,
        );
      return [name, description];
    }),
  );
}

module.exports = { describe, descriptions };
