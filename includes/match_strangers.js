/**
 * How many of those who share a value are strangers: the rest are a person's own records, which make
 * a rare value look common. Told apart by what else is known of pairs that share it, by how many do.
 *
 * @import { Comparison, Recipe } from './match_types'
 */

const { unlessMoved } = require('./match_bits');

/** Records that share a value, by bucket: the fewest of each. */
const FEWEST = [2, 3, 4, ...Array.from({ length: 14 }, (_, power) => 2 ** (power + 3))];

/**
 * A number by how many records share a value.
 *
 * @param {string} count SQL
 * @param {readonly (number | string)[]} numbers one for each bucket
 * @returns {string}
 */
function byCount(count, numbers) {
  const cases = FEWEST.slice(1).map(
    (fewest, bucket) => `WHEN ${count} < ${fewest} THEN ${numbers[bucket]}`,
  );
  return `CASE ${cases.join(' ')} ELSE ${numbers[FEWEST.length - 1]} END`;
}

const buckets = FEWEST.map((_, bucket) => bucket);

/**
 * One row per feature and bucket: pairs of records that share a value.
 *
 * @param {Recipe} recipe
 * @param {string} table of records
 * @returns {string}
 */
const sharedPairs = ({ frequencies }, table) =>
  frequencies
    .map(
      (name) => `SELECT '${name}' AS feature, bucket, SUM(others) / 2 AS pair_count
FROM (
  SELECT ${byCount(`${name}_count`, buckets)} AS bucket, ${name}_count - 1 AS others
  FROM ${table}
  WHERE ${name}_count > 1
)
GROUP BY bucket`,
    )
    .join('\nUNION ALL\n');

/**
 * One row per pair: for each comparison the bucket of a value that both share, and what all others say,
 * in halves of a bit; NULL where they share none. Of what is made of others (mailboxes), these are left out too.
 *
 * @param {Recipe} recipe
 * @param {string} weighed query with the weights of pairs, each part of a place by itself
 * @param {{ parts: readonly string[], moved: number }} place
 * @returns {string}
 */
function otherEvidence({ comparisons, tells }, weighed, { parts, moved }) {
  /** @type {(names: readonly string[]) => string} */
  const sum = (names) => names.map((name) => `weight_${name}`).join(' + ') || '0.0';
  const all = comparisons.map(({ name }) => name).filter((name) => !parts.includes(name));
  const columns = sharedOf(comparisons).flatMap(({ name, level, feature }) => {
    const without = [name, ...(tells[name] ?? [])];
    const isPart = parts.includes(name);
    // Beside a part of a place the others say what they do not say in common with it.
    const stays = isPart ? `bits - alone_${name}` : 'bits';
    const here = moved > 0 ? unlessMoved(stays, moved) : stays;
    const rest = isPart ? 'rest' : `rest - (${sum(without)})`;
    const isShared = `level_${name} = ${level}`;
    return [
      `IF(${isShared}, CAST(ROUND(2 * (${rest} + ${here})) AS INT64), NULL) AS halves_${name}`,
      `IF(${isShared}, ${byCount(`${feature}_count`, buckets)}, NULL) AS bucket_${name}`,
    ];
  });
  return `SELECT ${columns.join(',\n  ')}
FROM (SELECT *, ${sum(all)} AS rest, ${sum(parts)} AS bits FROM (${weighed}))`;
}

/**
 * One row per comparison, bucket and evidence: pairs. Only these counts leave the warehouse.
 *
 * @param {Recipe} recipe
 * @param {string} table of `otherEvidence`
 * @returns {string}
 */
const evidenceCounts = ({ comparisons }, table) =>
  sharedOf(comparisons)
    .map(
      ({
        name,
        feature,
      }) => `SELECT '${feature}' AS feature, bucket_${name} AS bucket, halves_${name} AS halves, COUNT(*) AS pair_count
FROM ${table}
WHERE bucket_${name} IS NOT NULL
GROUP BY bucket, halves`,
    )
    .join('\nUNION ALL\n');

/** @type {(comparisons: readonly Comparison[]) => { name: string, level: number, feature: string }[]} */
const sharedOf = (comparisons) =>
  comparisons.flatMap(({ name, levels }) =>
    levels.flatMap(({ frequency }, level) =>
      frequency === undefined ? [] : [{ name, level, feature: frequency }],
    ),
  );

module.exports = { FEWEST, byCount, evidenceCounts, otherEvidence, sharedPairs };
