SELECT channel, DATE_TRUNC(order_date, MONTH) AS month, SUM(amount) AS revenue
FROM orders WHERE channel IS NOT NULL AND order_date IS NOT NULL
GROUP BY channel, month
UNION ALL SELECT channel, NULL, SUM(amount) FROM orders WHERE channel IS NOT NULL GROUP BY 1
UNION ALL SELECT NULL, NULL, SUM(amount) FROM orders
