/** The columns of raw events and of stg_events, in order, and which of repeated rows counts. */

const { nameColumns } = require('./campaign');

const names = [
  ...['event_id', 'event_name', 'site_id', 'source_system', 'visitor_id', 'anonymous_id'],
  ...['user_id', 'etag_id', 'email_sha256', 'phone_sha256', 'occurred_at', 'received_at'],
  ...['event_date', 'ip_sha256', 'ip_prefix_sha256', 'user_agent', 'device', 'is_bot', 'is_asset'],
  ...['page_url', 'page_host', 'page_path', 'page_title', 'page_referrer', 'referrer_host'],
  ...['is_internal_referrer', 'is_ignored_referrer', ...nameColumns, 'click_id_type', 'click_id'],
  ...['product_id', 'product_name', 'product_category', 'price_amount', 'order_id', 'search_term'],
  ...[
    'checkout_step',
    'engaged_seconds',
    'scroll_percent',
    'consent',
    'properties',
    'quality_issue',
  ],
  ...['input_issues', '_receipt_count', '_event_key', '_login', '_server_event'],
];

/** The columns of raw.events. */
const rawNames = [
  ...['event_id', 'event_name', 'site_id', 'source', 'occurred_at', 'received_at', 'anonymous_id'],
  ...['user_id', 'etag_id', 'ip_sha256', 'ip_prefix_sha256', 'user_agent', 'email_sha256'],
  ...['phone_sha256', 'page_url', 'page_referrer', 'page_title', 'consent', 'properties'],
];

/**
 * Of rows with one id the first received counts; what follows only makes the choice certain. What is
 * long is written out only where there is a choice.
 *
 * @param {string} receipts SQL, how many rows have the same id and time of receipt
 * @returns {string} SQL, a list of expressions
 */
const receiptOrder = (receipts) =>
  'received_at, occurred_at, event_name, site_id, source, anonymous_id, user_id, page_url, ' +
  'page_referrer, user_agent, etag_id, ip_sha256, ip_prefix_sha256, email_sha256, phone_sha256, ' +
  `page_title, IF(${receipts} > 1, TO_JSON_STRING(consent), NULL), ` +
  `IF(${receipts} > 1, TO_JSON_STRING(properties), NULL)`;

module.exports = { names, rawNames, receiptOrder };
