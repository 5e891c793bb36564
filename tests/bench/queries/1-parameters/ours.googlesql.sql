SELECT
  event_id,
  user_pseudo_id,
  event_name,
  event_timestamp,
  (SELECT value.string_value FROM UNNEST(event_params) WHERE key = 'page_location') AS page_location,
  (SELECT value.string_value FROM UNNEST(event_params) WHERE key = 'page_referrer') AS page_referrer,
  (SELECT value.int_value FROM UNNEST(event_params) WHERE key = 'ga_session_id') AS session_number,
  COALESCE(
    (SELECT value.int_value FROM UNNEST(event_params) WHERE key = 'engagement_time_msec'), 0
  ) AS engagement_msec,
  EXISTS (SELECT 1 FROM UNNEST(event_params) WHERE key = 'gclid') AS has_click_id
FROM bench.ga_events
WHERE event_name IN ('page_view', 'purchase', 'user_engagement')
