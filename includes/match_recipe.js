/**
 * The recipe for person data: which features, comparisons and blocking rules follow from the kinds
 * of a table's columns.
 *
 * @import { Feature, InputColumn, Recipe } from './match_types'
 */

const { dayNumber } = require('./match_dates');
const { isPlace, isProof, namesOf, namesPerson, saysEnough } = require('./match_enough');
const levels = require('./match_levels');
const { defaultRules } = require('./match_rules');
const text = require('./match_text');

/** From a column's words; the words themselves where nothing stands here. @type {Readonly<Record<string, (column: string) => string>>} */
const cleansed = {
  email: (column) => text.email(`${column}_folded`, `${column}_words`),
  postcode: (column) => text.code(`${column}_words`),
  house_number: (column) => text.code(`${column}_words`),
  identifier: (column) => text.code(`${column}_words`),
  address: (column) => text.address(`${column}_words`),
};

/**
 * @param {readonly InputColumn[]} columns at most one of given_name, surname, full_name each
 * @returns {Recipe}
 * @throws {Error} where nothing can be compared
 */
function recipe(columns) {
  const kinds = new Set(columns.map(({ kind }) => kind));
  const hasWhole = kinds.has('full_name');
  const has = {
    given: kinds.has('given_name') || hasWhole,
    surname: kinds.has('surname') || hasWhole,
  };
  /** @type {Feature[]} */
  const features = nameFeatures(kinds);
  const parts = [levels.names(has)];
  for (const one of columns) {
    const { column, kind } = one;
    if (kind === 'given_name' || kind === 'surname' || kind === 'full_name') continue;
    features.push(...featuresOf(one).map((feature) => ({ ...feature, column })));
    parts.push(kind === 'date_of_birth' ? levels.date(column) : levels.column(one, has));
  }
  const comparisons = parts.flatMap((part) => part.comparisons);
  if (comparisons.length === 0) throw new Error('No column can be compared.');
  return {
    columns: [...columns],
    features,
    has_short_forms: has.given,
    distances: parts.flatMap((part) => part.distances),
    comparisons,
    says_enough: saysEnough(columns, has),
    names_person: namesPerson(columns, has),
    rules: defaultRules(columns, has),
    places: columns.filter(isPlace).map(({ column }) => column),
    tells: Object.fromEntries(
      columns
        .filter(({ kind }) => kind === 'email' && namesOf(has).length > 0)
        .map(({ column }) => [column, namesOf(has)]),
    ),
    lasting: comparisons
      .map(({ name }) => name)
      .filter((name) => name === 'given_name' || name === 'date_of_birth'),
    proofs: columns.filter(isProof).map(({ column }) => column),
    swaps: has.given && has.surname ? namesOf(has) : [],
    frequencies: comparisons.flatMap(({ levels: all }) =>
      all.flatMap(({ frequency }) => frequency ?? []),
    ),
  };
}

/**
 * @param {ReadonlySet<string>} kinds
 * @returns {Feature[]}
 */
function nameFeatures(kinds) {
  /** @type {Feature[]} */
  const features = [];
  const whole = kinds.has('full_name')
    ? text.wholeName('input.full_name', 'input.full_name_words')
    : undefined;
  /** @type {(kind: string, pattern: string) => string | undefined} */
  const nameOf = (kind, pattern) => {
    const own = kinds.has(kind) ? text.name(`input.${kind}_words`) : undefined;
    const fromWhole = whole && text.name(`REGEXP_EXTRACT(${whole}, r'${pattern}')`);
    return own && fromWhole ? `COALESCE(${own}, ${fromWhole})` : (own ?? fromWhole);
  };
  const given = nameOf('given_name', '^[^ ]+');
  // Of one word alone nobody can say which name it is; it counts as the given one.
  const surname = nameOf('surname', ' ([^ ]+)$');
  /** @type {(name: string, sql: string) => Feature} */
  const ofOne = (name, sql) => (whole ? { name, sql } : { name, sql, column: name });
  if (given) features.push(ofOne('given_name', given));
  if (surname) features.push(ofOne('surname', surname));
  if (given && surname) {
    const words =
      whole ??
      "CONCAT(COALESCE(input.given_name_words, ''), ' ', COALESCE(input.surname_words, ''))";
    // Where there are more of them than both names.
    features.push({
      name: 'more_words',
      sql: `NULLIF(CONCAT(' ', ${words}, ' '), CONCAT(' ', ${given}, ' ', ${surname}, ' '))`,
    });
    // For blocking by the name as a whole.
    if (whole) features.push({ name: 'name_words', sql: `CONCAT(' ', ${words}, ' ')` });
  }
  return features;
}

/**
 * @param {InputColumn} input
 * @returns {Feature[]}
 */
function featuresOf({ kind, column: name, has_units, country }) {
  const value = `input.${name}`;
  const clean = cleansed[kind]?.(value) ?? `${value}_words`;
  const features = [{ name, sql: clean }];
  if (kind === 'date_of_birth') {
    features.push(
      { name: `${name}_day`, sql: dayNumber(clean) },
      { name: `${name}_year`, sql: `SUBSTR(${clean}, 1, 4)` },
      { name: `${name}_month`, sql: `SUBSTR(${clean}, 5, 2)` },
      { name: `${name}_of_month`, sql: `SUBSTR(${clean}, 7, 2)` },
    );
  }
  if (kind === 'email') {
    features.push({
      name: `${name}_user`,
      sql: text.emailUser(`${value}_folded`, `${value}_words`),
    });
  }
  if (has_units) features.push({ name: `${name}_unit`, sql: `${value}_unit` });
  if (country) features.push({ name: `${name}_ending`, sql: `RIGHT(${clean}, 9)` });
  if (kind === 'postcode') {
    // The British outward code; of others the first half.
    features.push({
      name: `${name}_area`,
      sql: `IF(REGEXP_CONTAINS(${clean}, r'^[a-z]{1,2}\\d[a-z\\d]?\\d[a-z]{2}$'), SUBSTR(${clean}, 1, LENGTH(${clean}) - 3), SUBSTR(${clean}, 1, DIV(LENGTH(${clean}) + 1, 2)))`,
    });
  }
  return features;
}

module.exports = { recipe };
