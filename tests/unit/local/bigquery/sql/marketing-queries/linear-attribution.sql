WITH touches AS (
  SELECT o.order_id, o.amount, e.source, COUNT(*) OVER (PARTITION BY o.order_id) AS n
  FROM orders o JOIN events e ON e.user_id = o.user_id AND DATE(e.ts) <= o.order_date
)
SELECT IFNULL(source, '(none)') AS source, ROUND(SUM(amount / n), 6) AS revenue, ROUND(SUM(1 / n), 9) AS conversions
FROM touches GROUP BY 1
