/**
 * Which login a record belongs to where links chain several logins together.
 *
 * Links are taken from the strongest proof to the weakest (the kind's order, then the earlier one),
 * and each joins two clusters unless both have a login. So between any two logins the weakest
 * link of the strongest path is cut. That is Kruskal's way to a spanning tree, in which all logins
 * count as joined beforehand; such a tree can be found from all sides at once (Borůvka): each
 * cluster without a login takes the strongest link that leaves it, in a few rounds.
 */
const { rounds } = require('./identity');
const { firstLogins } = require('./identity_links');

/** Labels of clusters with a login begin with this, which no record_id does. */
const LOGIN = '|';

const labelsOf = (/** @type {number} */ round) => `identity_labels_${round}`;

/** @param {string} label @returns {string} SQL, BOOL */
const hasLogin = (label) => `STARTS_WITH(${label}, '${LOGIN}')`;

/**
 * What the rounds begin with: the components with several logins or with pairs, each record's
 * login (the first it had), and the bridges. A value belongs to the record that had it first; a
 * bridge leads from there to each other record with the value.
 *
 * @returns {string[]} statements over identity_links and identity_components
 */
const start = () => [
  `CREATE TEMP TABLE identity_logins AS
${firstLogins({ from: 'identity_links', isUnique: 'is_unique', loginId: 'link_id', seenAt: 'linked_at' })}`,
  `CREATE TEMP TABLE ${labelsOf(0)} AS
WITH
members AS (
  SELECT components.record_id, components.component_label, links.link_id, links.is_unique,
    links.micro_bits
  FROM identity_components AS components
  INNER JOIN identity_links AS links ON links.record_id = components.record_id
),
entangled AS (
  SELECT component_label
  FROM members
  GROUP BY component_label
  HAVING COUNT(DISTINCT IF(is_unique, link_id, NULL)) > 1 OR MAX(micro_bits) >= 0
)
SELECT
  components.record_id, components.component_label,
  COALESCE(CONCAT('${LOGIN}', logins.login_id), components.record_id) AS label
FROM identity_components AS components
INNER JOIN entangled ON entangled.component_label = components.component_label
LEFT JOIN identity_logins AS logins ON logins.record_id = components.record_id`,
  `CREATE TEMP TABLE identity_bridges AS
WITH
owned AS (
  SELECT
    labels.component_label, links.record_id, links.link_id, links.kind_rank, links.linked_at,
    FIRST_VALUE(links.record_id) OVER (
      PARTITION BY links.link_id ORDER BY links.linked_at, links.record_id
    ) AS owner_id
  FROM identity_links AS links
  INNER JOIN ${labelsOf(0)} AS labels ON labels.record_id = links.record_id
  WHERE links.micro_bits IS NULL AND NOT links.is_unique
)
SELECT
  owner_id, record_id,
  -- order is total: a record has a link once
  ROW_NUMBER() OVER (
    PARTITION BY component_label ORDER BY kind_rank, linked_at, record_id, link_id
  ) AS bridge_number
FROM owned
WHERE owner_id != record_id`,
];

/**
 * One round. A cluster without a login follows the strongest bridge that leaves it, and goes
 * on where that one went, eight steps far. Of two that chose the same bridge the smaller label
 * stays; and so that no long chain moves as one, so does every fourth cluster, by a hash.
 *
 * @param {number} round from 1
 * @returns {string} statement: record_id, component_label, label
 */
function bridgeRound(round) {
  const before = labelsOf(round - 1);
  /** @type {(from: string) => string} */
  const twiceAsFar = (from) => `SELECT near.label, COALESCE(far.target, near.target) AS target
  FROM ${from} AS near
  LEFT JOIN ${from} AS far ON far.label = near.target`;
  return `CREATE TEMP TABLE ${labelsOf(round)} AS
WITH
standing AS (
  SELECT bridges.bridge_number, owners.label AS owner_label, records.label AS record_label
  FROM identity_bridges AS bridges
  INNER JOIN ${before} AS owners ON owners.record_id = bridges.owner_id
  INNER JOIN ${before} AS records ON records.record_id = bridges.record_id
  WHERE owners.label != records.label
),
strongest AS (
  SELECT side.label, side.target, standing.bridge_number
  FROM standing
  CROSS JOIN UNNEST([
    STRUCT(owner_label AS label, record_label AS target),
    STRUCT(record_label, owner_label)
  ]) AS side
  WHERE NOT ${hasLogin('side.label')}
  -- order is total: bridges of a component have numbers of their own
  QUALIFY ROW_NUMBER() OVER (PARTITION BY side.label ORDER BY standing.bridge_number) = 1
),
steps_1 AS (
  SELECT chosen.label, chosen.target
  FROM strongest AS chosen
  LEFT JOIN strongest AS back
    ON back.label = chosen.target AND back.target = chosen.label
  WHERE CASE
    WHEN ${hasLogin('chosen.target')} THEN TRUE
    WHEN back.label IS NOT NULL THEN chosen.label > chosen.target
    ELSE SUBSTR(TO_HEX(MD5(CONCAT(chosen.label, '|${round}'))), 1, 1) >= '4'
  END
),
steps_2 AS (
  ${twiceAsFar('steps_1')}
),
steps_4 AS (
  ${twiceAsFar('steps_2')}
),
steps_8 AS (
  ${twiceAsFar('steps_4')}
)
SELECT
  before.record_id, before.component_label, COALESCE(moved.target, before.label) AS label
FROM ${before} AS before
LEFT JOIN steps_8 AS moved ON moved.label = before.label`;
}

/** @returns {string[]} statements; the last labels are those of `provenLabels` */
const bridgeRounds = () => [...start(), ...rounds('bridge_rounds').map(bridgeRound)];

const provenLabels = labelsOf(rounds('bridge_rounds').length);

module.exports = { bridgeRounds, hasLogin, provenLabels };
