WITH touches AS (
  SELECT o.order_id, e.source,
    ROW_NUMBER() OVER (PARTITION BY o.order_id ORDER BY e.ts, e.event_id) AS position,
    COUNT(*) OVER (PARTITION BY o.order_id) AS n
  FROM orders o JOIN events e ON e.user_id = o.user_id AND DATE(e.ts) <= o.order_date
)
SELECT source, ROUND(SUM(CASE WHEN n = 1 THEN 1.0 WHEN n = 2 THEN 0.5 WHEN position IN (1, n) THEN 0.4 ELSE 0.2 / (n - 2) END), 6) AS credit
FROM touches GROUP BY source
