WITH steps AS (
  SELECT user_id,
    MIN(IF(event_name = 'page_view', ts, NULL)) AS viewed,
    MIN(IF(event_name = 'add_to_cart', ts, NULL)) AS carted,
    MIN(IF(event_name = 'purchase', ts, NULL)) AS bought
  FROM events GROUP BY user_id
)
SELECT COUNT(viewed) AS viewed, COUNTIF(carted > viewed) AS carted,
  COUNTIF(bought > carted AND carted > viewed) AS bought,
  SAFE_DIVIDE(COUNTIF(bought > carted AND carted > viewed), COUNT(viewed)) AS rate
FROM steps
