SELECT * EXCEPT (event_params, items, props) FROM events
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id, event_name, DATE(ts) ORDER BY ts DESC, event_id) = 1
