/**
 * Weights of pairs, from what training learnt.
 *
 * @import { Comparison } from './match_types'
 */

/**
 * What training learnt of one comparison. Weights are log2(m/u) by level, "else" last; `frequency`
 * says how a shared value's rarity counts.
 * @typedef {{ comparison: string, weights: number[], frequency?: { share: number, log2_u: number,
 *   record_count: number, own_count: number } }} LearntComparison
 */

/**
 * @param {readonly Comparison[]} comparisons
 * @param {readonly LearntComparison[]} learnt
 * @returns {{ name: string, sql: string, most: string }[]} the weight of each comparison, FLOAT64 over
 *   compared pairs, and the most that it can be: INT64, in thousandths of a bit
 */
function comparisonWeights(comparisons, learnt) {
  return comparisons.map(({ name, levels }) => {
    const found = learnt.find(({ comparison }) => comparison === name);
    if (!found) throw new Error(`Nothing was learnt of ${name}.`);
    const cases = found.weights.map((weight, index) => {
      const { frequency } = levels[index] ?? {};
      const rarity =
        frequency && found.frequency ? ` + ${rarityOf(frequency, found.frequency)}` : '';
      return `WHEN ${index} THEN ${number(weight)}${rarity}`;
    });
    const most = found.weights.map((weight, index) => {
      const rarity = levels[index]?.frequency ? mostRarity(found.frequency) : 0;
      return `WHEN ${index} THEN ${Math.ceil(1000 * (weight + rarity))}`;
    });
    return {
      name,
      sql: `CASE level_${name} ${cases.join(' ')} ELSE 0.0 END`,
      most: `CASE level_${name} ${most.join(' ')} ELSE 0 END`,
    };
  });
}

/**
 * share * (log2 u - log2 of the value's frequency among strangers): a rare value says more. Records
 * of the same person are no strangers, so their expected number is taken off.
 *
 * @param {string} feature
 * @param {NonNullable<LearntComparison['frequency']>} frequency
 */
const rarityOf = (feature, { share, log2_u, record_count, own_count }) =>
  `${number(share)} * (${number(log2_u)} - LOG(GREATEST(${feature}_count - ${number(own_count)}, 1) / ${record_count}, 2))`;

/** Of a value that nobody else has. @type {(frequency: LearntComparison['frequency']) => number} */
const mostRarity = (frequency) =>
  frequency === undefined
    ? 0
    : Math.max(0, frequency.share * (frequency.log2_u + Math.log2(frequency.record_count)));

/**
 * One row per pair: left_no, right_no, match_weight in log2 odds, and with `each` the weights of
 * all comparisons.
 *
 * @param {{ compared: string, weights: readonly { name: string, sql: string, most: string }[], prior: number,
 *   min_weight?: number, each?: boolean }} options
 * @returns {string}
 */
function scoredPairs({ compared, weights, prior, min_weight, each = false }) {
  const columns = weights.map(({ name, sql }) => `${sql} AS weight_${name}`).join(',\n    ');
  const sum = weights.map(({ name }) => `weight_${name}`).join(' + ');
  // Whole numbers are added at a tenth of the cost, and leave few pairs to be scored.
  const least =
    min_weight === undefined
      ? ''
      : `\n  WHERE ${weights.map(({ most }) => most).join(' + ')} >= ${Math.floor(1000 * (min_weight - prior)) - 1}`;
  const chosen = each ? `, ${weights.map(({ name }) => `weight_${name}`).join(', ')}` : '';
  return `SELECT * FROM (
  SELECT left_no, right_no, ${number(prior)} + ${sum} AS match_weight${chosen}
  FROM (
  SELECT left_no, right_no,
    ${columns}
  FROM ${compared}${least}
  )
)
${min_weight === undefined ? '' : `WHERE match_weight >= ${number(min_weight)}`}`;
}

/** @type {(value: number) => string} */
const number = (value) => `CAST('${value}' AS FLOAT64)`;

module.exports = { comparisonWeights, scoredPairs };
