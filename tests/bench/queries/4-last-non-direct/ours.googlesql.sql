SELECT
  session_id,
  visitor_id,
  started_at,
  source,
  COALESCE(
    LAST_VALUE(IF(source = '(direct)', NULL, source) IGNORE NULLS) OVER (
      PARTITION BY visitor_id ORDER BY started_at, session_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ),
    source
  ) AS last_non_direct_source,
  TIMESTAMP_DIFF(
    started_at,
    LAST_VALUE(IF(source = '(direct)', NULL, started_at) IGNORE NULLS) OVER (
      PARTITION BY visitor_id ORDER BY started_at, session_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ),
    HOUR
  ) AS hours_since_non_direct
FROM bench.sessions
