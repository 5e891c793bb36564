/**
 * The columns that built and imported sessions share, and what an import leaves open.
 */

/** @type {readonly [string, string][]} column and its type in BigQuery */
const columns = [
  ['session_id', 'STRING'],
  ['visitor_id', 'STRING'],
  ['site_id', 'STRING'],
  ['started_at', 'TIMESTAMP'],
  ['ended_at', 'TIMESTAMP'],
  ['session_date', 'DATE'],
  ['split_cause', 'STRING'],
  ['landing_page', 'STRING'],
  ['landing_referrer', 'STRING'],
  ['device', 'STRING'],
  ['user_id', 'STRING'],
  ['source_rule', 'STRING'],
  ['source', 'STRING'],
  ['medium', 'STRING'],
  ['campaign', 'STRING'],
  ['content', 'STRING'],
  ['term', 'STRING'],
  ['last_source', 'STRING'],
  ['last_medium', 'STRING'],
  ['platform', 'STRING'],
  ['is_paid', 'BOOL'],
  ['campaign_id', 'STRING'],
  ['ad_group_id', 'STRING'],
  ['ad_id', 'STRING'],
  ['click_id_type', 'STRING'],
  ['click_id', 'STRING'],
  ['channel_ga4', 'STRING'],
  ['channel', 'STRING'],
  ['page_view_count', 'INT64'],
  ['product_view_count', 'INT64'],
  ['search_count', 'INT64'],
  ['compared_product_count', 'INT64'],
  ['add_to_cart_count', 'INT64'],
  ['checkout_step_count', 'INT64'],
  ['conversion_event_count', 'INT64'],
  ['event_count', 'INT64'],
  ['engaged_seconds', 'INT64'],
  ['max_scroll_percent', 'INT64'],
  ['is_engaged', 'BOOL'],
  ['is_bot', 'BOOL'],
  ['is_guarded', 'BOOL'],
  ['holder_engagement', 'INT64'],
  ['closer_engagement', 'INT64'],
];

/** What an import that says nothing of a column means: nothing counted, nothing flagged. */
const nothing = (/** @type {string} */ type) =>
  type === 'INT64' ? '0' : type === 'BOOL' ? 'FALSE' : `CAST(NULL AS ${type})`;

/**
 * @param {Readonly<Record<string, string>>} known SQL of the columns that the import knows
 * @returns {string} SQL, all columns by name
 */
function ofImported(known) {
  return columns
    .map(([name, type]) => `${known[name] ?? nothing(type)} AS ${name}`)
    .join(',\n    ');
}

module.exports = {
  names: columns.map(([name]) => name),
  typed: columns.map(([name, type]) => `${name} ${type}`),
  ofImported,
};
