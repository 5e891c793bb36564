WITH daily AS (SELECT order_date AS day, SUM(amount) AS amount FROM orders WHERE order_date IS NOT NULL GROUP BY 1)
SELECT day, amount,
  SUM(amount) OVER (ORDER BY UNIX_DATE(day) RANGE BETWEEN 27 PRECEDING AND CURRENT ROW) AS rolling,
  AVG(amount) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS average_7,
  amount - LAG(amount, 7) OVER (ORDER BY day) AS change
FROM daily
