WITH
events AS (
  SELECT
    event_id, md5(site_id || '|' || anonymous_id) AS visitor_id, occurred_at, event_name, page_url,
    page_referrer
  FROM raw.events
  WHERE anonymous_id IS NOT NULL AND event_name <> 'asset_request'
    AND occurred_at >= '2000-01-01' AND occurred_at <= received_at + INTERVAL 5 MINUTE
  QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY received_at) = 1
),
marked AS (
  SELECT
    *,
    coalesce(
      epoch_us(occurred_at) - epoch_us(lag(occurred_at) OVER visitor) > 1800000000, TRUE
    ) AS is_start
  FROM events
  WINDOW visitor AS (PARTITION BY visitor_id ORDER BY occurred_at, event_id)
),
numbered AS (
  SELECT
    *,
    count_if(is_start) OVER (
      PARTITION BY visitor_id ORDER BY occurred_at, event_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS session_number
  FROM marked
)
SELECT
  visitor_id,
  session_number,
  min(occurred_at) AS started_at,
  max(occurred_at) AS ended_at,
  arg_min(page_url, occurred_at) AS landing_page,
  arg_min(page_referrer, occurred_at) AS landing_referrer,
  count_if(event_name = 'page_view') AS page_view_count,
  count(*) AS event_count
FROM numbered
GROUP BY visitor_id, session_number
