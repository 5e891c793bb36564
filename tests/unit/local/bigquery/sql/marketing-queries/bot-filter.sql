WITH rates AS (
  SELECT user_id, COUNT(*) AS hits, COUNT(DISTINCT DATE(ts)) AS days,
    COUNTIF(REGEXP_CONTAINS(LOWER(page), r'(bot|crawl|spider)')) AS bot_pages
  FROM events GROUP BY user_id
)
SELECT e.event_name, COUNT(*) AS human_events
FROM events e
LEFT JOIN (SELECT user_id FROM rates WHERE hits > 30 OR bot_pages > 8) AS bots USING (user_id)
WHERE bots.user_id IS NULL
GROUP BY 1
