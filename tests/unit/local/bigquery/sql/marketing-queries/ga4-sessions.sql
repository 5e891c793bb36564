WITH flat AS (
  SELECT user_id, ts, event_name,
    (SELECT value.int_value FROM UNNEST(event_params) WHERE key = 'ga_session_id') AS session_id,
    (SELECT MAX(value.double_value) FROM UNNEST(event_params) WHERE key = 'engagement') AS engagement
  FROM events
)
SELECT user_id, session_id, COUNT(*) AS events, COUNT(DISTINCT event_name) AS kinds,
  SUM(engagement) AS engagement, LOGICAL_OR(event_name = 'purchase') AS converted,
  STRING_AGG(event_name, ' > ' ORDER BY ts, event_name) AS path
FROM flat WHERE session_id IS NOT NULL GROUP BY user_id, session_id
