WITH steps AS (
  SELECT user_id, source, ts, event_id,
    LAG(source) OVER (PARTITION BY user_id ORDER BY ts, event_id) AS previous
  FROM events WHERE source IS NOT NULL
), paths AS (
  SELECT user_id, STRING_AGG(source, ' > ' ORDER BY ts, event_id) AS path, COUNT(*) AS steps
  FROM steps WHERE previous IS DISTINCT FROM source GROUP BY user_id
)
SELECT path, COUNT(*) AS users, MIN(steps) AS steps FROM paths GROUP BY path ORDER BY users DESC, path LIMIT 20
