SELECT
  session_id,
  visitor_id,
  split_cause,
  MIN(occurred_at) AS started_at,
  MAX(occurred_at) AS ended_at,
  DATE(MIN(occurred_at), 'UTC') AS session_date,
  MIN(IF(sequence = 1, page_path, NULL)) AS landing_page,
  COALESCE(MIN(IF(sequence = 1, source, NULL)), '(direct)') AS source,
  COUNTIF(event_name = 'page_view') AS page_view_count,
  COUNTIF(event_name = 'add_to_cart') AS add_to_cart_count,
  COUNTIF(event_name IN ('purchase', 'registration')) AS conversion_event_count,
  COUNT(*) AS event_count,
  COUNT(DISTINCT page_path) AS page_count,
  SUM(IF(event_name = 'engagement', GREATEST(engaged_seconds, 0), NULL)) AS heartbeat_seconds,
  SUM(LEAST(seconds_since_previous, 300)) AS gap_seconds,
  SAFE_DIVIDE(COUNTIF(event_name = 'page_view'), COUNT(*)) AS page_view_share
FROM bench.session_events
GROUP BY session_id, visitor_id, split_cause
