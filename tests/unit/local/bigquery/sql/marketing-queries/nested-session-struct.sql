SELECT user_id, ARRAY_AGG(STRUCT(event_id, event_name, STRUCT(source, page) AS context) ORDER BY ts, event_id) AS events,
  STRUCT(MIN(ts) AS first, MAX(ts) AS last) AS seen
FROM events JOIN (SELECT user_id FROM orders GROUP BY user_id HAVING COUNT(*) > 22) USING (user_id)
GROUP BY user_id
