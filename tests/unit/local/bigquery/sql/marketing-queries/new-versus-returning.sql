SELECT DATE_TRUNC(order_date, MONTH) AS month,
  COUNTIF(order_number = 1) AS new_orders, COUNTIF(order_number > 1) AS returning_orders,
  SUM(IF(order_number = 1, amount, 0)) AS new_revenue
FROM (SELECT *, RANK() OVER (PARTITION BY user_id ORDER BY order_date, order_id) AS order_number FROM orders)
GROUP BY month
