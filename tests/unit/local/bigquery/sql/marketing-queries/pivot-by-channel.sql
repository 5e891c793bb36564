SELECT * FROM (SELECT order_date, channel, amount FROM orders)
PIVOT(SUM(amount) AS revenue, COUNT(*) AS orders FOR channel IN ('email', 'cpc', 'organic' AS seo))
ORDER BY order_date
