SELECT user_id, order_id, order_date, amount,
  SUM(amount) OVER (PARTITION BY user_id ORDER BY order_date, order_id) AS lifetime,
  ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY order_date, order_id) AS order_number,
  DATE_DIFF(order_date, FIRST_VALUE(order_date) OVER (PARTITION BY user_id ORDER BY order_date, order_id), MONTH) AS months
FROM orders
