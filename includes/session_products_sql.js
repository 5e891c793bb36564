/** The SQL of session_products, over all events of sessions or over those of some sessions. */

const { is } = require('./session_rules');

const isView = is('product_view');
const isAdded = is('add_to_cart');

/**
 * @param {string} events session_events, or all rows of some of its sessions
 * @returns {string} a query
 */
function query(events) {
  return `WITH
session_events AS (
  SELECT * FROM ${events}
),

final AS (
  SELECT
    session_id,
    visitor_id,
    product_id,
    -- A category that changed between views is the first by name; the cart tells one as well.
    COALESCE(MIN(IF(${isView}, product_category, NULL)), MIN(product_category)) AS product_category,
    MIN(IF(${isView}, occurred_at, NULL)) AS first_view_at,
    COUNTIF(${isView}) AS view_count,
    MIN(IF(${isAdded}, occurred_at, NULL)) AS first_added_at,
    COUNTIF(${isAdded}) AS add_to_cart_count
  FROM session_events
  WHERE (${isView} OR ${isAdded})
    AND product_id IS NOT NULL
  GROUP BY session_id, visitor_id, product_id
)

SELECT
  session_id,
  visitor_id,
  product_id,
  product_category,
  first_view_at,
  view_count,
  first_added_at,
  add_to_cart_count
FROM final`;
}

module.exports = { query };
