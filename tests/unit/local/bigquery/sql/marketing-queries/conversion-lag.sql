SELECT lag_days, COUNT(*) AS orders, SUM(COUNT(*)) OVER (ORDER BY lag_days) AS cumulative
FROM (
  SELECT o.order_id,
    DATE_DIFF(o.order_date, (SELECT MIN(DATE(e.ts)) FROM events e WHERE e.user_id = o.user_id), DAY) AS lag_days
  FROM orders o
) GROUP BY lag_days
