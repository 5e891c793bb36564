SELECT event_id, NET.HOST(page) AS host, NET.REG_DOMAIN(page) AS domain,
  REGEXP_EXTRACT(page, r'^https?://[^/]+(/[^?#]*)') AS path,
  REGEXP_EXTRACT(page, r'[?&]utm_source=([^&#]+)') AS utm_source,
  LOWER(REGEXP_EXTRACT(page, r'[?&]utm_medium=([^&#]+)')) AS utm_medium,
  ARRAY(SELECT AS STRUCT SPLIT(pair, '=')[SAFE_OFFSET(0)] AS name, SPLIT(pair, '=')[SAFE_OFFSET(1)] AS value
    FROM UNNEST(SPLIT(REGEXP_EXTRACT(page, r'\?([^#]*)'), '&')) AS pair WITH OFFSET AS position ORDER BY position) AS query
FROM events
