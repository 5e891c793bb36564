/**
 * Whether a record says enough of who it is. What is missing weighs nothing, so a record with one value
 * would be everybody's who shares that value.
 *
 * @import { InputColumn, Kind } from './match_types'
 */

/** Each alone points to a person. @type {ReadonlySet<Kind>} */
const proofs = new Set(['identifier', 'email', 'phone']);
/** @type {(column: InputColumn) => boolean} */
const isProof = ({ kind }) => proofs.has(kind);
/** Of so few different values that they point to nobody. @type {ReadonlySet<Kind>} */
const shared = new Set(['category', 'country']);
/** Say together where somebody lives: one thing, and that of a household. @type {ReadonlySet<Kind>} */
const places = new Set(['address', 'house_number', 'postcode', 'city']);
/** @type {(column: InputColumn) => boolean} */
const isPlace = ({ kind }) => places.has(kind);
/** With both names, each of them makes one person. @type {ReadonlySet<Kind>} */
const beside = new Set([...proofs, 'date_of_birth', 'address']);

/**
 * @param {readonly InputColumn[]} columns
 * @param {{ given: boolean, surname: boolean }} has
 * @returns {string} SQL over a record, BOOL: whether it has a proof or two values (a place counts as one), or
 *   one where the table has no other
 */
function saysEnough(columns, has) {
  const found = othersOf(columns);
  /** @type {(isOf: (kind: Kind) => boolean) => string[]} */
  const of = (isOf) => found.filter(({ kind }) => isOf(kind)).map(({ column }) => column);
  const place = found.filter(isPlace).map(({ column }) => column);
  const values = [
    ...namesOf(has),
    ...of((kind) => !shared.has(kind) && !places.has(kind)),
    ...(place.length > 0 ? [`COALESCE(${place.join(', ')})`] : []),
  ];
  if (values.length === 0) return 'TRUE';
  const proven = of((kind) => proofs.has(kind)).map(isThere);
  const count = values.map((value) => `IF(${value} IS NULL, 0, 1)`).join(' + ');
  return [`${count} >= ${Math.min(2, values.length)}`, ...proven].join(' OR ');
}

/**
 * @param {readonly InputColumn[]} columns
 * @param {{ given: boolean, surname: boolean }} has
 * @returns {string} SQL over a record, BOOL: whether its copies are its person's, with nothing to compare
 *   them with: both names, and one thing more that only few of that name share
 */
function namesPerson(columns, has) {
  const more = othersOf(columns)
    .filter(({ kind }) => beside.has(kind))
    .map(({ column }) => isThere(column));
  if (!has.given || !has.surname || more.length === 0) return 'FALSE';
  return `given_name IS NOT NULL AND surname IS NOT NULL AND (${more.join(' OR ')})`;
}

/** @type {(has: { given: boolean, surname: boolean }) => string[]} */
const namesOf = ({ given, surname }) => [
  ...(given ? ['given_name'] : []),
  ...(surname ? ['surname'] : []),
];

/** All but names, which several columns make together. @type {(columns: readonly InputColumn[]) => InputColumn[]} */
const othersOf = (columns) =>
  columns.filter(({ kind }) => kind !== 'given_name' && kind !== 'surname' && kind !== 'full_name');

/** @type {(name: string) => string} */
const isThere = (name) => `${name} IS NOT NULL`;

module.exports = { isPlace, isProof, namesOf, namesPerson, saysEnough };
