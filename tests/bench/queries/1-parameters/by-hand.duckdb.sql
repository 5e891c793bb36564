SELECT
  event_id,
  user_pseudo_id,
  event_name,
  event_timestamp,
  list_filter(event_params, lambda p: p.key = 'page_location')[1].value.string_value AS page_location,
  list_filter(event_params, lambda p: p.key = 'page_referrer')[1].value.string_value AS page_referrer,
  list_filter(event_params, lambda p: p.key = 'ga_session_id')[1].value.int_value AS session_number,
  coalesce(
    list_filter(event_params, lambda p: p.key = 'engagement_time_msec')[1].value.int_value, 0
  ) AS engagement_msec,
  len(list_filter(event_params, lambda p: p.key = 'gclid')) > 0 AS has_click_id
FROM bench.ga_events
WHERE event_name IN ('page_view', 'purchase', 'user_engagement')
