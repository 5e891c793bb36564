/**
 * The weight of each comparison as SQL, from what training learnt.
 *
 * @import { Comparison } from './match_types'
 */

const { number } = require('./match_bits');
const { FEWEST, byCount } = require('./match_strangers');

/**
 * What training learnt of one comparison. Weights are log2(m/u) by level, "else" last, and `log2_u` that of a
 * shared value; `frequency` says how its rarity counts, and by match_strangers' buckets how many of those who share it
 * are strangers. `proof`: by these buckets what the value weighs, unless one of these differs. `among`: by how `names` agree (likenessOf), by level: the most that it can weigh.
 * @typedef {{ comparison: string, weights: number[], log2_u: number,
 *   frequency?: { share: number, record_count: number, strangers: readonly number[] },
 *   proof?: { unless: readonly string[], bits: readonly number[] },
 *   among?: { names: readonly string[], most: readonly (readonly (number | null)[])[] } }} LearntComparison
 */

/**
 * The weight of a comparison, FLOAT64 over compared pairs, and the most that it can be: INT64, in thousandths of a
 * bit. `alone`: what it weighs if nothing else of a place agrees. `moved`: it says where somebody lives, and this
 * share of persons moved; its weight is that of the others.
 * @typedef {{ name: string, sql: string, alone?: string, most: string, moved?: number }} WeightSql
 *
 * Comparisons that say together where somebody lives, the most telling first. `implied`: for each, by those before it
 * that agree (as a sum of 2 to the power of their places), the share of strangers for whom it is decided by them.
 * @typedef {{ names: readonly string[], moved: number, implied: readonly (readonly number[])[] }} Place
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
    const implied = place && impliedOf(name, place);
    /** @type {(implied?: string) => string} */
    const sql = (share) => {
      const cases = found.weights.map((weight, index) => {
        const isEqual = index === 0 || levels[index]?.frequency !== undefined;
        const own = isEqual ? sharedWeight(name, weight, found, share) : number(weight);
        const among = amongOf(own, found.among, index, comparisons);
        const isShared = levels[index]?.frequency !== undefined;
        return `WHEN ${index} THEN ${isShared ? proofOf(among, found) : among}`;
      });
      return `CASE level_${name} ${cases.join(' ')} ELSE 0.0 END`;
    };
    const most = found.weights.map((weight, index) => {
      const at =
        levels[index]?.frequency && found.frequency
          ? byCount(
              `${name}_count`,
              mostWeights(weight + found.log2_u, found.log2_u, found.frequency, found.proof?.bits),
            )
          : Math.ceil(1000 * weight);
      return `WHEN ${index} THEN ${at}`;
    });
    return {
      name,
      sql: sql(implied),
      ...(implied && { alone: sql() }),
      most: `CASE level_${name} ${most.join(' ')} ELSE 0 END`,
      ...(place && place.moved > 0 && place.names.includes(name) ? { moved: place.moved } : {}),
    };
  });
}

/**
 * Who shares a postcode shares its town, however rare that is: the share of strangers of whom that is so.
 *
 * @type {(name: string, place: Place) => string | undefined}
 */
function impliedOf(name, { names, implied }) {
  const rank = names.indexOf(name);
  const cases = (implied[rank] ?? []).flatMap((share, agreed) =>
    share < LEAST_IMPLIED ? [] : [`WHEN ${agreed} THEN ${number(share)}`],
  );
  if (cases.length === 0) return undefined;
  const agreed = names.slice(0, rank).map((one, index) => `IF(level_${one} = 0, ${2 ** index}, 0)`);
  return `CASE ${agreed.join(' + ')} ${cases.join(' ')} ELSE 0.0 END`;
}

/** A smaller share is not worth an expression. */
const LEAST_IMPLIED = 1e-4;

/**
 * Mailboxes are made of names: who has these in common shares them more often. And who differs in the given name and in
 * the date of birth is hardly one person.
 *
 * @type {(sql: string, among: LearntComparison['among'], level: number, comparisons: readonly Comparison[]) => string}
 */
function amongOf(sql, among, level, comparisons) {
  const cases = (among?.most ?? []).flatMap((most, likeness) => {
    const bits = most[level];
    return bits === null || bits === undefined ? [] : [`WHEN ${likeness} THEN ${number(bits)}`];
  });
  if (among === undefined || cases.length === 0) return sql;
  const likeness = likenessOf(among.names, comparisons);
  return `LEAST(${sql}, CASE ${likeness} ${cases.join(' ')} ELSE ${number(NO_LIMIT)} END)`;
}

/**
 * At which levels `names` stand, as training numbers it (functions/identity/made-of.ts): the last one if a side is missing.
 *
 * @type {(names: readonly string[], comparisons: readonly Comparison[]) => string}
 */
function likenessOf(names, comparisons) {
  let step = 1;
  const parts = names.map((name) => {
    const last = comparisons.find((comparison) => comparison.name === name)?.levels.length ?? 0;
    const part = `IF(level_${name} < 0, ${last}, level_${name}) * ${step}`;
    step *= last + 1;
    return part;
  });
  return parts.join(' + ') || '0';
}

/**
 * A mailbox, a phone or a number that two records share weighs what its bucket says, unless they differ in what a person
 * keeps for life; then it is the family's (functions/identity/proofs.ts).
 *
 * @type {(sql: string, learnt: LearntComparison) => string}
 */
function proofOf(sql, { comparison, proof }) {
  if (proof === undefined) return sql;
  const bits = byCount(`${comparison}_count`, proof.bits.map(number));
  const agree = proof.unless.map((name) => `level_${name} <= 0`);
  return agree.length === 0 ? bits : `IF(${agree.join(' AND ')}, ${bits}, ${sql})`;
}

/** More bits than anything weighs. */
const NO_LIMIT = 1e6;

/**
 * log2 m - log2 of how often strangers share the value: a rare value says more. Records of the same person are no
 * strangers, so their share of those who have it is taken off. Of `share` below 1 the rest counts as u, that of all
 * values; or the value's frequency squared, what it makes of u by itself, if that is more: then it became common
 * since, in a state that grows.
 *
 * @param {string} name
 * @param {number} weight log2(m/u)
 * @param {LearntComparison} learnt
 * @param {string} [implied] the share of strangers of whom it is decided by others
 */
function sharedWeight(name, weight, { log2_u, frequency }, implied) {
  if (frequency === undefined) {
    if (implied === undefined) return number(weight);
    return `${number(weight + log2_u)} - ${eitherWay(implied, number(2 ** log2_u))}`;
  }
  const { share, record_count, strangers } = frequency;
  const count = `${name}_count`;
  const parts = strangers.map((part) => number(part / record_count));
  const often = `GREATEST(${count} - 1, 1) * ${byCount(count, parts)}`;
  const mixed = `${number(share)} * LOG(${often}, 2) + ${number(1 - share)} * GREATEST(2 * LOG(${often}, 2), ${number(log2_u)})`;
  const bits =
    implied === undefined
      ? share === 1
        ? `LOG(${often}, 2)`
        : `(${mixed})`
      : eitherWay(implied, share === 1 ? often : `POW(2, ${mixed})`);
  return `${number(weight + log2_u)} - ${bits}`;
}

/** @type {(implied: string, often: string) => string} */
const eitherWay = (implied, often) => `LOG(${implied} + (1 - ${implied}) * ${often}, 2)`;

/** By bucket, of the fewest records in it: whole thousandths of a bit. @type {(log2_m: number, log2_u: number, frequency: NonNullable<LearntComparison['frequency']>, proof?: readonly number[]) => number[]} */
const mostWeights = (log2_m, log2_u, { share, record_count, strangers }, proof = []) =>
  FEWEST.map((fewest, bucket) => {
    const often = Math.log2(((fewest - 1) * (strangers[bucket] ?? 1)) / record_count);
    const bits = log2_m - share * often - (1 - share) * log2_u;
    return Math.ceil(1000 * Math.max(bits, proof[bucket] ?? bits));
  });

module.exports = { comparisonWeights };
