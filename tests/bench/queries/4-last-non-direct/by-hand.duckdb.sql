SELECT
  session_id,
  visitor_id,
  started_at,
  source,
  coalesce(last_value(nullif(source, '(direct)') IGNORE NULLS) OVER so_far, source)
    AS last_non_direct_source,
  (
    epoch_us(started_at) - epoch_us(
      last_value(CASE WHEN source <> '(direct)' THEN started_at END IGNORE NULLS) OVER so_far
    )
  ) // 3600000000 AS hours_since_non_direct
FROM bench.sessions
WINDOW so_far AS (
  PARTITION BY visitor_id ORDER BY started_at, session_id
  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
)
