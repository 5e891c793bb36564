/**
 * The fragments of identity: which values are evidence, and the rounds that find clusters.
 */
const settings = require('./settings');

/** The temporary table of a round: what was still apart before it, and where it moved. */
const moves = (/** @type {number} */ round) => `identity_moves_${round}`;

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
 * One round of min-label propagation with pointer jumping, over clusters and not over records: a
 * cluster is one node, and values whose clusters are one already drop out, so that rounds shrink
 * fast. Each cluster takes the smallest label among those it shares a value with, then the label
 * which the cluster of that name took in the same round. The jump doubles the reach of a round: a
 * chain of n records needs about log2(n) rounds.
 *
 * @param {number} round from 1
 * @returns {string} a CREATE TEMP TABLE statement: identifier_id, node, label
 */
function propagationRound(round) {
  return `CREATE TEMP TABLE ${moves(round)} AS
WITH
links AS (
  SELECT DISTINCT identifier_id, label AS node
  FROM ${moves(round - 1)}
  QUALIFY MIN(label) OVER (PARTITION BY identifier_id)
    != MAX(label) OVER (PARTITION BY identifier_id)
),
shared AS (
  SELECT identifier_id, MIN(node) AS label
  FROM links
  GROUP BY identifier_id
),
hooked AS (
  SELECT links.node, MIN(shared.label) AS label
  FROM links
  INNER JOIN shared ON shared.identifier_id = links.identifier_id
  GROUP BY links.node
)
SELECT links.identifier_id, links.node, jump.label
FROM links
INNER JOIN hooked ON hooked.node = links.node
INNER JOIN hooked AS jump ON jump.node = hooked.label`;
}

/**
 * @param {'matching_rounds' | 'bridge_rounds' | 'evidence_rounds'} name of the setting
 * @returns {number[]} the rounds' numbers, from 1
 */
const rounds = (name) => Array.from({ length: settings.identity[name] }, (_, index) => index + 1);
const propagated = rounds('matching_rounds');

/**
 * All rounds, each a temporary table of its own: were they CTEs of one query, BigQuery would
 * compute the first of them again for every use of a later one.
 *
 * @returns {string} statements
 */
const propagationRounds = () => propagated.map(propagationRound).join('\n;\n');

/**
 * Follows a record through all rounds: its label after a round is where its label before it moved,
 * if that was still apart from others.
 *
 * @param {string} recordId SQL of the record's id, which is its first label
 * @returns {{ label: string, joins: string }} SQL of the last label, and the joins it needs
 */
function followRounds(recordId) {
  /** @param {number} round */
  const labelAfter = (round) => {
    const found = propagated.slice(0, round).map((earlier) => `round_${earlier}.label`);
    return found.length === 0 ? recordId : `COALESCE(${found.reverse().join(', ')}, ${recordId})`;
  };
  const joins = propagated.map(
    (round) =>
      `LEFT JOIN (SELECT DISTINCT node, label FROM ${moves(round)}) AS round_${round}\n` +
      `    ON round_${round}.node = ${labelAfter(round - 1)}`,
  );
  return { label: labelAfter(propagated.length), joins: joins.join('\n  ') };
}

module.exports = {
  firstMoves: moves(0),
  followRounds,
  isConsentFree,
  maxRecords,
  propagationRound,
  propagationRounds,
  rounds,
};
