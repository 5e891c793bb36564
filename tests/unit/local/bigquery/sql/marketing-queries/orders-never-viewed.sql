SELECT o.order_id FROM orders o
WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.user_id = o.user_id AND e.event_name = 'page_view')
