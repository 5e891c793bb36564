/**
 * Evidence between visitors: how two cookies agree, beyond what proves that they are one person.
 * Which agreement speaks for one person, and how loudly, is learnt from the shop's own data; here
 * stands only what is told apart.
 *
 * @import { Comparison } from './match_types'
 */
const settings = require('./settings');
const { levelNameOf } = require('./match_queries');

/** Cosine of a difference in hours of the day. @type {(hours: number) => string} */
const cosine = (hours) => Math.cos((2 * Math.PI * hours) / 24).toFixed(3);

/** @type {(name: string) => string} */
const isMissing = (name) => `l.${name} IS NULL OR r.${name} IS NULL`;

/** An address is one household's, or that of a whole mobile network. */
const addressSizes = [2, 3, 4, 5, 6, 8];

const isAlike = 'l.browser = r.browser AND l.screen IS NOT DISTINCT FROM r.screen';
const isApart = 'l.last_seen_at < r.first_seen_at OR r.last_seen_at < l.first_seen_at';
/** A browser's version never goes back. */
const isOlder = `(l.last_seen_at < r.first_seen_at AND l.last_browser_version > r.first_browser_version)
      OR (r.last_seen_at < l.first_seen_at AND r.last_browser_version > l.first_browser_version)`;

/** Of the interests of both, those that they share. */
const allInterests =
  'ARRAY_LENGTH(l.interests) + ARRAY_LENGTH(r.interests) - d.shared_interest_count';

/** Conditions speak of the visitors `l` and `r`, and of `d`, what they have together.
 * @type {Comparison[]} */
const comparisons = [
  {
    name: 'address',
    missing: 'FALSE',
    levels: [
      ...addressSizes.map((size) => ({
        name: `shared_by_${size}`,
        condition: `d.address_visitor_count <= ${size}`,
      })),
      { name: 'shared_by_more', condition: 'd.address_visitor_count IS NOT NULL' },
      { name: 'not_shared', condition: 'TRUE' },
    ],
  },
  {
    name: 'device',
    missing: isMissing('browser'),
    levels: [
      { name: 'other_browser', condition: 'l.browser != r.browser' },
      { name: 'alike_not_same', condition: `NOT (${isAlike}) OR COALESCE(${isOlder}, FALSE)` },
      // Cookies of one browser follow each other; two at once are two devices of one kind.
      { name: 'alike_in_turn', condition: isApart },
      { name: 'alike_at_once', condition: 'TRUE' },
    ],
  },
  {
    name: 'language',
    missing: isMissing('language'),
    levels: [
      { name: 'same', condition: 'l.language = r.language' },
      { name: 'other', condition: 'TRUE' },
    ],
  },
  {
    name: 'habit',
    missing: isMissing('habit_x'),
    levels: [
      {
        name: 'within_90_minutes',
        condition: `(l.habit_x * r.habit_x + l.habit_y * r.habit_y) >= ${cosine(1.5)}`,
      },
      {
        name: 'within_3_hours',
        condition: `(l.habit_x * r.habit_x + l.habit_y * r.habit_y) >= ${cosine(3)}`,
      },
      {
        name: 'within_5_hours',
        condition: `(l.habit_x * r.habit_x + l.habit_y * r.habit_y) >= ${cosine(5)}`,
      },
      {
        name: 'within_8_hours',
        condition: `(l.habit_x * r.habit_x + l.habit_y * r.habit_y) >= ${cosine(8)}`,
      },
      { name: 'further', condition: 'TRUE' },
    ],
  },
  {
    name: 'interests',
    missing: 'ARRAY_LENGTH(l.interests) = 0 OR ARRAY_LENGTH(r.interests) = 0',
    levels: [
      { name: 'most', condition: `d.shared_interest_count * 10 >= (${allInterests}) * 6` },
      { name: 'half', condition: `d.shared_interest_count * 2 >= ${allInterests}` },
      { name: 'some', condition: 'd.shared_interest_count > 0' },
      { name: 'none_of_two', condition: `${allInterests} <= 2` },
      { name: 'none_of_many', condition: 'TRUE' },
    ],
  },
];

const levelColumns = comparisons.map(({ name }) => `level_${name}`);

/**
 * The level of each comparison, by its name; NULL where a side has no value.
 *
 * @returns {string} SQL over l, r and d
 */
const levels = () =>
  comparisons
    .map((comparison) => `${levelNameOf(comparison)} AS level_${comparison.name}`)
    .join(',\n    ');

/**
 * Patterns without pairs that name every level, so that training learns of those nobody has seen.
 *
 * @returns {string} SQL of an UNNEST: the level columns
 */
function levelRows() {
  const columns = levelColumns.map((name) => `${name} STRING`).join(', ');
  const most = Math.max(...comparisons.map(({ levels: all }) => all.length));
  const rows = Array.from({ length: most }, (_, index) =>
    comparisons.map(({ levels: all }) => (all[index] ? `'${all[index].name}'` : 'NULL')).join(', '),
  );
  return `UNNEST(ARRAY<STRUCT<${columns}>>[\n    (${rows.join('),\n    (')})\n  ])`;
}

/** Each level of each comparison. */
const everyLevel = comparisons.flatMap(({ name, levels: all }) =>
  all.map((level) => ({ comparison: name, level: level.name })),
);

/**
 * What was learnt, a column for each level: NULL where nothing was.
 *
 * @param {string} level alias of a row of match_parameters.levels
 * @returns {string} SQL of aggregates
 */
const learntWeights = (level) =>
  everyLevel
    .map(
      ({ comparison, level: name }) =>
        `MAX(IF(${level}.comparison = '${comparison}' AND ${level}.level = '${name}', ${level}.match_weight, NULL)) AS ${comparison}_${name}`,
    )
    .join(',\n    ');

/**
 * The sum of the weights of a pair's levels, in a fixed order; what is missing or was never learnt
 * says nothing.
 *
 * @param {string} pair alias of int_identity__comparisons
 * @param {string} learnt alias of learntWeights
 * @returns {string} SQL, FLOAT64
 */
const weightSum = (pair, learnt) =>
  comparisons
    .map(({ name, levels: all }) => {
      const cases = all.map((level) => `WHEN '${level.name}' THEN ${learnt}.${name}_${level.name}`);
      return `COALESCE(CASE ${pair}.level_${name} ${cases.join(' ')} END, 0.0)`;
    })
    .join('\n      + ');

/** 1000 times the cosine, or sine, of each hour of the day: integers sum alike everywhere. */
const circle = {
  x: Array.from({ length: 24 }, (_, hour) => Math.round(1000 * Math.cos((Math.PI * hour) / 12))),
  y: Array.from({ length: 24 }, (_, hour) => Math.round(1000 * Math.sin((Math.PI * hour) / 12))),
};

/** @type {(hour: string, axis: 'x' | 'y') => string} */
const onCircle = (hour, axis) => `[${circle[axis].join(', ')}][OFFSET(${hour})]`;

/** The blocking rules of the settings: name, number, column of stg_events. */
const rules = settings.identity.evidence.rules.map(({ rule, column }, index) => ({
  rule,
  column,
  number: index + 1,
}));

/**
 * The number of a rule, from its name: a pair belongs to the first rule that made it.
 *
 * @param {string} rule SQL
 * @returns {string} SQL, INT64
 */
const ruleNumber = (rule) =>
  `CASE ${rule} ${rules.map(({ rule: name, number }) => `WHEN '${name}' THEN ${number}`).join(' ')} END`;

/** @type {(number: string) => string} */
const ruleName = (number) =>
  `CASE ${number} ${rules.map(({ rule: name, number: at }) => `WHEN ${at} THEN '${name}'`).join(' ')} END`;

module.exports = {
  comparisons,
  learntWeights,
  levelColumns,
  levelRows,
  levels,
  onCircle,
  ruleName,
  ruleNumber,
  rules,
  weightSum,
};
