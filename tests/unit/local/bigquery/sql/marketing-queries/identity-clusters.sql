WITH RECURSIVE edges AS (
  SELECT DISTINCT a.user_id AS one, b.user_id AS other
  FROM orders a JOIN orders b ON a.email = b.email WHERE a.user_id <> b.user_id AND a.order_id < 60 AND b.order_id < 60
), reach AS (
  SELECT DISTINCT one AS node, one AS seen FROM edges
  UNION DISTINCT
  SELECT r.node, e.other FROM reach r JOIN edges e ON e.one = r.seen
)
SELECT node, MIN(seen) AS cluster, COUNT(*) AS size FROM reach GROUP BY node
