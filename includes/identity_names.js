/**
 * Which customer_id a cluster bears. A cluster keeps the id of the person with whom it shares most
 * visitors, then most records; a person's id goes to the cluster that shares most with it. Who is
 * left without one gets a new id, made from its first record.
 */

const { ALL_DAYS } = require('./identity_links');

/** Rounds of keeping: who loses its first person to another cluster may keep its second, or third. */
const KEEPING_ROUNDS = [1, 2, 3];

const keptAfter = (/** @type {number} */ round) => `identity_kept_${round}`;

/** Of two overlaps the greater one first; of equal ones that of the older records. */
const byOverlap =
  'visitor_count DESC, record_count DESC, first_seen_at, customer_id, cluster_label';

/** @param {number} round @returns {string} statement: cluster_label, customer_id */
function keepingRound(round) {
  const before = keptAfter(round - 1);
  return `CREATE TEMP TABLE ${keptAfter(round)} AS
WITH
unsettled AS (
  SELECT cluster_label, customer_id, visitor_count, record_count, first_seen_at
  FROM identity_overlaps
  WHERE cluster_label IS NOT NULL
    AND customer_id IS NOT NULL
    AND cluster_label NOT IN (SELECT cluster_label FROM ${before})
    AND customer_id NOT IN (SELECT customer_id FROM ${before})
),
ranked AS (
  SELECT
    cluster_label, customer_id,
    ROW_NUMBER() OVER (PARTITION BY cluster_label ORDER BY ${byOverlap}) AS rank_of_customer,
    ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY ${byOverlap}) AS rank_of_cluster
  FROM unsettled
)
SELECT cluster_label, customer_id FROM ${before}
UNION ALL
SELECT cluster_label, customer_id FROM ranked
WHERE rank_of_customer = 1 AND rank_of_cluster = 1`;
}

const newId = (/** @type {string} */ text) => `TO_HEX(MD5(CONCAT('customer|', ${text})))`;

/**
 * From who each record was and which cluster it is in, to who it is.
 *
 * @param {object} tables
 * @param {string} tables.records int_identity__records
 * @param {string} tables.clusters int_identity__clusters
 * @param {string} tables.known SQL of a query: record_id, customer_id as the last run left them
 * @param {string} tables.runNumber SQL, INT64: the number of this run
 * @returns {string[]} statements; they leave identity_assigned (each record as it was and is),
 *   identity_names (each cluster in which something changed) and identity_moved (each record whose
 *   customer_id changes)
 */
const nameClusters = ({ records, clusters, known, runNumber }) => [
  `CREATE TEMP TABLE identity_assigned AS
WITH
present AS (
  SELECT clusters.record_id, clusters.cluster_label, records.first_seen_at
  ${ALL_DAYS}
  FROM ${clusters} AS clusters
  ${ALL_DAYS}
  INNER JOIN ${records} AS records ON records.record_id = clusters.record_id
)
SELECT
  COALESCE(present.record_id, known.record_id) AS record_id,
  STARTS_WITH(COALESCE(present.record_id, known.record_id), 'visitor|') AS is_visitor,
  present.cluster_label, present.first_seen_at, known.customer_id
FROM present
FULL JOIN (${known}) AS known ON known.record_id = present.record_id`,
  `CREATE TEMP TABLE identity_overlaps AS
WITH
overlaps AS (
  SELECT
    cluster_label, customer_id, COUNT(*) AS record_count, COUNTIF(is_visitor) AS visitor_count,
    MIN(first_seen_at) AS first_seen_at
  FROM identity_assigned
  GROUP BY cluster_label, customer_id
),
counted AS (
  SELECT
    cluster_label, customer_id, record_count, visitor_count, first_seen_at,
    COUNT(*) OVER (PARTITION BY cluster_label) AS customer_count,
    COUNT(*) OVER (PARTITION BY customer_id) AS cluster_count
  FROM overlaps
)
SELECT cluster_label, customer_id, record_count, visitor_count, first_seen_at
FROM counted
WHERE cluster_label IS NULL OR customer_id IS NULL OR customer_count > 1 OR cluster_count > 1`,
  `CREATE TEMP TABLE ${keptAfter(0)} AS
SELECT cluster_label, customer_id FROM identity_overlaps WHERE FALSE`,
  ...KEEPING_ROUNDS.map(keepingRound),
  // CRM records name nobody whom anything else could name: they arrive in bulk and reach far back.
  `CREATE TEMP TABLE identity_names AS
WITH
first_records AS (
  SELECT
    cluster_label,
    record_id,
    ${newId('record_id')} AS new_id
  FROM identity_assigned
  WHERE cluster_label IN (
    SELECT cluster_label FROM identity_overlaps WHERE cluster_label IS NOT NULL
  )
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY cluster_label
    -- order is total: a record is in one cluster
    ORDER BY IF(STARTS_WITH(record_id, 'crm_customer|'), 1, 0), first_seen_at, record_id
  ) = 1
),
borne AS (
  SELECT DISTINCT customer_id FROM identity_assigned WHERE customer_id IS NOT NULL
)
SELECT
  first_records.cluster_label,
  CASE
    WHEN kept.customer_id IS NOT NULL THEN kept.customer_id
    WHEN borne.customer_id IS NULL THEN first_records.new_id
    ELSE ${newId(`first_records.record_id, '|', CAST(${runNumber} AS STRING)`)}
  END AS customer_id
FROM first_records
LEFT JOIN ${keptAfter(KEEPING_ROUNDS.length)} AS kept
  ON kept.cluster_label = first_records.cluster_label
LEFT JOIN borne ON borne.customer_id = first_records.new_id`,
  `CREATE TEMP TABLE identity_moved AS
SELECT
  assigned.record_id, assigned.is_visitor, assigned.customer_id AS customer_id_before,
  names.customer_id AS customer_id_after
FROM identity_assigned AS assigned
LEFT JOIN identity_names AS names ON names.cluster_label = assigned.cluster_label
WHERE (assigned.cluster_label IS NULL OR names.cluster_label IS NOT NULL)
  AND assigned.customer_id IS DISTINCT FROM names.customer_id`,
];

/**
 * Who each record is by the changes alone: what its last change says.
 *
 * @param {string} changes int_identity__changes
 * @returns {string} SQL of a query: record_id, customer_id
 */
const replayed = (changes) => `SELECT
  record_id, changes.customer_id_after AS customer_id
-- lint-ok: partition-filter a record's last change may be of any day
FROM ${changes} AS changes
CROSS JOIN UNNEST(changes.record_ids) AS record_id
WHERE TRUE
-- order is total: in one run a record changes once
QUALIFY ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY changes.run_number DESC) = 1
  AND changes.customer_id_after IS NOT NULL`;

/** The number of the next run. @param {string} changes int_identity__changes @returns {string} SQL, INT64 */
const nextRun = (changes) => `(
  SELECT COALESCE(MAX(run_number), 0) + 1
  -- lint-ok: partition-filter the newest run may be of any day
  FROM ${changes}
)`;

module.exports = { nameClusters, nextRun, replayed };
