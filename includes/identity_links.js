/**
 * What joins records: identifiers that prove it, and pairs whose evidence speaks for it or against
 * it. And which of them have changed since int_identity__clusters was last computed, so that
 * nothing else is computed again.
 */
const settings = require('./settings');
const { list } = require('./sql_text');

/** What may have changed is on any day; these tables have a row per record or link, not per event. */
const ALL_DAYS = '-- lint-ok: partition-filter what has changed may be of any day';

const { identifier_order, match_threshold, unique_identifiers } = settings.identity;

/** Odds at the threshold, in bits. */
const THRESHOLD_BITS = Math.log2(match_threshold / (1 - match_threshold));

/** Weights are summed up in millionths of a bit: whole numbers have one sum in any order. */
const MICRO = 1_000_000;

/**
 * How strong the proof of an identifier's kind is, 0 the strongest.
 *
 * @param {string} kind SQL of the kind
 * @returns {string} SQL, INT64
 */
function kindRank(kind) {
  const cases = identifier_order.map((name, rank) => `WHEN '${name}' THEN ${rank}`);
  return `CASE ${kind} ${cases.join(' ')} END`;
}

/** @param {string} kind SQL @returns {string} SQL, BOOL: a person has one value of the kind */
const isUniqueKind = (kind) =>
  unique_identifiers.length === 0 ? 'FALSE' : `${kind} IN ${list(unique_identifiers)}`;

/**
 * The login that each record belongs to: the first that it had.
 *
 * @param {{ from: string, isUnique: string, loginId: string, seenAt: string }} logins a table of records'
 *   identifiers, and SQL over it
 * @returns {string} SQL of a query: record_id, login_id
 */
const firstLogins = ({ from, isUnique, loginId, seenAt }) => `SELECT
  record_id,
  ${loginId} AS login_id
FROM ${from}
WHERE ${isUnique}
-- order is total: a record has an identifier once
QUALIFY ROW_NUMBER() OVER (PARTITION BY record_id ORDER BY ${seenAt}, ${loginId}) = 1`;

/**
 * The weight of a pair, in millionths of a bit above the threshold.
 *
 * @param {string} weight SQL of the pair's log2 odds
 * @returns {string} SQL, INT64
 */
const microBits = (weight) => `CAST(ROUND(${MICRO} * (${weight} - ${THRESHOLD_BITS})) AS INT64)`;

/**
 * All links: a row for each record of an identifier that others may share, two for a pair.
 *
 * @param {{ identifiers: string, matches: string }} tables
 * @returns {string} SQL of a query: record_id, link_id, kind_rank, is_unique, linked_at, micro_bits
 *   (NULL for identifiers)
 */
const allLinks = ({ identifiers, matches }) => `SELECT
  record_id, identifier_id AS link_id, ${kindRank('identifier_kind')} AS kind_rank,
  ${isUniqueKind('identifier_kind')} AS is_unique, first_seen_at AS linked_at,
  CAST(NULL AS INT64) AS micro_bits
${ALL_DAYS}
FROM ${identifiers}
WHERE is_evidence
  AND (record_count > 1 OR ${isUniqueKind('identifier_kind')})
UNION ALL
SELECT
  record_id, CONCAT('match|', record_id_left, '|', record_id_right), ${identifier_order.length},
  FALSE, first_seen_at, ${microBits('match_weight')}
${ALL_DAYS}
FROM ${matches}
CROSS JOIN UNNEST([record_id_left, record_id_right]) AS record_id`;

const linkColumns = 'record_id, link_id, kind_rank, is_unique, linked_at, micro_bits';

/** Stands among the known links for a record whose component is being computed. */
const pending = `'|pending'`;

/** @param {string} from SQL of a table with record_id @returns {string} SQL of a query */
const pendingLinks = (from) => `SELECT
  record_id, ${pending} AS link_id, 0 AS kind_rank, FALSE AS is_unique,
  TIMESTAMP '1970-01-01 00:00:00+00' AS linked_at, CAST(NULL AS INT64) AS micro_bits
FROM ${from}`;

/**
 * Which records are computed: in a full refresh all, else those of each component in which a record
 * or a link came, went or changed, and of each that such a record's links reach. Components are
 * closed under links, so nothing outside of them can come out differently.
 *
 * Before a component is taken out, its changed records are marked among the known links: where the
 * run ends before they are known again, the next one computes the same components once more.
 *
 * @param {object} tables
 * @param {string} tables.self int_identity__clusters
 * @param {string} tables.records int_identity__records
 * @param {string} tables.identifiers int_identity__identifiers
 * @param {string} tables.matches int_identity__matches
 * @param {string} tables.known the links of the last run
 * @param {boolean} isIncremental
 * @returns {string[]} statements; they leave identity_records and identity_links
 */
function findTouched({ self, records, known, ...sources }, isIncremental) {
  const createKnown = `CREATE TABLE IF NOT EXISTS ${known} (
  record_id STRING, link_id STRING, kind_rank INT64, is_unique BOOL, linked_at TIMESTAMP,
  micro_bits INT64
)`;
  /** @type {(changed: string) => string} */
  const markPending = (changed) =>
    `INSERT INTO ${known} (${linkColumns})\n${pendingLinks(changed)}`;
  if (!isIncremental) {
    return [
      createKnown,
      `CREATE TEMP TABLE identity_records AS SELECT record_id, first_seen_at FROM ${records}`,
      `CREATE TEMP TABLE identity_all_links AS\n${allLinks(sources)}`,
      `CREATE TEMP TABLE identity_links AS SELECT ${linkColumns} FROM identity_all_links`,
      markPending('identity_records'),
    ];
  }
  return [
    createKnown,
    `CREATE TEMP TABLE identity_all_links AS\n${allLinks(sources)}`,
    `CREATE TEMP TABLE identity_touched AS
SELECT COALESCE(present.record_id, known.record_id) AS record_id
FROM identity_all_links AS present
FULL JOIN ${known} AS known
  ON known.record_id = present.record_id AND known.link_id = present.link_id
WHERE present.kind_rank IS DISTINCT FROM known.kind_rank
  OR present.is_unique IS DISTINCT FROM known.is_unique
  OR present.linked_at IS DISTINCT FROM known.linked_at
  OR present.micro_bits IS DISTINCT FROM known.micro_bits
UNION DISTINCT
SELECT COALESCE(records.record_id, clusters.record_id)
${ALL_DAYS}
FROM ${records} AS records
${ALL_DAYS}
FULL JOIN ${self} AS clusters ON clusters.record_id = records.record_id
WHERE records.first_seen_at IS DISTINCT FROM clusters.first_seen_at`,
    `CREATE TEMP TABLE identity_records AS
WITH
touched_links AS (
  SELECT DISTINCT links.link_id
  FROM identity_all_links AS links
  INNER JOIN identity_touched AS touched ON touched.record_id = links.record_id
),
reached AS (
  SELECT record_id FROM identity_touched
  UNION DISTINCT
  SELECT links.record_id
  FROM identity_all_links AS links
  INNER JOIN touched_links ON touched_links.link_id = links.link_id
),
components AS (
  SELECT DISTINCT clusters.component_label
  ${ALL_DAYS}
  FROM ${self} AS clusters
  INNER JOIN reached ON reached.record_id = clusters.record_id
),
members AS (
  SELECT record_id FROM reached
  UNION DISTINCT
  SELECT clusters.record_id
  ${ALL_DAYS}
  FROM ${self} AS clusters
  INNER JOIN components ON components.component_label = clusters.component_label
)
SELECT records.record_id, records.first_seen_at
${ALL_DAYS}
FROM ${records} AS records
INNER JOIN members ON members.record_id = records.record_id`,
    `CREATE TEMP TABLE identity_links AS
SELECT ${linkColumns.replaceAll(/(\w+)/g, 'links.$1')}
FROM identity_all_links AS links
INNER JOIN identity_records AS records ON records.record_id = links.record_id`,
    markPending('identity_touched'),
    `DELETE FROM ${self}
WHERE record_id IN (
  SELECT record_id FROM identity_records
  UNION DISTINCT
  SELECT record_id FROM identity_touched
)`,
  ];
}

/**
 * The last statement: these links are known.
 *
 * @param {string} known
 * @returns {string}
 */
const rememberLinks = (known) =>
  `CREATE OR REPLACE TABLE ${known} AS SELECT ${linkColumns} FROM identity_all_links`;

module.exports = {
  ALL_DAYS,
  MICRO,
  findTouched,
  firstLogins,
  isUniqueKind,
  kindRank,
  microBits,
  rememberLinks,
};
