/** The columns of stg_events, in order. */

const { nameColumns } = require('./campaign');

const names = [
  ...['event_id', 'event_name', 'site_id', 'source_system', 'visitor_id', 'anonymous_id'],
  ...['user_id', 'etag_id', 'email_sha256', 'phone_sha256', 'occurred_at', 'received_at'],
  ...['event_date', 'ip_sha256', 'ip_prefix_sha256', 'user_agent', 'device', 'is_bot', 'is_asset'],
  ...['page_url', 'page_host', 'page_path', 'page_title', 'page_referrer', 'referrer_host'],
  ...['is_internal_referrer', 'is_ignored_referrer', ...nameColumns, 'click_id_type', 'click_id'],
  ...['product_id', 'product_name', 'product_category', 'price_amount', 'order_id', 'search_term'],
  ...['checkout_step', 'engaged_seconds', 'consent', 'properties', 'quality_issue'],
];

module.exports = { names };
