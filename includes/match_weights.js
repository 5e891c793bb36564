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
 * The weight of a comparison, FLOAT64 over compared pairs, and the most that it can be: INT64, in thousandths of a
 * bit. `moved`: it says where somebody lives, and this share of persons moved; its weight is that of the others.
 * @typedef {{ name: string, sql: string, most: string, moved?: number }} WeightSql
 *
 * Comparisons that say together where somebody lives. `together`: by those that agree exactly, as a sum of 2 to the
 * power of their places in `names`, the bits that they have in common.
 * @typedef {{ names: readonly string[], moved: number, together: readonly number[] }} Place
 */

/**
 * @param {readonly Comparison[]} comparisons
 * @param {readonly LearntComparison[]} learnt
 * @param {Place} [place]
 * @returns {WeightSql[]}
 */
function comparisonWeights(comparisons, learnt, place) {
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
      sql: `CASE level_${name} ${cases.join(' ')} ELSE 0.0 END${place ? inCommon(name, place) : ''}`,
      most: `CASE level_${name} ${most.join(' ')} ELSE 0 END`,
      ...(place && place.moved > 0 && place.names.includes(name) ? { moved: place.moved } : {}),
    };
  });
}

/**
 * What parts of a place say in common counts once: each that agrees gives an equal part of it back.
 *
 * @type {(name: string, place: Place) => string}
 */
function inCommon(name, { names, together }) {
  const part = 2 ** names.indexOf(name);
  const cases = together.flatMap((bits, agreed) => {
    if (bits < LEAST_IN_COMMON || Math.floor(agreed / part) % 2 !== 1) return [];
    const count = names.filter((_, index) => Math.floor(agreed / 2 ** index) % 2 === 1).length;
    return [`WHEN ${agreed} THEN ${number(bits / count)}`];
  });
  if (cases.length === 0) return '';
  const agreed = names
    .slice(0, Math.round(Math.log2(together.length)))
    .map((one, index) => `IF(level_${one} = 0, ${2 ** index}, 0)`);
  return ` - CASE ${agreed.join(' + ')} ${cases.join(' ')} ELSE 0.0 END`;
}

/** Fewer bits are not worth an expression. */
const LEAST_IN_COMMON = 1e-3;

/**
 * share * (log2 u - log2 of the value's frequency among strangers): a rare value says more. Records
 * of the same person are no strangers, so their expected number is taken off.
 *
 * By itself the value makes its frequency squared of u. Where that is more than the u that was learnt, the value
 * became common since, in a state that grows, and u is taken to be that.
 *
 * @param {string} feature
 * @param {NonNullable<LearntComparison['frequency']>} frequency
 */
const rarityOf = (feature, { share, log2_u, record_count, own_count }) => {
  const often = `LOG(GREATEST(${feature}_count - ${number(own_count)}, 1) / ${record_count}, 2)`;
  return `${number(share)} * (${number(log2_u)} - ${often}) - ${number(1 - share)} * GREATEST(2 * ${often} - ${number(log2_u)}, 0)`;
};

/** Of a value that nobody else has. @type {(frequency: LearntComparison['frequency']) => number} */
const mostRarity = (frequency) =>
  frequency === undefined
    ? 0
    : Math.max(0, frequency.share * (frequency.log2_u + Math.log2(frequency.record_count)));

/**
 * One row per pair: left_no, right_no, match_weight in log2 odds, and with `each` the weights of
 * all comparisons.
 *
 * @param {{ compared: string, weights: readonly WeightSql[], prior: number, min_weight?: number, each?: boolean }} options
 * @returns {string}
 */
function scoredPairs({ compared, weights, prior, min_weight, each = false }) {
  const columns = weights.map(({ name, sql }) => `${sql} AS weight_${name}`).join(',\n    ');
  const names = weights.map(({ name }) => `weight_${name}`);
  // Whole numbers are added at a tenth of the cost, and leave few pairs to be scored.
  const least =
    min_weight === undefined
      ? ''
      : `\n  WHERE ${mostOf(weights)} >= ${Math.floor(1000 * (min_weight - prior)) - 1}`;
  const chosen = each ? `, ${names.join(', ')}` : '';
  return `SELECT * FROM (
  SELECT left_no, right_no, ${number(prior)} + ${names.join(' + ')} AS match_weight${chosen}
  FROM (${asOnePlace(
    `
  SELECT left_no, right_no,
    ${columns}
  FROM ${compared}${least}
  `,
    weights,
  )})
)
${min_weight === undefined ? '' : `WHERE match_weight >= ${number(min_weight)}`}`;
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
  const stays = number(1 - moved);
  // Its limit at 0, where a sum of weights says nothing.
  const part = `IF(ABS(bits) < 1e-9, ${stays}, LOG(${stays} * POW(2, bits) + ${number(moved)}, 2) / bits)`;
  return `
  SELECT * EXCEPT (bits, part) REPLACE (${names.map((name) => `${name} * part AS ${name}`).join(', ')})
  FROM (
    SELECT *, ${part} AS part FROM (SELECT *, ${names.join(' + ')} AS bits FROM (${query}))
  )
`;
}

/** @type {(value: number) => string} */
const number = (value) => `CAST('${value}' AS FLOAT64)`;

module.exports = { comparisonWeights, scoredPairs };
