WITH
touches AS (
  SELECT conversion_id, converted_at, session_id, started_at, source
  FROM bench.conversions
  JOIN bench.sessions USING (visitor_id)
  WHERE started_at <= converted_at
    AND started_at > converted_at - INTERVAL 720 HOUR
),
positioned AS (
  SELECT
    *,
    row_number() OVER journey AS position,
    count(*) OVER (PARTITION BY conversion_id) AS touch_count,
    lag(started_at) OVER journey AS previous_at
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
  (epoch_us(started_at) - epoch_us(previous_at)) / 3600000000 AS gap_hours,
  (epoch_us(converted_at) - epoch_us(started_at)) / 3600000000 AS hours_to_conversion,
  CASE
    WHEN touch_count = 1 THEN 1e0
    WHEN touch_count = 2 THEN 5e-1
    WHEN position = 1 OR position = touch_count THEN 4e-1
    ELSE 2e-1 / (touch_count - 2)
  END AS position_based_credit
FROM positioned
