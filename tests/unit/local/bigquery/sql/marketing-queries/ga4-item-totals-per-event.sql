SELECT event_id,
  (SELECT SUM(i.price * i.quantity) FROM UNNEST(items) i WHERE i.category = 'shoes') AS shoes,
  (SELECT COUNT(*) FROM UNNEST(items)) AS item_count,
  (SELECT COUNT(DISTINCT i.category) FROM UNNEST(items) i) AS categories,
  (SELECT MAX(i.price) FROM UNNEST(items) AS i) AS dearest,
  (SELECT STRING_AGG(i.item_id, '|' ORDER BY i.item_id) FROM UNNEST(items) i) AS ids,
  EXISTS (SELECT 1 FROM UNNEST(items) i WHERE i.price > 50) AS has_dear,
  'shoes' IN (SELECT i.category FROM UNNEST(items) i) AS has_shoes,
  (SELECT AS STRUCT i.item_id, i.price FROM UNNEST(items) i ORDER BY i.price DESC, i.item_id LIMIT 1) AS top
FROM events
