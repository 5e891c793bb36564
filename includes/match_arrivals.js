/**
 * New records against those of earlier runs: pairs in which one of them is new, and pairs which
 * these imply. The same pairs as a run over all records makes, without those it made before.
 *
 * @import { BlockingRule } from './match_types'
 */

const { keyOf } = require('./match_pairs');

/**
 * One row per rule, block with a new record, and record in it: the only pass over all records.
 *
 * @param {readonly BlockingRule[]} rules
 * @param {{ everyone: string, arrivals: string }} options FROM items of all records, and of the new ones
 * @returns {string} rule_no, block_key, record_no
 */
const arrivingBlocks = (rules, { everyone, arrivals }) =>
  rules
    .map((rule, rule_no) => {
      const key = keyOf(rule, 'record');
      return `SELECT ${rule_no} AS rule_no, ${key} AS block_key, record.record_no
FROM ${everyone} AS record
WHERE ${key} IN (SELECT ${key} FROM ${arrivals} AS record WHERE ${key} IS NOT NULL)`;
    })
    .join('\nUNION ALL\n');

/**
 * One row per candidate pair with a new record: left_no < right_no, and 1 as rules. New records
 * have the higher numbers.
 *
 * @param {{ blocks: string, arrivals: string, max_block_records: number }} options `blocks`: table of
 *   `arrivingBlocks`
 * @returns {string}
 */
const arrivingPairs = ({ blocks, arrivals, max_block_records }) => `WITH
small AS (
  SELECT rule_no, block_key
  FROM ${blocks}
  GROUP BY rule_no, block_key
  HAVING COUNT(*) BETWEEN 2 AND ${max_block_records}
),
members AS (
  SELECT blocks.rule_no, blocks.block_key, blocks.record_no
  FROM ${blocks} AS blocks
  INNER JOIN small ON small.rule_no = blocks.rule_no AND small.block_key = blocks.block_key
)
SELECT DISTINCT l.record_no AS left_no, r.record_no AS right_no, 1 AS rules
FROM members AS r
INNER JOIN members AS l
  ON l.rule_no = r.rule_no AND l.block_key = r.block_key AND l.record_no < r.record_no
WHERE r.record_no IN (SELECT record_no FROM ${arrivals})`;

/**
 * Pairs that two strong pairs with a common record imply, one of which is new.
 *
 * @param {{ known: string, scored: string, min_weight: number, max_degree: number }} options tables of
 *   pairs: those of earlier runs (with is_implied), and the new ones that rules made
 * @returns {string} left_no, right_no, rules
 */
const impliedByArrivals = ({ known, scored, min_weight, max_degree }) => `WITH
new_sides AS (
  SELECT left_no AS hub, right_no AS other FROM ${scored} WHERE match_weight >= ${min_weight}
  UNION ALL
  SELECT right_no, left_no FROM ${scored} WHERE match_weight >= ${min_weight}
),
met AS (
  SELECT DISTINCT hub FROM new_sides
),
strong AS (
  SELECT left_no, right_no FROM ${known} WHERE match_weight >= ${min_weight} AND NOT is_implied
),
sides AS (
  SELECT hub, other, TRUE AS is_new FROM new_sides
  UNION ALL
  SELECT left_no, right_no, FALSE FROM strong WHERE left_no IN (SELECT hub FROM met)
  UNION ALL
  SELECT right_no, left_no, FALSE FROM strong WHERE right_no IN (SELECT hub FROM met)
),
hubs AS (
  SELECT hub FROM sides GROUP BY hub HAVING COUNT(*) BETWEEN 2 AND ${max_degree}
),
spokes AS (
  SELECT sides.hub, sides.other, sides.is_new FROM sides INNER JOIN hubs ON hubs.hub = sides.hub
),
implied AS (
  SELECT DISTINCT a.other AS left_no, b.other AS right_no
  FROM spokes AS a
  INNER JOIN spokes AS b ON b.hub = a.hub AND a.other < b.other
  WHERE a.is_new OR b.is_new
)
SELECT implied.left_no, implied.right_no, 0 AS rules
FROM implied
LEFT JOIN ${known} AS known
  ON known.left_no = implied.left_no AND known.right_no = implied.right_no
LEFT JOIN ${scored} AS scored
  ON scored.left_no = implied.left_no AND scored.right_no = implied.right_no
WHERE known.left_no IS NULL AND scored.left_no IS NULL`;

module.exports = { arrivingBlocks, arrivingPairs, impliedByArrivals };
