WITH
touches AS (
  SELECT
    conversions.conversion_id,
    conversions.converted_at,
    sessions.session_id,
    sessions.started_at,
    sessions.source
  FROM bench.conversions AS conversions
  INNER JOIN bench.sessions AS sessions ON sessions.visitor_id = conversions.visitor_id
  WHERE sessions.started_at <= conversions.converted_at
    AND sessions.started_at > TIMESTAMP_SUB(conversions.converted_at, INTERVAL 30 DAY)
),
positioned AS (
  SELECT
    *,
    ROW_NUMBER() OVER journey AS position,
    COUNT(*) OVER (PARTITION BY conversion_id) AS touch_count,
    LAG(started_at) OVER journey AS previous_at
  FROM touches
  WINDOW journey AS (PARTITION BY conversion_id ORDER BY started_at, session_id)
)
SELECT
  conversion_id,
  session_id,
  source,
  started_at,
  position,
  touch_count,
  TIMESTAMP_DIFF(started_at, previous_at, MICROSECOND) / 3600000000 AS gap_hours,
  TIMESTAMP_DIFF(converted_at, started_at, MICROSECOND) / 3600000000 AS hours_to_conversion,
  CASE
    WHEN touch_count = 1 THEN 1.0
    WHEN touch_count = 2 THEN 0.5
    WHEN position IN (1, touch_count) THEN 0.4
    ELSE 0.2 / (touch_count - 2)
  END AS position_based_credit
FROM positioned
