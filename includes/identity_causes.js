/**
 * Why records changed their person: the identifier or the pair that joined them to it, or that
 * joins them to their old one no more.
 */
const { ALL_DAYS, kindRank } = require('./identity_links');

/** Identifiers that both records have, seen from the moved one. @param {string} identifiers */
const sharedIdentifiers = (identifiers) => `${ALL_DAYS}
  INNER JOIN ${identifiers} AS own
    ON own.record_id = moved.record_id
  ${ALL_DAYS}
  INNER JOIN ${identifiers} AS other ON other.identifier_id = own.identifier_id
  INNER JOIN placed ON placed.record_id = other.record_id`;

/** Pairs of both records. @param {string} matches */
const sharedPairs = (matches) => `CROSS JOIN UNNEST([TRUE, FALSE]) AS is_left
  ${ALL_DAYS}
  INNER JOIN ${matches} AS matches
    ON IF(is_left, matches.record_id_left, matches.record_id_right) = moved.record_id
  INNER JOIN placed
    ON placed.record_id = IF(is_left, matches.record_id_right, matches.record_id_left)`;

const pairId = "CONCAT('match|', matches.record_id_left, '|', matches.record_id_right)";

/** The other record is of the new person, and came from elsewhere. */
const joinsNew = `placed.customer_id_after = moved.customer_id_after
    AND placed.customer_id_before IS DISTINCT FROM moved.customer_id_before`;
/** The other record was of the same person, and is of another now. */
const joinedOld = `placed.customer_id_before = moved.customer_id_before
    AND placed.customer_id_after != moved.customer_id_after`;

/**
 * The strongest cause of each change between two persons, of joining and of leaving.
 *
 * @param {{ identifiers: string, matches: string }} tables
 * @returns {string[]} statements over identity_moved, identity_assigned and identity_names; they
 *   leave identity_causes: customer_id_before, customer_id_after, is_joining, cause_kind, cause_link
 */
const findCauses = ({ identifiers, matches }) => [
  `CREATE TEMP TABLE identity_causes AS
WITH
-- Persons that are new as a whole have no cause but their first record.
moved AS (
  SELECT record_id, customer_id_before, customer_id_after
  FROM identity_moved
  WHERE customer_id_after IS NOT NULL
    AND (customer_id_before IS NOT NULL
      OR customer_id_after IN (
        SELECT customer_id FROM identity_assigned WHERE customer_id IS NOT NULL
      ))
),
placed AS (
  SELECT
    assigned.record_id, assigned.customer_id AS customer_id_before,
    names.customer_id AS customer_id_after
  FROM identity_assigned AS assigned
  INNER JOIN identity_names AS names ON names.cluster_label = assigned.cluster_label
),
causes AS (
  SELECT
    moved.customer_id_before, moved.customer_id_after, TRUE AS is_joining,
    'identifier' AS cause_kind, own.identifier_id AS cause_link,
    ${kindRank('own.identifier_kind')} AS cause_rank, 0.0 AS weight
  FROM moved
  ${sharedIdentifiers(identifiers)}
  WHERE ${joinsNew}
    AND own.is_evidence
    AND other.is_evidence
  UNION ALL
  SELECT
    moved.customer_id_before, moved.customer_id_after, TRUE, 'match', ${pairId}, 100,
    matches.match_weight
  FROM moved
  ${sharedPairs(matches)}
  WHERE ${joinsNew}
  UNION ALL
  -- What is evidence still, and yet joins them no more, was cut.
  SELECT
    moved.customer_id_before, moved.customer_id_after, FALSE,
    COALESCE(own.rejected_reason, other.rejected_reason, 'unique_identifier'), own.identifier_id,
    ${kindRank('own.identifier_kind')} + IF(own.is_evidence AND other.is_evidence, 50, 0), 0.0
  FROM moved
  ${sharedIdentifiers(identifiers)}
  WHERE ${joinedOld}
  UNION ALL
  SELECT
    moved.customer_id_before, moved.customer_id_after, FALSE, 'match', ${pairId}, 100,
    matches.match_weight
  FROM moved
  ${sharedPairs(matches)}
  WHERE ${joinedOld}
)
SELECT customer_id_before, customer_id_after, is_joining, cause_kind, cause_link
FROM causes
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY customer_id_before, customer_id_after, is_joining
  ORDER BY cause_rank, weight DESC, cause_link, cause_kind
) = 1`,
];

module.exports = { findCauses };
