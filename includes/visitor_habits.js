/**
 * Habits of visitors: at which hours of the day they come, what they look at, and how far those of
 * two groups of visitors agree.
 */
const settings = require('./settings');

/** How far a visit strays from a person's usual hour, and that from other people's: standard
 * deviations, in hours. What the bits are worth is learnt; these only bring samples of all sizes
 * on one scale. */
const STRAY_HOURS = 2;
const PEOPLE_HOURS = 4;

/**
 * How the usual hours of two groups agree, as bits for one person: log2 of the normal density of
 * their distance with one usual hour over that with two. Hours are chords of the circle of the day.
 *
 * @param {string} l alias of int_identity__habits
 * @param {string} r alias of the other
 * @returns {string} SQL, FLOAT64; NULL without a usual hour
 */
function habitBits(l, r) {
  const same = `(${STRAY_HOURS ** 2} * (1 / GREATEST(${l}.visited_hour_count, 1) + 1 / GREATEST(${r}.visited_hour_count, 1)))`;
  const other = `(${same} + ${2 * PEOPLE_HOURS ** 2})`;
  const squared = (2 * (12 / Math.PI) ** 2).toFixed(6);
  const distance = `(${squared} * (1 - (${l}.habit_x * ${r}.habit_x + ${l}.habit_y * ${r}.habit_y)))`;
  return `LOG(${other} / ${same}, 2) / 2
      - ${distance} / 2 * (1 / ${same} - 1 / ${other}) * ${Math.LOG2E.toFixed(6)}`;
}

/**
 * What an event shows that somebody likes: the category of a product, the product where it has
 * none, or the category whose page was opened.
 *
 * @param {string} events alias of stg_events
 * @returns {string} SQL, STRING
 */
const interestOf = (events) => `REPLACE(LOWER(COALESCE(
      ${events}.product_category,
      ${events}.product_id,
      REGEXP_EXTRACT(${events}.page_path, r'${settings.identity.evidence.interest_path}')
    )), '-', ' ')`;

/** 1000 times the cosine, or sine, of each hour of the day: integers sum alike everywhere. */
const circle = {
  x: Array.from({ length: 24 }, (_, hour) => Math.round(1000 * Math.cos((Math.PI * hour) / 12))),
  y: Array.from({ length: 24 }, (_, hour) => Math.round(1000 * Math.sin((Math.PI * hour) / 12))),
};

/** @type {(hour: string, axis: 'x' | 'y') => string} */
const onCircle = (hour, axis) => `[${circle[axis].join(', ')}][OFFSET(${hour})]`;

module.exports = { habitBits, interestOf, onCircle };
