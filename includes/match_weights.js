/**
 * Weights of pairs, from what training learnt.
 *
 * @import { Recipe } from './match_types'
 * @import { WeightSql } from './match_level_weights'
 */

const { number, unlessMoved } = require('./match_bits');
const { comparisonWeights } = require('./match_level_weights');
const { otherEvidence } = require('./match_strangers');

/**
 * One row per pair: left_no, right_no, match_weight in log2 odds, and with `each` the weights of
 * all comparisons.
 *
 * @param {{ compared: string, weights: readonly WeightSql[], prior: number, min_weight?: number, each?: boolean }} options
 * @returns {string}
 */
function scoredPairs({ compared, weights, prior, min_weight, each = false }) {
  const names = weights.map(({ name }) => `weight_${name}`);
  const chosen = each ? `, ${names.join(', ')}` : '';
  return `SELECT * FROM (
  SELECT left_no, right_no, ${number(prior)} + ${names.join(' + ')} AS match_weight${chosen}
  FROM (${asOnePlace(weighedPairs({ compared, weights, prior, min_weight }), weights)})
)
${min_weight === undefined ? '' : `WHERE match_weight >= ${number(min_weight)}`}`;
}

/**
 * One row: the sum of the probabilities of all pairs, FLOAT64; NULL without pairs.
 *
 * @param {readonly string[]} tables of scored pairs
 */
const expectedMatches = (tables) => `SELECT SUM(1 / (1 + POW(2, -match_weight))) AS matches
FROM (${tables.map((table) => `SELECT match_weight FROM ${table}`).join(' UNION ALL ')})`;

/**
 * One row per pair that can reach the least weight: the weights of all comparisons, each part of a place by itself,
 * and `columns`.
 *
 * @param {{ compared: string, weights: readonly WeightSql[], prior: number, min_weight: number | undefined, columns?: string }} options
 */
function weighedPairs({ compared, weights, prior, min_weight, columns = 'left_no, right_no' }) {
  // Whole numbers are added at a tenth of the cost, and leave few pairs to be scored.
  const least =
    min_weight === undefined
      ? ''
      : `\n  WHERE ${mostOf(weights)} >= ${Math.floor(1000 * (min_weight - prior)) - 1}`;
  return `
  SELECT ${columns},
    ${weights.map(({ name, sql }) => `${sql} AS weight_${name}`).join(',\n    ')}
  FROM ${compared}${least}
  `;
}

/**
 * Of pairs that share a value: what all other comparisons say (match_strangers).
 *
 * @param {Recipe} recipe
 * @param {{ compared: string, weights: readonly WeightSql[], prior: number, min_weight: number }} options
 * @returns {string}
 */
function pairEvidence(recipe, options) {
  const { parts, moved } = placeOf(options.weights);
  const columns = [
    ...recipe.comparisons.map(({ name }) => `level_${name}`),
    ...recipe.frequencies.map((name) => `${name}_count`),
    ...options.weights.map(({ name, sql, alone = sql }) => `${alone} AS alone_${name}`),
  ].join(', ');
  const place = { parts: parts.map(({ name }) => name), moved };
  return otherEvidence(recipe, weighedPairs({ ...options, columns }), place);
}

/** @type {(weights: readonly WeightSql[]) => { parts: WeightSql[], moved: number }} */
function placeOf(weights) {
  const parts = weights.filter(({ moved }) => moved !== undefined);
  return { parts, moved: parts[0]?.moved ?? 0 };
}

/** Whoever moved has a place that says nothing, so places say no less. @type {(weights: readonly WeightSql[]) => string} */
function mostOf(weights) {
  const { parts } = placeOf(weights);
  const others = weights.filter((weight) => !parts.includes(weight)).map(({ most }) => most);
  const place = parts.map(({ most }) => most).join(' + ');
  return [...others, ...(place ? [`GREATEST(${place}, 0)`] : [])].join(' + ');
}

/**
 * Street, postcode and town say together log2((1 - moved) * 2^sum + moved): the sum of their weights, if somebody
 * lives where they lived, and nothing if not. Each has its part of it.
 *
 * @type {(query: string, weights: readonly WeightSql[]) => string}
 */
function asOnePlace(query, weights) {
  const { parts, moved } = placeOf(weights);
  if (moved === 0) return query;
  const names = parts.map(({ name }) => `weight_${name}`);
  // Its limit at 0, where a sum of weights says nothing.
  const part = `IF(ABS(bits) < 1e-9, ${number(1 - moved)}, ${unlessMoved('bits', moved)} / bits)`;
  return `
  SELECT * EXCEPT (bits, part) REPLACE (${names.map((name) => `${name} * part AS ${name}`).join(', ')})
  FROM (
    SELECT *, ${part} AS part FROM (SELECT *, ${names.join(' + ')} AS bits FROM (${query}))
  )
`;
}

module.exports = { comparisonWeights, expectedMatches, pairEvidence, scoredPairs };
