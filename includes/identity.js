/**
 * The fragments of identity: which values are evidence, and the rounds that find clusters.
 */
const settings = require('./settings');

/** Temporary tables of int_identity__clusters: the links, and the labels after each round. */
const LINKS = 'identity_links';

/** @param {number} round @returns {string} */
const labels = (round) => `identity_labels_${round}`;

/**
 * The largest number of records that may share a value of this kind, as a CASE over the kind.
 *
 * @param {string} kind SQL of the identifier's kind
 * @returns {string} SQL, INT64
 */
function maxRecords(kind) {
  const cases = Object.entries(settings.identity.max_records_per_identifier).map(
    ([name, limit]) => `WHEN '${name}' THEN ${limit}`,
  );
  return `CASE ${kind}\n    ${cases.join('\n    ')}\n  END`;
}

/**
 * Whether values of this kind join visitors who gave no consent for personalization.
 *
 * @param {string} kind SQL of the identifier's kind
 * @returns {string} SQL, BOOL
 */
function isConsentFree(kind) {
  const kinds = settings.identity.consent_free_identifiers.map((name) => `'${name}'`);
  return kinds.length === 0 ? 'FALSE' : `${kind} IN (${kinds.join(', ')})`;
}

/**
 * One round of min-label propagation with pointer jumping. A cluster, not a record, moves: when
 * any of its records sees a smaller label, all of them take it; then each takes the label that the
 * record it is named after has by now. That doubles the reach of a round, so that a chain of n
 * records needs about log2(n) rounds.
 *
 * @param {number} round from 1
 * @returns {string} a CREATE TEMP TABLE statement
 */
function propagationRound(round) {
  return `CREATE TEMP TABLE ${labels(round)} AS
WITH
-- The smallest label among the records that share a value.
shared AS (
  SELECT links.identifier_id, MIN(labels.label) AS label
  FROM ${LINKS} AS links
  INNER JOIN ${labels(round - 1)} AS labels ON labels.record_id = links.record_id
  GROUP BY links.identifier_id
),
-- The smallest label that any record of a cluster sees.
hooked AS (
  SELECT labels.label AS old_label, MIN(shared.label) AS label
  FROM ${LINKS} AS links
  INNER JOIN shared ON shared.identifier_id = links.identifier_id
  INNER JOIN ${labels(round - 1)} AS labels ON labels.record_id = links.record_id
  GROUP BY labels.label
)
-- Pointer jumping: a label names a record, whose own cluster may have moved in the same round.
SELECT
  own.record_id,
  COALESCE(jump.label, hooked.label) AS label
FROM ${labels(round - 1)} AS own
INNER JOIN hooked ON hooked.old_label = own.label
LEFT JOIN ${labels(round - 1)} AS target ON target.record_id = hooked.label
LEFT JOIN hooked AS jump ON jump.old_label = target.label`;
}

/**
 * All rounds, each a temporary table of its own: were they CTEs of one query, BigQuery would
 * compute the first of them again for every use of a later one.
 *
 * @returns {string[]} statements, in order
 */
function propagationRounds() {
  return Array.from({ length: settings.identity.matching_rounds }, (_, index) =>
    propagationRound(index + 1),
  );
}

/** @returns {string} the table of labels after the last round */
const finalLabels = () => labels(settings.identity.matching_rounds);

module.exports = {
  LINKS,
  firstLabels: labels(0),
  finalLabels,
  isConsentFree,
  maxRecords,
  propagationRound,
  propagationRounds,
};
