SELECT o.order_id, o.user_id, o.amount,
  ARRAY_AGG(STRUCT(e.event_id, e.source) ORDER BY e.ts DESC, e.event_id LIMIT 1)[SAFE_OFFSET(0)].source AS last_source,
  ARRAY_AGG(e.source IGNORE NULLS ORDER BY e.ts, e.event_id LIMIT 1)[SAFE_OFFSET(0)] AS first_source,
  COUNT(e.event_id) AS touches
FROM orders o
LEFT JOIN events e
  ON e.user_id = o.user_id AND e.ts <= TIMESTAMP(o.order_date)
  AND e.ts > TIMESTAMP_SUB(TIMESTAMP(o.order_date), INTERVAL 7 DAY)
GROUP BY o.order_id, o.user_id, o.amount
