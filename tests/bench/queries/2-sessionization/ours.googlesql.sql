WITH
marked AS (
  SELECT
    event_id,
    visitor_id,
    occurred_at,
    event_name,
    source,
    page_path,
    engaged_seconds,
    LAG(occurred_at) OVER (PARTITION BY visitor_id ORDER BY occurred_at, event_id) AS previous_at,
    LAST_VALUE(source IGNORE NULLS) OVER (
      PARTITION BY visitor_id ORDER BY occurred_at, event_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS previous_source
  FROM bench.events
),
causes AS (
  SELECT
    *,
    CASE
      WHEN previous_at IS NULL THEN 'first'
      WHEN TIMESTAMP_DIFF(occurred_at, previous_at, MICROSECOND) > 1800000000 THEN 'timeout'
      WHEN COALESCE(source != previous_source, FALSE) THEN 'campaign'
    END AS cause
  FROM marked
),
numbered AS (
  SELECT
    *,
    COUNTIF(cause IS NOT NULL) OVER (
      PARTITION BY visitor_id ORDER BY occurred_at, event_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS session_number
  FROM causes
)
SELECT
  TO_HEX(MD5(CONCAT(visitor_id, '|', CAST(session_number AS STRING)))) AS session_id,
  visitor_id,
  event_id,
  event_name,
  source,
  page_path,
  engaged_seconds,
  occurred_at,
  ROW_NUMBER() OVER (
    PARTITION BY visitor_id, session_number ORDER BY occurred_at, event_id
  ) AS sequence,
  FIRST_VALUE(cause) OVER (
    PARTITION BY visitor_id, session_number ORDER BY occurred_at, event_id
  ) AS split_cause,
  IF(cause IS NULL, TIMESTAMP_DIFF(occurred_at, previous_at, SECOND), NULL) AS seconds_since_previous
FROM numbered
