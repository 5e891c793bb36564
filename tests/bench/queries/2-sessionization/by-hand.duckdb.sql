WITH
marked AS (
  SELECT
    event_id, visitor_id, occurred_at, event_name, source, page_path, engaged_seconds,
    lag(occurred_at) OVER visitor AS previous_at,
    last_value(source IGNORE NULLS) OVER (visitor ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
      AS previous_source
  FROM bench.events
  WINDOW visitor AS (PARTITION BY visitor_id ORDER BY occurred_at, event_id)
),
causes AS (
  SELECT
    * EXCLUDE previous_source,
    CASE
      WHEN previous_at IS NULL THEN 'first'
      WHEN epoch_us(occurred_at) - epoch_us(previous_at) > 1800000000 THEN 'timeout'
      WHEN source <> previous_source THEN 'campaign'
    END AS cause
  FROM marked
),
numbered AS (
  SELECT
    *,
    count(cause) OVER (
      PARTITION BY visitor_id ORDER BY occurred_at, event_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS session_number
  FROM causes
)
SELECT
  md5(visitor_id || '|' || session_number) AS session_id,
  visitor_id, event_id, event_name, source, page_path, engaged_seconds, occurred_at,
  row_number() OVER session AS sequence,
  first_value(cause) OVER session AS split_cause,
  CASE WHEN cause IS NULL THEN (epoch_us(occurred_at) - epoch_us(previous_at)) // 1000000 END
    AS seconds_since_previous
FROM numbered
WINDOW session AS (PARTITION BY visitor_id, session_number ORDER BY occurred_at, event_id)
