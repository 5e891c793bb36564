/**
 * Kinds of values that settings may have. Each is a check: it takes a value and its place, and
 * answers sentences that say what is wrong and the mend.
 */

/** @typedef {(value: unknown, place: string) => string[]} Check */

/**
 * @param {(value: unknown) => boolean} isRight
 * @param {string} mend
 * @returns {Check}
 */
const kind = (isRight, mend) => (value, place) =>
  isRight(value) ? [] : [`${place} is ${shown(value)}: ${mend}.`];

const text = kind((value) => typeof value === 'string' && value !== '', 'give a text');
/** May be empty: not set. */
const anyText = kind((value) => typeof value === 'string', 'give a text');
const flag = kind((value) => typeof value === 'boolean', 'give true or false');

/** @param {string} mend a pattern's own words @param {RegExp} pattern */
const pattern = (mend, pattern) =>
  kind((value) => typeof value === 'string' && pattern.test(value), mend);

/** Share values stand in SQL as they are written, so they are texts of decimal digits. */
const share = kind(
  (value) => typeof value === 'string' && /^\d(\.\d{1,9})?$/.test(value) && Number(value) <= 1,
  "give a share from 0 to 1 as a text, like '0.4'",
);

/** @param {number} minimum @param {number} maximum @returns {Check} */
const whole = (minimum, maximum) =>
  kind(
    (value) => Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum,
    `give a whole number from ${minimum} to ${maximum}`,
  );

/** @param {number} minimum @param {number} maximum @returns {Check} */
const number = (minimum, maximum) =>
  kind(
    (value) => typeof value === 'number' && value >= minimum && value <= maximum,
    `give a number from ${minimum} to ${maximum}`,
  );

/** @param {readonly unknown[]} values @returns {Check} */
const oneOf = (...values) =>
  kind((value) => values.includes(value), `write ${choice(values.map((value) => shown(value)))}`);

/** @param {Check} check of each element @returns {Check} */
const listOf = (check) => (value, place) =>
  Array.isArray(value)
    ? value.flatMap((element, index) => check(element, `${place}[${index}]`))
    : [`${place} is ${shown(value)}: give a list.`];

/** An object with keys of the user's. @param {Check} check of each value @returns {Check} */
const recordOf = (check) => (value, place) =>
  isRecord(value)
    ? Object.entries(value).flatMap(([key, element]) => check(element, `${place}.${key}`))
    : [`${place} is ${shown(value)}: give an object.`];

/** An object with certain keys, all of one kind. @param {readonly string[]} keys @param {Check} check */
const keyed = (keys, check) => fields(Object.fromEntries(keys.map((key) => [key, check])));

/**
 * An object with certain fields, and no others.
 *
 * @param {Readonly<Record<string, Check>>} required
 * @param {Readonly<Record<string, Check>>} [optional]
 * @returns {Check}
 */
const fields =
  (required, optional = {}) =>
  (value, place) => {
    if (!isRecord(value)) return [`${place} is ${shown(value)}: give an object.`];
    const known = { ...required, ...optional };
    const at = (/** @type {string} */ name) => (place === '' ? name : `${place}.${name}`);
    return [
      ...Object.entries(known).flatMap(([name, check]) =>
        !(name in required) && value[name] === undefined ? [] : check(value[name], at(name)),
      ),
      ...Object.keys(value)
        .filter((name) => !Object.hasOwn(known, name))
        .map((name) => `${at(name)} is no setting: ${instead(Object.keys(known), value)}.`),
    ];
  };

/** @param {readonly string[]} known @param {Record<string, unknown>} value */
function instead(known, value) {
  const missing = known.filter((other) => !(other in value));
  return missing.length === 0
    ? 'remove it'
    : `remove it, or write ${choice(missing)} if you meant that`;
}

/** @param {readonly string[]} words */
const choice = (words) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {unknown} value */
function shown(value) {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return `'${value}'`;
  return typeof value === 'object' ? JSON.stringify(value).slice(0, 60) : String(value);
}

module.exports = {
  anyText,
  fields,
  flag,
  keyed,
  kind,
  listOf,
  number,
  oneOf,
  pattern,
  recordOf,
  share,
  text,
  whole,
};
