WITH bought AS (
  SELECT DISTINCT event_id, item.item_id FROM events, UNNEST(items) AS item
), counts AS (SELECT item_id, COUNT(*) AS n FROM bought GROUP BY 1), total AS (SELECT COUNT(DISTINCT event_id) AS n FROM bought)
SELECT a.item_id AS one, b.item_id AS other, COUNT(*) AS together,
  ROUND(COUNT(*) / ANY_VALUE(ca.n), 4) AS confidence,
  ROUND(SAFE_DIVIDE(COUNT(*) * ANY_VALUE(t.n), ANY_VALUE(ca.n) * ANY_VALUE(cb.n)), 4) AS lift
FROM bought a JOIN bought b ON a.event_id = b.event_id AND a.item_id < b.item_id
JOIN counts ca ON ca.item_id = a.item_id JOIN counts cb ON cb.item_id = b.item_id CROSS JOIN total t
GROUP BY 1, 2
