SELECT event_id, JSON_VALUE(props, '$.plan') AS plan,
  SAFE_CAST(JSON_VALUE(props, '$.cart.total') AS NUMERIC) AS total,
  ARRAY_LENGTH(JSON_QUERY_ARRAY(props, '$.tags')) AS tag_count,
  ARRAY(SELECT JSON_VALUE(tag) FROM UNNEST(JSON_QUERY_ARRAY(props, '$.tags')) AS tag WITH OFFSET AS o
    WHERE JSON_VALUE(tag) IS NOT NULL ORDER BY o) AS tags,
  JSON_VALUE(props, '$.plan') IN ('pro', 'team') AS is_paid
FROM events
