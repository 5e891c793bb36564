/**
 * How evidence joins what proof left apart: by the rule of functions/identity/partition.ts.
 *
 * What proof joined counts as one unit, and two units have the say of their best pair: nobody's
 * two devices look alike, so other pairs of them speak neither way. Those two clusters of units
 * merge first whose units have the highest mean weight; units that were never compared count
 * as speaking against it. Two clusters that are each other's best partner merge in the same
 * round as others: a mean over merged clusters is never above both it is made of, so no
 * later merge could bring either of them a better one.
 */
const { rounds } = require('./identity');
const { hasLogin, provenLabels } = require('./identity_bridges');
const { ALL_DAYS, MICRO } = require('./identity_links');

/** What a pair says that nobody compared, in bits; as in functions/identity/partition.ts. */
const ABSENT_BITS = -3;

const clustersOf = (/** @type {number} */ round) => `identity_clusters_${round}`;

/** @param {string} matches int_identity__matches @param {(weight: string) => string} say */
const start = (matches, say) => [
  // A unit is called by its login, or by its smallest record: the last rounds' labels are chance.
  `CREATE TEMP TABLE identity_units AS
SELECT
  record_id, component_label,
  IF(${hasLogin('label')}, label, MIN(record_id) OVER (PARTITION BY component_label, label)) AS unit
FROM ${provenLabels}`,
  `CREATE TEMP TABLE identity_unit_pairs AS
SELECT
  LEAST(l.unit, r.unit) AS unit_a,
  GREATEST(l.unit, r.unit) AS unit_b,
  MAX(${say('matches.match_weight')}) AS micro_bits
${ALL_DAYS}
FROM ${matches} AS matches
INNER JOIN identity_units AS l ON l.record_id = matches.record_id_left
INNER JOIN identity_units AS r
  ON r.record_id = matches.record_id_right AND r.component_label = l.component_label
WHERE l.unit != r.unit
GROUP BY unit_a, unit_b`,
  `CREATE TEMP TABLE ${clustersOf(0)} AS
SELECT DISTINCT unit, unit AS cluster
FROM identity_unit_pairs
CROSS JOIN UNNEST([unit_a, unit_b]) AS unit`,
];

/**
 * Pairs of clusters that may merge, with their mean weight.
 *
 * @param {string} clusters a table: unit, cluster
 * @param {string} pairs a table: unit_a, unit_b, micro_bits
 * @returns {string} SQL of CTEs; the last is `partners`: cluster_a, cluster_b, mean
 */
const partners = (clusters, pairs) => `sizes AS (
  SELECT cluster, COUNT(*) AS unit_count FROM ${clusters} GROUP BY cluster
),
met AS (
  SELECT
    LEAST(a.cluster, b.cluster) AS cluster_a,
    GREATEST(a.cluster, b.cluster) AS cluster_b,
    COUNT(*) AS pair_count,
    SUM(pairs.micro_bits) AS micro_bits
  FROM ${pairs} AS pairs
  INNER JOIN ${clusters} AS a ON a.unit = pairs.unit_a
  INNER JOIN ${clusters} AS b ON b.unit = pairs.unit_b
  WHERE a.cluster != b.cluster
  GROUP BY cluster_a, cluster_b
),
partners AS (
  SELECT
    met.cluster_a, met.cluster_b,
    (met.micro_bits
      + (a.unit_count * b.unit_count - met.pair_count) * ${ABSENT_BITS * MICRO})
      / (a.unit_count * b.unit_count) AS mean
  FROM met
  INNER JOIN sizes AS a ON a.cluster = met.cluster_a
  INNER JOIN sizes AS b ON b.cluster = met.cluster_b
  -- Two logins are two persons.
  WHERE NOT (${hasLogin('met.cluster_a')} AND ${hasLogin('met.cluster_b')})
    AND met.micro_bits
      + (a.unit_count * b.unit_count - met.pair_count) * ${ABSENT_BITS * MICRO} >= 0
)`;

/**
 * One round: who is each other's best partner merges. Of pairs with one mean a hash decides: were
 * it the smaller label, all would wait for one and the same cluster.
 *
 * @param {number} round from 1
 * @returns {string} statement: unit, cluster
 */
function evidenceRound(round) {
  const before = clustersOf(round - 1);
  return `CREATE TEMP TABLE ${clustersOf(round)} AS
WITH
${partners(before, 'identity_unit_pairs')},
best AS (
  SELECT side.cluster, partners.cluster_a, partners.cluster_b
  FROM partners
  CROSS JOIN UNNEST([
    STRUCT(cluster_a AS cluster), STRUCT(cluster_b)
  ]) AS side
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY side.cluster
    ORDER BY partners.mean DESC, MD5(CONCAT(cluster_a, '#', cluster_b)), cluster_a, cluster_b
  ) = 1
),
mutual AS (
  -- A login's label stays, so that it is known by it.
  SELECT
    IF(${hasLogin('cluster_b')}, cluster_a, cluster_b) AS cluster,
    IF(${hasLogin('cluster_b')}, cluster_b, cluster_a) AS target
  FROM best
  GROUP BY cluster_a, cluster_b
  HAVING COUNT(*) = 2
)
SELECT before.unit, COALESCE(mutual.target, before.cluster) AS cluster
FROM ${before} AS before
LEFT JOIN mutual ON mutual.cluster = before.cluster`;
}

/**
 * @param {string} matches int_identity__matches
 * @param {(weight: string) => string} say SQL of a pair's say, in millionths of a bit
 * @returns {string[]} statements; the last clusters are `lastClusters`
 */
const evidenceRounds = (matches, say) => [
  ...start(matches, say),
  ...rounds('evidence_rounds').map(evidenceRound),
];

const lastClusters = clustersOf(rounds('evidence_rounds').length);

module.exports = { evidenceRounds, lastClusters, partners };
