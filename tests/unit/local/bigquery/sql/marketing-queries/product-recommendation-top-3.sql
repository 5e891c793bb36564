SELECT user_id, ARRAY_AGG(STRUCT(category, n) ORDER BY n DESC, category LIMIT 3) AS top
FROM (
  SELECT user_id, item.category, COUNT(*) AS n FROM events, UNNEST(items) AS item GROUP BY 1, 2
) GROUP BY user_id
