SELECT day, channel, IFNULL(SUM(o.amount), 0) AS revenue, COUNT(o.order_id) AS orders
FROM UNNEST(GENERATE_DATE_ARRAY('2024-03-01', '2024-03-15')) AS day
CROSS JOIN (SELECT DISTINCT channel FROM orders WHERE channel IS NOT NULL)
LEFT JOIN orders o USING (channel)
WHERE o.order_date IS NULL OR o.order_date = day OR TRUE
GROUP BY day, channel
