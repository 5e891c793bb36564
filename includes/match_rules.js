/**
 * Blocking: which records are compared at all. The default rules follow from the kinds of columns,
 * the strictest first; how many of them a table can afford is decided by counting their pairs.
 *
 * @import { BlockingRule, InputColumn, Kind } from './match_types'
 */

/** A key of a rule, and the comparison it decides. @typedef {{ sql: string, comparison: string }} Key */

/**
 * @param {readonly InputColumn[]} columns
 * @param {{ given: boolean, surname: boolean }} has
 * @returns {BlockingRule[]} from strict to loose
 */
function defaultRules(columns, has) {
  /** @type {(kind: Kind) => Key[]} */
  const of = (kind) =>
    columns
      .filter((column) => column.kind === kind)
      .map(({ column, country }) => ({
        sql: `record.${column}${country ? '_ending' : ''}`,
        comparison: column,
      }));
  /** @type {(key: Key, from: number, length: number) => Key} */
  const cut = ({ sql, comparison }, from, length) => ({
    sql: `SUBSTR(${sql}, ${from}, ${length})`,
    comparison,
  });
  const given = has.given ? [{ sql: 'record.given_name', comparison: 'given_name' }] : [];
  const surname = has.surname ? [{ sql: 'record.surname', comparison: 'surname' }] : [];
  const names = [...surname, ...given];
  const births = of('date_of_birth');
  const years = births.map((key) => cut(key, 1, 4));
  const anniversaries = births.map((key) => cut(key, 5, 4));
  const users = of('email').map(({ sql, comparison }) => ({ sql: `${sql}_user`, comparison }));
  const [postcodes, houses, addresses] = [of('postcode'), of('house_number'), of('address')];
  const [cities, categories, texts] = [of('city'), of('category'), of('text')];
  const bothNames =
    given.length > 0 && surname.length > 0
      ? [
          {
            // In either order.
            sql: `CONCAT(LEAST(record.given_name, record.surname), '|', GREATEST(record.given_name, record.surname))`,
            comparison: 'given_name',
          },
        ]
      : [];

  const proofs = [...of('identifier'), ...of('email'), ...of('phone')];
  return [
    ...alone(proofs),
    ...alone(users),
    ...bothNames.map((key) => rule([key], ['given_name', 'surname'])),
    ...alone(births),
    ...pairsOf(names, postcodes),
    ...pairsOf(
      births,
      names.map((key) => cut(key, 1, 1)),
    ).map((found) => ({
      ...found,
      unless: births[0]?.comparison ?? '',
    })),
    ...pairsOf(addresses, houses),
    ...pairsOf(postcodes, houses),
    ...pairsOf(names, cities),
    ...pairsOf(names, years),
    ...pairsOf(names, anniversaries),
    ...pairsOf(postcodes, [...years, ...anniversaries]),
    ...pairsOf(
      given.map((key) => cut(key, 1, 3)),
      surname.map((key) => cut(key, 1, 3)),
    ),
    ...pairsOf(
      births.map((key) => cut(key, 1, 6)),
      cities,
    ),
    ...pairsOf(anniversaries, cities),
    ...pairsOf(addresses, cities),
    ...pairsOf(names, categories),
    ...pairsOf(names, addresses),
    ...alone(addresses),
    ...alone(postcodes),
    ...pairsOf(years, cities),
    ...alone(surname),
    ...alone(given),
    ...alone(texts),
    ...pairsOf(years, categories),
    ...alone(cities),
  ];
}

/** @type {(keys: readonly Key[], comparisons: string[]) => BlockingRule} */
const rule = (keys, comparisons) => ({
  name: [...new Set([...comparisons])].join(' + '),
  keys: keys.map(({ sql }) => sql),
  comparisons,
});

/** @type {(keys: readonly Key[]) => BlockingRule[]} */
const alone = (keys) => keys.map((key) => named([key]));

/** @type {(first: readonly Key[], second: readonly Key[]) => BlockingRule[]} */
const pairsOf = (first, second) =>
  first.flatMap((one) => second.map((other) => named([one, other])));

/** A rule with a name that tells apart what is cut from a column. @type {(keys: readonly Key[]) => BlockingRule} */
const named = (keys) => ({
  ...rule(
    keys,
    keys.map(({ comparison }) => comparison),
  ),
  name: keys.map(keyName).join(' + '),
});

/** @type {(key: Key) => string} */
function keyName({ sql }) {
  const [, column = '', from, length] =
    /^(?:SUBSTR\()?record\.(\w+)(?:, (\d+), (\d+)\))?$/.exec(sql) ?? [];
  if (from === undefined) return column || sql;
  return from === '1'
    ? `${column}:${length}`
    : `${column}:${from}-${Number(from) + Number(length) - 1}`;
}

module.exports = { defaultRules };
