SELECT user_id,
  ARRAY_AGG(source IGNORE NULLS ORDER BY ts, event_id LIMIT 1)[SAFE_OFFSET(0)] AS first_touch,
  ARRAY_AGG(source IGNORE NULLS ORDER BY ts DESC, event_id DESC LIMIT 1)[SAFE_OFFSET(0)] AS last_touch,
  ANY_VALUE(source HAVING MAX ts) IS NOT NULL AS has_last,
  COUNT(DISTINCT source) AS sources
FROM events GROUP BY user_id
