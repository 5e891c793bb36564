SELECT CASE
    WHEN source IS NULL OR source = 'direct' THEN 'Direct'
    WHEN REGEXP_CONTAINS(page, r'utm_medium=(cpc|ppc|paid)') THEN 'Paid Search'
    WHEN source LIKE ANY ('%google%', '%bing%') THEN 'Organic Search'
    WHEN source IN ('facebook', 'instagram') THEN 'Social'
    ELSE 'Other' END AS channel,
  COUNT(*) AS events, COUNT(DISTINCT user_id) AS users,
  ROUND(100 * COUNT(*) / SUM(COUNT(*)) OVER (), 2) AS share
FROM events GROUP BY channel
