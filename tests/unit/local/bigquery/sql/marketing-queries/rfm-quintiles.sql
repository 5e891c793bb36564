WITH base AS (
  SELECT user_id, DATE_DIFF(DATE '2024-04-01', MAX(order_date), DAY) AS recency, COUNT(*) AS frequency,
    SUM(amount) AS monetary
  FROM orders WHERE user_id IS NOT NULL GROUP BY user_id
)
SELECT user_id, recency, frequency, monetary,
  NTILE(5) OVER (ORDER BY recency DESC, user_id) AS r,
  NTILE(5) OVER (ORDER BY frequency, user_id) AS f,
  NTILE(5) OVER (ORDER BY monetary, user_id) AS m,
  CASE WHEN NTILE(5) OVER (ORDER BY recency DESC, user_id) >= 4 THEN 'active' ELSE 'lapsed' END AS segment
FROM base
