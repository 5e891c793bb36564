WITH days AS (SELECT DISTINCT user_id, DATE(ts) AS day FROM events WHERE user_id IS NOT NULL),
grouped AS (
  SELECT user_id, day,
    DATE_SUB(day, INTERVAL ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY day) DAY) AS island
  FROM days
)
SELECT user_id, MIN(day) AS start_day, MAX(day) AS end_day, COUNT(*) AS length
FROM grouped GROUP BY user_id, island HAVING COUNT(*) > 1
