SELECT item.item_id, item.category, COUNT(DISTINCT event_id) AS events,
  SUM(item.quantity) AS quantity, ROUND(SUM(item.price * item.quantity), 2) AS revenue
FROM events CROSS JOIN UNNEST(items) AS item
WHERE event_name = 'purchase'
GROUP BY 1, 2 HAVING quantity > 1 ORDER BY revenue DESC, item_id, category
