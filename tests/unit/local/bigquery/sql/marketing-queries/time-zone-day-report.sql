SELECT DATE(ts, 'Europe/Berlin') AS day, EXTRACT(HOUR FROM ts AT TIME ZONE 'Europe/Berlin') AS hour,
  FORMAT_TIMESTAMP('%A', ts, 'America/New_York') AS weekday, COUNT(*) AS events,
  MIN(DATETIME(ts, 'Asia/Tokyo')) AS first_in_tokyo,
  TIMESTAMP_TRUNC(MIN(ts), WEEK(MONDAY), 'Europe/Berlin') AS week
FROM events GROUP BY 1, 2, 3
