WITH marked AS (
  SELECT user_id, ts, event_name,
    IF(TIMESTAMP_DIFF(ts, LAG(ts) OVER w, MINUTE) < 30, 0, 1) AS is_start
  FROM events
  WHERE user_id IS NOT NULL
  WINDOW w AS (PARTITION BY user_id ORDER BY ts, event_id)
), numbered AS (
  SELECT *, SUM(is_start) OVER (PARTITION BY user_id ORDER BY ts ROWS UNBOUNDED PRECEDING) AS session_number
  FROM (SELECT * FROM marked)
)
SELECT user_id, session_number, MIN(ts) AS started_at, MAX(ts) AS ended_at, COUNT(*) AS events,
  COUNTIF(event_name = 'purchase') AS purchases,
  TIMESTAMP_DIFF(MAX(ts), MIN(ts), SECOND) AS seconds
FROM numbered GROUP BY user_id, session_number
