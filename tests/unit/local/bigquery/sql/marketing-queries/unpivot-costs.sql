SELECT channel, metric, SUM(value) AS total
FROM (SELECT channel, clicks, impressions FROM costs) UNPIVOT(value FOR metric IN (clicks AS 'click', impressions AS 'view'))
GROUP BY 1, 2
