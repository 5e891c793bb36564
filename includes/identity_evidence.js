/**
 * How evidence joins what proof left apart: by the rule of functions/identity/component-clusters.ts,
 * by which `tributary match` makes clusters of records.
 *
 * What proof joined counts as one unit, and two units have the say of their best pair: nobody's
 * two devices look alike, so other pairs of them speak neither way. Those two clusters of units
 * merge first whose units have the highest mean say; units that were never compared count
 * as speaking against it. A pair's say is its weight within limits; where the mean say is equal,
 * the mean weight decides, so that of two partners beyond those limits the better one is taken.
 * Two clusters that are each other's best partner merge in the same round as others: both means
 * over merged clusters are made of theirs in the same shares, so they never come before both of
 * them, and no later merge could bring either of the two a better one.
 */
const { rounds } = require('./identity');
const { hasLogin, provenLabels } = require('./identity_bridges');
const { ALL_DAYS, MICRO } = require('./identity_links');

/** A pair's say is limited to so many bits, that no single pair outvotes a cluster. This and the next
 * stand in functions/identity/component-clusters.ts, too; tests/property/clusters holds one to the other. */
const MOST_BITS = 10;
/** What a pair says that nobody compared, in bits. */
const ABSENT_BITS = -3;

/** @param {string} microBits SQL @returns {string} SQL, INT64: what a pair says of its weight */
const sayOf = (microBits) =>
  `GREATEST(${-MOST_BITS * MICRO}, LEAST(${MOST_BITS * MICRO}, ${microBits}))`;

const clustersOf = (/** @type {number} */ round) => `identity_clusters_${round}`;

/** @param {string} matches int_identity__matches @param {(weight: string) => string} microBits */
const start = (matches, microBits) => [
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
  MAX(${microBits('matches.match_weight')}) AS micro_bits
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
 * Pairs of clusters that may merge, with the mean say of their units' pairs, and the mean weight.
 *
 * @param {string} clusters a table: unit, cluster
 * @param {string} pairs a table: unit_a, unit_b, micro_bits
 * @returns {string} SQL of CTEs; the last is `partners`: cluster_a, cluster_b, mean_say,
 *   mean_weight
 */
const partners = (clusters, pairs) => `sizes AS (
  SELECT cluster, COUNT(*) AS unit_count FROM ${clusters} GROUP BY cluster
),
met AS (
  SELECT
    LEAST(a.cluster, b.cluster) AS cluster_a,
    GREATEST(a.cluster, b.cluster) AS cluster_b,
    COUNT(*) AS pair_count,
    SUM(${sayOf('pairs.micro_bits')}) AS say,
    SUM(pairs.micro_bits) AS weight
  FROM ${pairs} AS pairs
  INNER JOIN ${clusters} AS a ON a.unit = pairs.unit_a
  INNER JOIN ${clusters} AS b ON b.unit = pairs.unit_b
  WHERE a.cluster != b.cluster
  GROUP BY cluster_a, cluster_b
),
compared AS (
  SELECT
    met.cluster_a, met.cluster_b, met.say, met.weight,
    a.unit_count * b.unit_count AS all_count,
    (a.unit_count * b.unit_count - met.pair_count) * ${ABSENT_BITS * MICRO} AS absent
  FROM met
  INNER JOIN sizes AS a ON a.cluster = met.cluster_a
  INNER JOIN sizes AS b ON b.cluster = met.cluster_b
),
partners AS (
  SELECT
    cluster_a, cluster_b,
    (say + absent) / all_count AS mean_say,
    (weight + absent) / all_count AS mean_weight
  FROM compared
  -- Two logins are two persons.
  WHERE NOT (${hasLogin('cluster_a')} AND ${hasLogin('cluster_b')})
    AND say + absent >= 0
)`;

/**
 * One round: who is each other's best partner merges. Of pairs with equal means a hash decides: were
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
    ORDER BY
      partners.mean_say DESC, partners.mean_weight DESC,
      MD5(CONCAT(cluster_a, '#', cluster_b)), cluster_a, cluster_b
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
 * @param {(weight: string) => string} microBits SQL of a pair's weight, in millionths of a bit
 * @returns {string[]} statements; the last clusters are `lastClusters`
 */
const evidenceRounds = (matches, microBits) => [
  ...start(matches, microBits),
  ...rounds('evidence_rounds').map(evidenceRound),
];

const lastClusters = clustersOf(rounds('evidence_rounds').length);

module.exports = { evidenceRounds, lastClusters, partners };
