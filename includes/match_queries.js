/**
 * The statements of matching: records, how pairs of them agree, and counts of agreement patterns.
 * Each is a query over tables that the caller names.
 *
 * @import { Comparison, Recipe } from './match_types'
 */

const { cleansed } = require('./match_cleansing');
const { isProof } = require('./match_enough');
const { shortFormTable } = require('./match_nicknames');

/** A value that alone points to a person, and that more records than these share, may be nobody's. */
const MANY_RECORDS = 20;

/**
 * Of an earlier run: a table of its `valueCounts`, and its records.
 *
 * @typedef {{ counts: string, records: string }} KnownRecords
 */

/**
 * One row per record: what was read from it, the root of its given name, whether it says enough to make
 * pairs, and how many records share each value. One statement, since to write all columns of a million records takes seconds.
 *
 * @param {Recipe} recipe
 * @param {string} input table with record_no, source and a column for each of the recipe's
 * @param {KnownRecords} [known] where counts are those of an earlier run
 * @returns {string}
 */
function records(recipe, input, known) {
  const { has_short_forms, frequencies, says_enough } = recipe;
  const proofs = new Set(recipe.columns.filter(isProof).map(({ column }) => column));
  const counts = frequencies.map((name) =>
    known === undefined
      ? `${name}_counts AS (
  SELECT ${name}, COUNT(*) AS record_count FROM cleansed GROUP BY ${name}
)`
      : countsSince(name, known, proofs.has(name)),
  );
  const shortForms = has_short_forms ? [`short_forms AS (${shortFormTable()})`] : [];
  const root = has_short_forms
    ? ',\n  COALESCE(short_forms.root, cleansed.given_name) AS given_root'
    : '';
  const ctes = [
    `cleansed AS (\n  SELECT *, ${says_enough} AS says_enough FROM (\n${cleansed(recipe, input)}\n  )\n)`,
    ...shortForms,
    ...counts,
  ];
  return `WITH ${ctes.join(',\n')}
SELECT
  cleansed.*${root}${frequencies.map((name) => `,\n  ${name}_counts.record_count AS ${name}_count`).join('')}
FROM cleansed
${has_short_forms ? 'LEFT JOIN short_forms ON short_forms.form = cleansed.given_name' : ''}
${frequencies.map((name) => `LEFT JOIN ${name}_counts ON ${name}_counts.${name} = cleansed.${name}`).join('\n')}`;
}

/**
 * The CTE of a value's counts as they were when weights were learnt; a value that was not there is that of
 * one record. But what would join its records by itself counts as it does by now, once many have it: a
 * shop's own address would else stay as rare as on its first day.
 *
 * @type {(name: string, known: KnownRecords, joins: boolean) => string}
 */
function countsSince(name, { counts, records: earlier }, joins) {
  const learnt = 'COALESCE(counted.record_count, 1)';
  const now = 'met.record_count + COALESCE(earlier.record_count, 0)';
  return `${name}_counts AS (
  SELECT met.${name}, ${joins ? `GREATEST(${learnt}, IF(${now} > ${MANY_RECORDS}, ${now}, 1))` : learnt} AS record_count
  FROM (SELECT ${name}, COUNT(*) AS record_count FROM cleansed WHERE ${name} IS NOT NULL GROUP BY ${name}) AS met
  LEFT JOIN ${counts} AS counted ON counted.feature = '${name}' AND counted.value = met.${name}${
    joins
      ? `
  LEFT JOIN (
    SELECT ${name}, COUNT(*) AS record_count
    FROM ${earlier}
    WHERE ${name} IN (SELECT ${name} FROM cleansed)
    GROUP BY ${name}
  ) AS earlier ON earlier.${name} = met.${name}`
      : ''
  }
)`;
}

/**
 * One row per feature and value that several records share: how many. What later runs count by.
 *
 * @param {Recipe} recipe
 * @param {string} table of records
 * @returns {string}
 */
const valueCounts = ({ frequencies }, table) =>
  frequencies
    .map(
      (
        name,
      ) => `SELECT '${name}' AS feature, ${name} AS value, ANY_VALUE(${name}_count) AS record_count
FROM ${table}
WHERE ${name}_count > 1
GROUP BY ${name}`,
    )
    .join('\nUNION ALL\n');

/**
 * One row per pair with its levels (-1: a side is missing, or it says nothing; the number of levels: else) and, where
 * both agree on a value, how many records have it.
 *
 * @param {Recipe} recipe
 * @param {string} pairs SQL of a query: left_no, right_no, rules
 * @param {string} table of records
 * @param {{ across_sources: boolean, right?: string }} options `right`: where right records are found,
 *   if elsewhere
 * @returns {string}
 */
function comparedPairs({ comparisons, distances, frequencies }, pairs, table, options) {
  const { across_sources, right = table } = options;
  const levels = comparisons.map(
    (comparison) => `${flat(levelOf(comparison))} AS level_${comparison.name}`,
  );
  const counts = frequencies.map(
    // The later record's: what joins by itself may have become common since the earlier one came.
    (name) => `IF(l_${name} = r_${name}, r_${name}_count, NULL) AS ${name}_count`,
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
  INNER JOIN ${right} AS r ON r.record_no = pairs.right_no${across_sources ? '\n  WHERE l.source != r.source' : ''}
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
 * A pair's level by its name: NULL where a side is missing. Its last level is "else".
 *
 * @param {Comparison} comparison
 * @returns {string} SQL, STRING
 */
const levelNameOf = ({ missing, levels }) => `CASE
      WHEN ${missing} THEN NULL
      ${levels.map(({ name, condition }) => `WHEN ${condition} THEN '${name}'`).join('\n      ')}
    END`;

/**
 * One row per pattern of agreement: the only thing that leaves the warehouse for training.
 *
 * @param {Recipe} recipe
 * @param {string} compared table or query of compared pairs
 * @returns {string}
 */
function patterns({ comparisons }, compared) {
  const levels = comparisons.map(({ name }) => `level_${name}`).join(', ');
  return `SELECT rules, ${levels}, COUNT(*) AS pair_count
FROM ${compared}
GROUP BY rules, ${levels}`;
}

module.exports = { comparedPairs, levelNameOf, patterns, records, valueCounts };
