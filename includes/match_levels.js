/**
 * Levels of agreement by kind of column: the first true one is a pair's level. Which of them speak
 * for one person, and how loudly, is learnt from the data; here stands only what is told apart.
 *
 * @import { Comparison, Distance, InputColumn, Level } from './match_types'
 */

const {
  DIGITS,
  FAR,
  LETTERS,
  codeDistance,
  distanceOf,
  few,
  isNear,
  textDistance,
} = require('./match_distances');

/** A side has no value. @type {(name: string) => string} */
const isMissing = (name) => `l.${name} IS NULL OR r.${name} IS NULL`;

/** @type {(name: string) => Level} */
const exact = (name) => ({ name: 'exact', condition: `l.${name} = r.${name}`, frequency: name });

/** @type {(name: string, most: number) => Level} */
const typo = (name, most = 1) => ({
  name: most === 1 ? 'one_letter' : `${most}_letters`,
  condition: `d.${name} <= ${most}`,
});

/** @type {(name: string) => Level} */
const prefix = (name) => ({
  name: 'prefix',
  condition: `STARTS_WITH(l.${name}, r.${name}) OR STARTS_WITH(r.${name}, l.${name})`,
});

/**
 * Up to this percentage of letters differ, by the mean of both lengths.
 *
 * @type {(name: string, label: string, share: number) => Level}
 */
const similar = (name, label, share) => ({
  name: label,
  condition: `d.${name} < ${FAR} AND d.${name} * 200 <= (LENGTH(l.${name}) + LENGTH(r.${name})) * ${share}`,
});

/** @type {(name: string) => Level[]} */
const textLevels = (name) => [
  exact(name),
  typo(name, 1),
  prefix(name),
  similar(name, 'similar', 38),
  similar(name, 'faint', 50),
];

/** Both names stand in each other's place, but for one letter each. */
const isSwapped = 'd.swap <= 2';

/** One is the other's other name. */
const isCrossed = 'l.given_name = r.surname OR r.given_name = l.surname';

/** One name among the other record's words; those that are no more than both names are not searched. @type {(name: string) => string} */
const isAmongWords = (name) =>
  [
    `STRPOS(r.more_words, CONCAT(' ', l.${name}, ' ')) > 0`,
    `STRPOS(l.more_words, CONCAT(' ', r.${name}, ' ')) > 0`,
  ].join(' OR ');

/** @type {(condition: string) => Level} */
const elsewhere = (condition) => ({ name: 'elsewhere', condition });

/**
 * Given name and surname. Where they are swapped, or one name is the other record's other name, the given name's
 * comparison says so and the surname's is silent, so that one fact counts once.
 *
 * @param {{ given: boolean, surname: boolean }} has
 * @returns {{ comparisons: Comparison[], distances: Distance[] }}
 */
function names(has) {
  const both = has.given && has.surname;
  /** @type {Comparison[]} */
  const comparisons = [];
  /** @type {Distance[]} */
  const distances = [];
  const [same, ...others] = textLevels('given_name');
  const alike = [{ name: 'nickname', condition: 'l.given_root = r.given_root' }, ...others];
  if (has.given) {
    const swapped = { name: 'swapped', condition: isSwapped };
    comparisons.push({
      name: 'given_name',
      missing: isMissing('given_name'),
      levels: [
        ...(same ? [same] : []),
        ...(both ? [swapped] : []),
        ...alike,
        ...(both ? [elsewhere(`${isCrossed} OR ${isAmongWords('given_name')}`)] : []),
      ],
    });
    distances.push(textDistance('given_name', LETTERS));
  }
  if (has.surname) {
    // Only where the given name's comparison says it, which says before what is alike.
    const isAlike = alike.map(({ condition }) => `(${condition})`).join(' OR ');
    const isSaid = `${isSwapped} OR ((${isCrossed}) AND NOT (${isAlike}))`;
    comparisons.push({
      name: 'surname',
      missing: `${isMissing('surname')}${both ? ` OR (l.given_name != r.given_name AND (${isSaid}))` : ''}`,
      levels: [...textLevels('surname'), ...(both ? [elsewhere(isAmongWords('surname'))] : [])],
    });
    distances.push(textDistance('surname', LETTERS));
  }
  if (both) {
    const crossed =
      'EDIT_DISTANCE(l.given_name, r.surname) + EDIT_DISTANCE(l.surname, r.given_name)';
    const near = [isNear('given_name', 'surname', few), isNear('surname', 'given_name', few)];
    distances.push({ name: 'swap', sql: `IF(${near.join(' AND ')}, ${crossed}, ${FAR})` });
  }
  return { comparisons, distances };
}

/**
 * Dates of birth: slips of the pen first, then dates that lie near each other.
 *
 * @param {string} name of the feature with the date's digits; <name>_day is its day as a number, <name>_year,
 *   _month and _of_month its parts
 * @returns {{ comparisons: Comparison[], distances: Distance[] }}
 */
function date(name) {
  /** @type {(left: string, right?: string) => string} */
  const same = (left, right = left) => `l.${name}_${left} = r.${name}_${right}`;
  const [year, month, day] = [same('year'), same('month'), same('of_month')];
  const swapped = `${year} AND ${same('month', 'of_month')} AND ${same('of_month', 'month')}`;
  const days = `d.${name}_days`;
  const toAnniversary = `LEAST(MOD(${days}, 372), 372 - MOD(${days}, 372))`;
  const levels = [
    exact(name),
    { name: 'one_digit', condition: `d.${name} <= 1 OR (${swapped})` },
    prefix(name),
    {
      name: 'two_parts',
      condition: `(${year} AND (${month} OR ${day})) OR (${month} AND ${day})`,
    },
    { name: 'within_a_month', condition: `${days} <= 31` },
    { name: 'two_digits', condition: `d.${name} <= 2` },
    { name: 'within_a_year', condition: `${days} <= 372` },
    {
      // A year and a digit of the year are what is mistaken, beside a few days.
      name: 'near_in_another_year',
      condition: `${toAnniversary} <= 40 AND MOD(DIV(${days} + 40, 372), 10) <= 1 AND ${days} < 3800`,
    },
  ];
  return {
    comparisons: [{ name, missing: isMissing(name), levels }],
    distances: [
      codeDistance(name, DIGITS),
      { name: `${name}_days`, sql: `ABS(l.${name}_day - r.${name}_day)` },
    ],
  };
}

/**
 * Mailboxes are made of names, and a number tells namesakes apart: anna.adler12 and anna.adler47 are two
 * as often as a slip. Where both names are equal, that says nothing that they have not said.
 *
 * @type {(name: string) => string}
 */
function isNamesakes(name) {
  const letters = (/** @type {string} */ side) => `REGEXP_REPLACE(${side}.${name}, r'[0-9]+', '')`;
  return [
    `d.${name} > 0`,
    `d.${name} < ${FAR}`,
    'l.given_name = r.given_name',
    'l.surname = r.surname',
    `${letters('l')} = ${letters('r')}`,
  ].join(' AND ');
}

/**
 * Every other kind, of one column each.
 *
 * @param {InputColumn} input
 * @param {{ given: boolean, surname: boolean }} has names
 * @returns {{ comparisons: Comparison[], distances: Distance[] }}
 */
function column({ kind, column: name, has_units, country }, has) {
  const silent = kind === 'email' && has.given && has.surname ? ` OR (${isNamesakes(name)})` : '';
  const missing = `${isMissing(name)}${silent}`;
  if (kind === 'category' || kind === 'country') {
    return { comparisons: [{ name, missing, levels: [exact(name)] }], distances: [] };
  }
  if (country) {
    const ending = `${name}_ending`;
    const levels = [exact(name), sameEnding(ending), typo(ending, 1), typo(ending, 2)];
    return { comparisons: [{ name, missing, levels }], distances: [distanceOf(kind, ending)] };
  }
  const levels = has_units ? unitLevels(name) : levelsOf(kind, name);
  return { comparisons: [{ name, missing, levels }], distances: [distanceOf(kind, name)] };
}

/** A number that is written without its country, or as if it were another's. @type {(ending: string) => Level} */
const sameEnding = (ending) => ({ name: 'same_ending', condition: `l.${ending} = r.${ending}` });

/**
 * Addresses with flats: neighbours share the rest.
 *
 * @type {(name: string) => Level[]}
 */
function unitLevels(name) {
  const [same, ...others] = textLevels(name);
  const [left, right] = [`l.${name}_unit`, `r.${name}_unit`];
  const condition = same?.condition ?? 'FALSE';
  return [
    {
      name: 'exact',
      condition: `${condition} AND ${left} IS NOT DISTINCT FROM ${right}`,
      frequency: name,
    },
    { name: 'unit_missing', condition: `${condition} AND (${left} IS NULL OR ${right} IS NULL)` },
    { name: 'other_unit', condition },
    ...others,
  ];
}

/** @type {(kind: string, name: string) => Level[]} */
function levelsOf(kind, name) {
  switch (kind) {
    case 'email':
      return [
        exact(name),
        typo(name, 2),
        { name: 'same_user', condition: `l.${name}_user = r.${name}_user` },
        similar(name, 'similar', 25),
        similar(name, 'faint', 40),
      ];
    case 'postcode':
      return [
        exact(name),
        typo(name, 1),
        { name: 'same_area', condition: `l.${name}_area = r.${name}_area` },
        typo(name, 2),
      ];
    case 'phone':
    case 'identifier':
      return [exact(name), typo(name, 1), typo(name, 2)];
    case 'house_number':
      return [exact(name), typo(name, 1)];
    default:
      return textLevels(name);
  }
}

module.exports = { column, date, isMissing, names };
