WITH revenue AS (
  SELECT channel, order_date AS day, SUM(amount) AS revenue, COUNT(*) AS orders FROM orders GROUP BY 1, 2
), cost AS (
  SELECT channel, cost_date AS day, SUM(cost) AS cost, SUM(clicks) AS clicks FROM costs GROUP BY 1, 2
)
SELECT COALESCE(r.channel, c.channel) AS channel, COALESCE(r.day, c.day) AS day,
  IFNULL(revenue, 0) AS revenue, IFNULL(cost, 0) AS cost,
  ROUND(SAFE_DIVIDE(revenue, cost), 4) AS roas, SAFE_DIVIDE(cost, orders) AS cpo, SAFE_DIVIDE(CAST(orders AS FLOAT64), clicks) AS rate
FROM revenue r FULL JOIN cost c ON r.channel = c.channel AND r.day = c.day
