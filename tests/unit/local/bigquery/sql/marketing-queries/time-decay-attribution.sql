WITH touches AS (
  SELECT o.order_id, e.source,
    POW(2, -TIMESTAMP_DIFF(TIMESTAMP(o.order_date), e.ts, HOUR) / 168) AS weight
  FROM orders o JOIN events e ON e.user_id = o.user_id AND e.ts <= TIMESTAMP(o.order_date)
)
SELECT source, ROUND(SUM(weight / total), 6) AS credit
FROM (SELECT *, SUM(weight) OVER (PARTITION BY order_id) AS total FROM touches) GROUP BY source
