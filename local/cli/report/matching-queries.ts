/** What `report --matching` asks of the warehouse. */

export const RATES = `
  WITH counted AS (
    SELECT
      customer_id,
      COUNT(*) AS visitor_count,
      COUNTIF(match_probability < 1) AS evidence_count,
      COUNTIF(has_personalization_consent) AS consenting_count
    FROM int_identity__visitors
    GROUP BY customer_id
  )
  SELECT
    SUM(visitor_count) AS visitor_count,
    COUNT(*) AS customer_count,
    SUM(IF(visitor_count > 1, visitor_count, 0)) AS joined_visitor_count,
    SUM(evidence_count) AS evidence_visitor_count,
    SUM(consenting_count) AS consenting_visitor_count
  FROM counted`;

export const SIZES = `
  SELECT size, COUNT(*) AS customer_count, SUM(own_count) AS visitor_count
  FROM (
    SELECT
      COUNT(*) AS own_count,
      CASE
        WHEN COUNT(*) <= 5 THEN CAST(COUNT(*) AS STRING)
        WHEN COUNT(*) <= 10 THEN '6 to 10'
        WHEN COUNT(*) <= 20 THEN '11 to 20'
        ELSE 'more'
      END AS size
    FROM int_identity__visitors
    GROUP BY customer_id
  )
  GROUP BY size
  ORDER BY MIN(own_count)`;

/** Proven pairs are those of visitors who both signed in: labels that every shop has. */
export const CURVE = `
  SELECT
    threshold,
    COUNTIF(pairs.match_probability >= threshold) AS pair_count,
    COUNTIF(pairs.match_probability >= threshold AND pairs.proof = 'same') AS found_same_count,
    COUNTIF(pairs.proof = 'same') AS same_count,
    COUNTIF(pairs.match_probability >= threshold AND pairs.proof = 'different')
      AS wrongly_same_count,
    COUNTIF(pairs.proof = 'different') AS different_count
  FROM (
    SELECT matches.match_probability, comparisons.proof
    FROM int_identity__matches AS matches
    INNER JOIN int_identity__comparisons AS comparisons
      ON comparisons.record_id_left = matches.record_id_left
      AND comparisons.record_id_right = matches.record_id_right
      AND comparisons.pair_source != 'random'
  ) AS pairs
  CROSS JOIN UNNEST([0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.99]) AS threshold
  GROUP BY threshold
  ORDER BY threshold`;

export const BLOCKS = `
  SELECT
    rule,
    COUNT(DISTINCT IF(is_skipped, NULL, CONCAT(block_value, CAST(period_date AS STRING))))
      AS used_block_count,
    COUNT(DISTINCT IF(is_skipped, CONCAT(block_value, CAST(period_date AS STRING)), NULL))
      AS skipped_block_count,
    COUNT(DISTINCT IF(is_skipped, visitor_id, NULL)) AS skipped_visitor_count,
    MAX(IF(is_skipped, visitor_count, NULL)) AS largest_visitor_count
  FROM int_identity__blocks
  GROUP BY rule
  ORDER BY rule`;

export const weightsSql = (rawDataset: string): string => `
  SELECT
    training.model_version, training.stop_reason, training.pair_count, training.match_share,
    found.comparison, found.level, found.m_probability, found.u_probability, found.match_weight
  FROM (
    SELECT model_version, stop_reason, pair_count, match_share, levels
    FROM \`${rawDataset}\`.match_parameters
    ORDER BY trained_at DESC, model_version DESC
    LIMIT 1
  ) AS training
  CROSS JOIN UNNEST(training.levels) AS found
  ORDER BY found.comparison, found.match_weight DESC, found.level`;
