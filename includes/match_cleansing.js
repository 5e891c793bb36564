/**
 * Records as they are compared: what the recipe reads from each column. Regular expressions take most
 * of the time, so columns whose values repeat are read once for each value.
 *
 * @import { Feature, InputColumn, Kind, Recipe } from './match_types'
 */

const { stepsOf } = require('./match_text');
const { unitNumber, withoutUnit } = require('./street_words');

/** Kinds whose values many records share. @type {ReadonlySet<Kind>} */
const repeated = new Set([
  'given_name',
  'surname',
  'date_of_birth',
  'postcode',
  'city',
  'house_number',
  'country',
  'category',
]);

/** What is read from one column, in steps: each stands and runs once. @typedef {InputColumn & { features: Feature[], letters: Feature[] }} Part */

/**
 * One row per record: what was read from it.
 *
 * @param {Recipe} recipe
 * @param {string} table with record_no, source and a column for each of the recipe's
 * @returns {string}
 */
function cleansed({ columns, features, distances }, table) {
  /** @type {(feature: Feature) => Feature[]} */
  const lettersOf = ({ name, column }) =>
    distances.flatMap(({ name: of, letters, letters_of: text = of }) =>
      of === name && letters !== undefined
        ? [
            {
              name: `${name}_letters`,
              sql: lettersIn(text, letters),
              ...(column ? { column } : {}),
            },
          ]
        : [],
    );
  const letters = features.flatMap(lettersOf);
  /** @type {(column: string) => (all: Feature) => boolean} */
  const isOf = (column) => (feature) => feature.column === column;
  const parts = columns
    .filter(({ kind, column }) => repeated.has(kind) && features.some(isOf(column)))
    .map((column) => ({
      ...column,
      features: features.filter(isOf(column.column)),
      letters: letters.filter(isOf(column.column)),
    }));
  const direct = columns.filter(({ column }) => !parts.some((part) => part.column === column));
  /** @type {(feature: Feature) => boolean} */
  const isDirect = ({ column }) => !parts.some((part) => part.column === column);
  const known = parts.flatMap((part) => [
    `${part.column}_values.${part.column}_words`,
    ...[...part.features, ...part.letters].map(({ name }) => `${part.column}_values.value_${name}`),
  ]);
  const addresses = columns.filter(({ has_units }) => has_units).map(({ column }) => column);
  const input = addresses.length > 0 ? 'without_units' : table;
  const ctes = [
    ...withoutUnits(addresses, table),
    ...parts.flatMap((part) => valuesOf(part, input)),
    `folded AS (
  SELECT ${['input.*', ...known, ...folds(direct)].join(',\n    ')}
  FROM ${input} AS input
  ${parts.map(({ column }) => `LEFT JOIN ${column}_values ON ${column}_values.value = input.${column}`).join('\n  ')}
)`,
    `worded AS (
  SELECT ${['folded.*', ...words(direct, 'folded')].join(',\n    ')}
  FROM folded
)`,
    `read AS (
  SELECT
    input.record_no,
    input.source,
    ${features.map((one) => `${isDirect(one) ? one.sql : `input.value_${one.name}`} AS ${one.name}`).join(',\n    ')}${letters
      .filter((one) => !isDirect(one))
      .map(({ name }) => `,\n    input.value_${name} AS ${name}`)
      .join('')}
  FROM worded AS input
)`,
  ];
  const more = letters.filter(isDirect).map(({ name, sql }) => `, ${sql} AS ${name}`);
  return `WITH
${ctes.join(',\n')}
SELECT *${more.join('')}
FROM read`;
}

/** The CTEs that take the numbers of flats out of addresses; none without addresses. @type {(addresses: readonly string[], table: string) => string[]} */
const withoutUnits = (addresses, table) =>
  addresses.length === 0
    ? []
    : [
        `with_units AS (
  SELECT *, ${addresses.map((name) => `${unitNumber(name)} AS ${name}_unit`).join(', ')}
  FROM ${table} AS input
)`,
        `without_units AS (
  SELECT * EXCEPT (${addresses.join(', ')}), ${addresses
    .map((name) => `IF(${name}_unit IS NULL, ${name}, ${withoutUnit(name)}) AS ${name}`)
    .join(', ')}
  FROM with_units
)`,
      ];

/** The CTEs that read a column's values, each once: the last is <column>_values. @type {(part: Part, input: string) => string[]} */
const valuesOf = (part, input) => {
  const { column, features, letters } = part;
  const read = features.map(({ name, sql }) => `${sql} AS ${name}`);
  const found = [...features, ...letters].map(({ name }) => `${name} AS value_${name}`);
  return [
    `${column}_folded_values AS (
  SELECT input.${column}, ${folds([part]).join(', ')}
  FROM (SELECT DISTINCT ${column} FROM ${input} AS input WHERE ${column} IS NOT NULL) AS input
)`,
    `${column}_worded_values AS (
  SELECT folded.*, ${words([part], 'folded').join(', ')}
  FROM ${column}_folded_values AS folded
)`,
    `${column}_read_values AS (
  SELECT input.${column} AS value, input.${column}_words, ${read.join(', ')}
  FROM ${column}_worded_values AS input
)`,
    `${column}_values AS (
  SELECT value, ${column}_words, ${found.join(', ')}
  FROM (
    SELECT *${letters.map(({ name, sql }) => `, ${sql} AS ${name}`).join('')}
    FROM ${column}_read_values
  )
)`,
  ];
};

/** @type {(columns: readonly InputColumn[]) => string[]} */
const folds = (columns) =>
  columns.map((one) => `${stepsOf(one).fold(`input.${one.column}`)} AS ${one.column}_folded`);

/** @type {(columns: readonly InputColumn[], table: string) => string[]} */
const words = (columns, table) =>
  columns.map(
    (one) => `${stepsOf(one).words(`${table}.${one.column}_folded`)} AS ${one.column}_words`,
  );

/** Which letters a text has, a bit each; NULL of NULL. @type {(text: string, letters: string) => string} */
const lettersIn = (text, letters) =>
  `IF(${text} IS NULL, NULL, ${[...letters]
    .map((letter, index) => `IF(STRPOS(${text}, '${letter}') > 0, ${2 ** index}, 0)`)
    .join(' + ')})`;

module.exports = { cleansed };
