WITH first_week AS (
  SELECT user_id, DATE_TRUNC(MIN(DATE(ts)), WEEK(MONDAY)) AS cohort FROM events GROUP BY 1
), active AS (
  SELECT DISTINCT user_id, DATE_TRUNC(DATE(ts), WEEK(MONDAY)) AS week FROM events
)
SELECT cohort, DATE_DIFF(week, cohort, WEEK(MONDAY)) AS week_number, COUNT(DISTINCT user_id) AS users,
  ROUND(SAFE_DIVIDE(COUNT(DISTINCT user_id), MAX(size)), 4) AS retention
FROM first_week JOIN active USING (user_id)
JOIN (SELECT cohort, COUNT(*) AS size FROM first_week GROUP BY cohort) USING (cohort)
GROUP BY 1, 2
