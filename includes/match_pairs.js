/**
 * Which pairs of records are looked at: blocks and their size, candidate pairs by rules, pairs drawn
 * at random, and pairs that others imply. Each is a query over tables that the caller names.
 *
 * @import { BlockingRule } from './match_types'
 */

/** One text of all keys; NULL where one is missing, or the record says too little to be paired. @type {(rule: BlockingRule, alias: string) => string} */
const keyOf = ({ keys }, alias) => {
  const parts = keys.map((key) => `NULLIF(${key.replaceAll('record.', `${alias}.`)}, '')`);
  const key = parts.length === 1 ? `${parts[0]}` : `CONCAT(${parts.join(", '|', ")})`;
  return `IF(${alias}.says_enough, ${key}, NULL)`;
};

/**
 * One row per rule: rule_no, how many pairs it makes, how many of them in blocks that are not too
 * large, how many blocks are, and the largest one's key and records.
 *
 * @param {readonly BlockingRule[]} rules
 * @param {string} table of records
 * @param {{ max_block_records: number, across_sources: boolean }} options
 * @returns {string}
 */
function blockCounts(rules, table, { max_block_records, across_sources }) {
  const counted = rules.map(
    (rule, rule_no) => `SELECT
  ${rule_no} AS rule_no,
  COALESCE(SUM(pair_count), 0) AS all_pair_count,
  COALESCE(SUM(IF(record_count <= ${max_block_records}, pair_count, 0)), 0) AS pair_count,
  COUNTIF(record_count > ${max_block_records}) AS skipped_block_count,
  MAX(record_count) AS largest_record_count,
  MAX_BY(block_key, record_count) AS largest_key
FROM (
${across_sources ? blocksOfSources(rule, table) : blocks(rule, table)}
)`,
  );
  return counted.join('\nUNION ALL\n');
}

/** One row per block of two records and more. @type {(rule: BlockingRule, table: string) => string} */
const blocks = (rule, table) => `  SELECT
    ${keyOf(rule, 'record')} AS block_key,
    COUNT(*) AS record_count,
    DIV(COUNT(*) * (COUNT(*) - 1), 2) AS pair_count
  FROM ${table} AS record
  WHERE ${keyOf(rule, 'record')} IS NOT NULL
  GROUP BY block_key
  HAVING COUNT(*) > 1`;

/** The same where only pairs of two sources count. @type {(rule: BlockingRule, table: string) => string} */
const blocksOfSources = (rule, table) => `  SELECT
    block_key,
    SUM(source_count) AS record_count,
    DIV(SUM(source_count) * SUM(source_count) - SUM(source_count * source_count), 2) AS pair_count
  FROM (
    SELECT ${keyOf(rule, 'record')} AS block_key, record.source, COUNT(*) AS source_count
    FROM ${table} AS record
    GROUP BY block_key, record.source
  )
  WHERE block_key IS NOT NULL
  GROUP BY block_key
  HAVING SUM(source_count) > 1`;

/**
 * One row per candidate pair: left_no < right_no, and the rules that made it, as the sum of
 * 2 to the power of their numbers.
 *
 * @param {readonly { rule: BlockingRule, rule_no: number, has_large_blocks: boolean }[]} chosen
 * @param {string} table of records
 * @param {{ max_block_records: number, across_sources: boolean }} options
 * @returns {string}
 */
function candidatePairs(chosen, table, { max_block_records, across_sources }) {
  const made = chosen.map(({ rule, rule_no, has_large_blocks }) => {
    const [left, right] = [keyOf(rule, 'l'), keyOf(rule, 'r')];
    const small = `AND ${left} NOT IN (
    SELECT ${keyOf(rule, 'record')} FROM ${table} AS record
    WHERE ${keyOf(rule, 'record')} IS NOT NULL
    GROUP BY 1 HAVING COUNT(*) > ${max_block_records}
  )`;
    return `SELECT l.record_no AS left_no, r.record_no AS right_no, ${2 ** rule_no} AS rule_bit
FROM ${table} AS l
INNER JOIN ${table} AS r
  ON ${left} = ${right} AND l.record_no < r.record_no${across_sources ? ' AND l.source != r.source' : ''}
${has_large_blocks ? `WHERE TRUE ${small}` : ''}`;
  });
  if (made.length === 1) return `SELECT left_no, right_no, rule_bit AS rules FROM (${made[0]})`;
  return `SELECT left_no, right_no, SUM(rule_bit) AS rules
FROM (
${made.join('\nUNION ALL\n')}
)
GROUP BY left_no, right_no`;
}

/**
 * Pairs that two strong pairs with a common record imply and no rule made: within a cluster all
 * pairs have a say.
 *
 * @param {string} scored table: left_no, right_no, match_weight
 * @param {string} compared table of the pairs that are known
 * @param {{ min_weight: number, max_degree: number }} options
 * @returns {string}
 */
const impliedPairs = (scored, compared, { min_weight, max_degree }) => `WITH
sides AS (
  SELECT left_no AS hub, right_no AS other FROM ${scored} WHERE match_weight >= ${min_weight}
  UNION ALL
  SELECT right_no, left_no FROM ${scored} WHERE match_weight >= ${min_weight}
),
hubs AS (
  SELECT hub FROM sides GROUP BY hub HAVING COUNT(*) BETWEEN 2 AND ${max_degree}
),
spokes AS (
  SELECT sides.hub, sides.other FROM sides INNER JOIN hubs ON hubs.hub = sides.hub
),
implied AS (
  SELECT DISTINCT a.other AS left_no, b.other AS right_no
  FROM spokes AS a
  INNER JOIN spokes AS b ON b.hub = a.hub AND a.other < b.other
)
SELECT implied.left_no, implied.right_no, 0 AS rules
FROM implied
LEFT JOIN ${compared} AS known
  ON known.left_no = implied.left_no AND known.right_no = implied.right_no
WHERE known.left_no IS NULL`;

module.exports = { blockCounts, candidatePairs, impliedPairs, keyOf };
