SELECT
  session_id,
  visitor_id,
  split_cause,
  min(occurred_at) AS started_at,
  max(occurred_at) AS ended_at,
  CAST(min(occurred_at) AS DATE) AS session_date,
  min(page_path) FILTER (sequence = 1) AS landing_page,
  coalesce(min(source) FILTER (sequence = 1), '(direct)') AS source,
  count(*) FILTER (event_name = 'page_view') AS page_view_count,
  count(*) FILTER (event_name = 'add_to_cart') AS add_to_cart_count,
  count(*) FILTER (event_name IN ('purchase', 'registration')) AS conversion_event_count,
  count(*) AS event_count,
  count(DISTINCT page_path) AS page_count,
  sum(greatest(engaged_seconds, 0)) FILTER (event_name = 'engagement') AS heartbeat_seconds,
  sum(least(seconds_since_previous, 300)) FILTER (seconds_since_previous IS NOT NULL) AS gap_seconds,
  count(*) FILTER (event_name = 'page_view') / count(*) AS page_view_share
FROM bench.session_events
GROUP BY session_id, visitor_id, split_cause
