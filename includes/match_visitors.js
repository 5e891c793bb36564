/**
 * Evidence between visitors: how two cookies agree, beyond what proves that they are one person.
 * Which agreement speaks for one person, and how loudly, is learnt from the shop's own data; here
 * stands only what is told apart.
 *
 * @import { Comparison } from './match_types'
 */
const settings = require('./settings');
const { isMissing } = require('./match_levels');
const { levelNameOf } = require('./match_queries');

/** An address is one household's, or that of a whole mobile network. */
const addressSizes = [2, 3, 4, 5, 6, 8];

const isAlike = 'l.browser = r.browser AND l.screen IS NOT DISTINCT FROM r.screen';
const isApart = '(l.last_seen_at < r.first_seen_at OR r.last_seen_at < l.first_seen_at)';
/** A browser's version never goes back. */
const isOlder = `(l.last_seen_at < r.first_seen_at AND l.last_browser_version > r.first_browser_version)
      OR (r.last_seen_at < l.first_seen_at AND r.last_browser_version > l.first_browser_version)`;
/** Two cookies of browsers that are alike and yet two, as they are in use at the same time. */
const isAtOnce = `NOT ${isApart} OR COALESCE(${isOlder}, FALSE)`;
/** From the last visit of the earlier cookie to the first of the later one. */
const hoursBetween =
  'TIMESTAMP_DIFF(GREATEST(l.first_seen_at, r.first_seen_at), LEAST(l.last_seen_at, r.last_seen_at), HOUR)';

/** Whether interests are worth so much, by the days on which they were seen. @type {(from: number, to?: number) => string} */
const isWorth = (from, to) =>
  [
    'd.interest_cosine IS NOT NULL',
    `d.interest_day_count >= ${from}`,
    ...(to === undefined ? [] : [`d.interest_day_count < ${to}`]),
  ].join(' AND ');

/**
 * Likeness of few visits says less than that of many, so each is learnt by itself.
 *
 * @param {string} name @param {string} worth SQL, BOOL @param {readonly number[]} least cosines
 * @returns {Comparison}
 */
const interests = (name, worth, least) => ({
  name: `interests_${name}`,
  // Those of one group are the same interests.
  missing: `NOT COALESCE(${worth}, FALSE)`,
  levels: [
    ...least.map((cosine) => ({
      name: `from_${Math.round(100 * cosine)}`,
      condition: `d.interest_cosine >= ${cosine}`,
    })),
    { name: 'below', condition: 'TRUE' },
  ],
});

/** Conditions speak of the visitors `l` and `r`, of `pairs`, what is known of the pair, of `d`, how the
 * habits of their groups agree (NULL within one group), and of `devices_at_once`.
 * @type {Comparison[]} */
const comparisons = [
  {
    name: 'address',
    missing: 'FALSE',
    levels: [
      ...addressSizes.map((size) => ({
        name: `shared_by_${size}`,
        condition: `pairs.address_visitor_count <= ${size}`,
      })),
      { name: 'shared_by_more', condition: 'pairs.address_visitor_count IS NOT NULL' },
      { name: 'not_shared', condition: 'TRUE' },
    ],
  },
  {
    name: 'device',
    // What an ETag proves is no news, and would drown what else there is. That browsers differ is none
    // either: people have several, as households do, and strangers of one mobile network have phones.
    missing: `${isMissing('browser')} OR l.browser != r.browser OR pairs.shares_etag`,
    levels: [
      { name: 'alike_not_same', condition: `NOT (${isAlike})` },
      // Cookies of one browser follow each other; two at once are two devices of one kind.
      {
        name: 'alike_at_once',
        condition: `${isAtOnce} OR COALESCE(devices_at_once.is_at_once, FALSE)`,
      },
      { name: 'one_keeps_etags', condition: 'l.has_etag != r.has_etag' },
      // Safari keeps a cookie for a day at least.
      { name: 'within_a_day', condition: `${hoursBetween} < 24` },
      { name: 'in_turn_other_etag', condition: 'l.has_etag' },
      { name: 'alike_in_turn', condition: 'TRUE' },
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
    missing: 'd.habit_bits IS NULL',
    levels: [
      { name: 'one_hour', condition: 'd.habit_bits >= 1' },
      { name: 'near', condition: 'd.habit_bits >= 0' },
      { name: 'maybe', condition: 'd.habit_bits >= -1' },
      { name: 'apart', condition: 'd.habit_bits >= -2' },
      { name: 'far', condition: 'd.habit_bits >= -4' },
      { name: 'further', condition: 'd.habit_bits >= -8' },
      { name: 'opposite', condition: 'TRUE' },
    ],
  },
  interests('few', isWorth(0, 1), [0.95, 0.75, 0.5, 0.01]),
  interests('some', isWorth(1, 2), [0.96, 0.9, 0.8, 0.6, 0.3]),
  interests('many', isWorth(2), [0.95, 0.88, 0.75, 0.5]),
];

const levelColumns = comparisons.map(({ name }) => `level_${name}`);

/**
 * The level of each comparison, by its name; NULL where a side has no value.
 *
 * @returns {string} SQL over l, r, pairs, d and devices_at_once
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

/** What housemates share without being one person: their line, and mostly their language. */
const ofHousehold = ['address', 'language'];

/**
 * The sum of the weights of a pair's levels, in a fixed order; what is missing or was never learnt
 * says nothing.
 *
 * @param {string} pair alias of int_identity__comparisons
 * @param {string} learnt alias of learntWeights
 * @param {boolean} [isOwn] leaves out what housemates share
 * @returns {string} SQL, FLOAT64
 */
const weightSum = (pair, learnt, isOwn = false) =>
  comparisons
    .filter(({ name }) => !isOwn || !ofHousehold.includes(name))
    .map(({ name, levels: all }) => {
      const cases = all.map((level) => `WHEN '${level.name}' THEN ${learnt}.${name}_${level.name}`);
      return `COALESCE(CASE ${pair}.level_${name} ${cases.join(' ')} END, 0.0)`;
    })
    .join('\n      + ');

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
  isAtOnce,
  learntWeights,
  levelColumns,
  levelRows,
  levels,
  ruleName,
  ruleNumber,
  rules,
  weightSum,
};
