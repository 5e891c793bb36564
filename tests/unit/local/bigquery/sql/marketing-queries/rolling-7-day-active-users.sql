WITH days AS (SELECT DISTINCT DATE(ts) AS day FROM events)
SELECT d.day, COUNT(DISTINCT e.user_id) AS users_7,
  COUNT(DISTINCT IF(DATE(e.ts) = d.day, e.user_id, NULL)) AS users_1
FROM days d JOIN events e ON DATE(e.ts) BETWEEN DATE_SUB(d.day, INTERVAL 6 DAY) AND d.day
GROUP BY d.day
