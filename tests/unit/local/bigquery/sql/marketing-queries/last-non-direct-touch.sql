SELECT event_id, user_id, ts,
  IFNULL(LAST_VALUE(NULLIF(source, 'direct') IGNORE NULLS) OVER (
    PARTITION BY user_id ORDER BY ts, event_id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), 'direct') AS source
FROM events
