/**
 * The statements of matching: records, blocks, candidate pairs, their levels, counts of agreement
 * patterns, and weights. Each is a query over tables that the caller names.
 *
 * @import { BlockingRule, Comparison, Recipe } from './match_types'
 */

const { shortFormTable } = require('./match_nicknames');
const { stepsOf } = require('./match_text');

/**
 * One row per record: what was read from it. In two steps, so that the text of a fold, which many
 * features ask for, stands and runs once.
 *
 * @param {Recipe} recipe
 * @param {string} input table with record_no, source and a column for each of the recipe's
 * @returns {string}
 */
const cleansed = ({ columns, features }, input) => `WITH
folded AS (
  SELECT input.*,
    ${columns.map(({ column, kind }) => `${stepsOf(kind).fold(`input.${column}`)} AS ${column}_folded`).join(',\n    ')}
  FROM ${input} AS input
),
worded AS (
  SELECT folded.*,
    ${columns.map(({ column, kind }) => `${stepsOf(kind).words(`folded.${column}_folded`)} AS ${column}_words`).join(',\n    ')}
  FROM folded
)
SELECT
  input.record_no,
  input.source,
  ${features.map(({ name, sql }) => `${sql} AS ${name}`).join(',\n  ')}
FROM worded AS input`;

/**
 * One row per record, with the root of its given name and how many records share each value.
 *
 * @param {Recipe} recipe
 * @param {string} table with the rows of `cleansed`
 * @returns {string}
 */
function records({ has_short_forms, frequencies }, table) {
  const counts = frequencies.map(
    (name) => `${name}_counts AS (
  SELECT ${name}, COUNT(*) AS record_count FROM ${table} GROUP BY ${name}
)`,
  );
  const shortForms = has_short_forms ? [`short_forms AS (${shortFormTable()})`] : [];
  const root = has_short_forms
    ? ',\n  COALESCE(short_forms.root, cleansed.given_name) AS given_root'
    : '';
  const ctes = [...shortForms, ...counts];
  return `${ctes.length === 0 ? '' : `WITH ${ctes.join(',\n')}\n`}SELECT
  cleansed.*${root}${frequencies.map((name) => `,\n  ${name}_counts.record_count AS ${name}_count`).join('')}
FROM ${table} AS cleansed
${has_short_forms ? 'LEFT JOIN short_forms ON short_forms.form = cleansed.given_name' : ''}
${frequencies.map((name) => `LEFT JOIN ${name}_counts ON ${name}_counts.${name} = cleansed.${name}`).join('\n')}`;
}

/** One text of all keys; NULL where one is missing. @type {(rule: BlockingRule, alias: string) => string} */
const keyOf = ({ keys }, alias) => {
  const parts = keys.map((key) => `NULLIF(${key.replaceAll('record.', `${alias}.`)}, '')`);
  return parts.length === 1 ? `${parts[0]}` : `CONCAT(${parts.join(", '|', ")})`;
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
  SELECT
    block_key,
    SUM(source_count) AS record_count,
    DIV(SUM(source_count) * SUM(source_count) - ${across_sources ? 'SUM(source_count * source_count)' : 'SUM(source_count)'}, 2) AS pair_count
  FROM (
    SELECT ${keyOf(rule, 'record')} AS block_key, record.source, COUNT(*) AS source_count
    FROM ${table} AS record
    GROUP BY block_key, record.source
  )
  WHERE block_key IS NOT NULL
  GROUP BY block_key
  HAVING SUM(source_count) > 1
)`,
  );
  return counted.join('\nUNION ALL\n');
}

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
 * Pairs drawn as if at random, always the same ones, from record numbers 1 to `record_count`.
 *
 * @param {{ record_count: number, sample_count: number }} options
 * @returns {string}
 */
function randomPairs({ record_count, sample_count }) {
  // Two steps of Lehmer's generator with the multipliers of Park and Miller, and of Fishman.
  return `SELECT DISTINCT LEAST(one, other) AS left_no, GREATEST(one, other) AS right_no, 0 AS rules
FROM (
  SELECT MOD(first, ${record_count}) + 1 AS one, MOD(MOD(first * 69621, 2147483647), ${record_count}) + 1 AS other
  FROM (SELECT MOD(i * 48271 + 11, 2147483647) AS first FROM UNNEST(GENERATE_ARRAY(1, ${sample_count})) AS i)
)
WHERE one != other`;
}

/**
 * One row per pair with its levels (-1: one side is missing; the number of levels: else) and, where
 * both agree on a value, how many records have it.
 *
 * @param {Recipe} recipe
 * @param {string} pairs SQL of a query: left_no, right_no, rules
 * @param {string} table of records
 * @param {{ across_sources: boolean }} options
 * @returns {string}
 */
function comparedPairs({ comparisons, distances, frequencies }, pairs, table, { across_sources }) {
  const levels = comparisons.map(
    (comparison) => `${flat(levelOf(comparison))} AS level_${comparison.name}`,
  );
  const counts = frequencies.map(
    (name) => `IF(l_${name} = r_${name}, l_${name}_count, NULL) AS ${name}_count`,
  );
  const used = [...levels, ...counts].join(' ');
  const columns = [...new Set(used.match(/\b[lr]_\w+/g) ?? [])].map(
    (column) => `${column[0]}.${column.slice(2)} AS ${column}`,
  );
  const measures = distances.map(({ name, sql }) => `${sql} AS d_${name}`);
  return `WITH
pairs AS (${pairs}),
measured AS (
  SELECT
    pairs.left_no,
    pairs.right_no,
    pairs.rules,
    ${[...columns, ...measures].join(',\n    ')}
  FROM pairs
  INNER JOIN ${table} AS l ON l.record_no = pairs.left_no
  INNER JOIN ${table} AS r ON r.record_no = pairs.right_no${across_sources ? '\n  WHERE l.source != r.source' : ''}
)
SELECT
  left_no,
  right_no,
  rules,
  ${[...levels, ...counts].join(',\n  ')}
FROM measured`;
}

/** Columns of records and distances as those of one flat table. @type {(sql: string) => string} */
const flat = (sql) => sql.replace(/\b([lrd])\.(\w+)/g, '$1_$2');

/** @type {(comparison: Comparison) => string} */
const levelOf = ({ missing, levels }) => `CASE
    WHEN ${missing} THEN -1
    ${levels.map(({ condition }, index) => `WHEN ${condition} THEN ${index}`).join('\n    ')}
    ELSE ${levels.length}
  END`;

/**
 * One row per pattern of agreement: the only thing that leaves the warehouse for training.
 *
 * @param {Recipe} recipe
 * @param {string} compared table or query of compared pairs
 * @param {number} every of so many pairs one is counted
 * @returns {string}
 */
function patterns({ comparisons }, compared, every = 1) {
  const levels = comparisons.map(({ name }) => `level_${name}`).join(', ');
  const sample = every > 1 ? `\nWHERE MOD(left_no * 31 + right_no * 17, ${every}) = 0` : '';
  return `SELECT rules, ${levels}, COUNT(*) AS pair_count
FROM ${compared}${sample}
GROUP BY rules, ${levels}`;
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

module.exports = {
  blockCounts,
  candidatePairs,
  cleansed,
  comparedPairs,
  impliedPairs,
  patterns,
  randomPairs,
  records,
};
