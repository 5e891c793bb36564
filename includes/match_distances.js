/**
 * Distances of texts, measured only where they may be small: edit distances take most of the time
 * of matching.
 *
 * @import { Distance } from './match_types'
 */

/** More than any level allows. */
const FAR = 99;

/** Letters and digits by which texts are told apart: the common ones, as far as they matter. */
const LETTERS = 'aeiounrstlhdgkmcbfpw';
const DIGITS = '0123456789';

/**
 * A distance that is measured only where the letters of both sides let it be small: each edit
 * brings at most one letter to either side, and to count the letters that the other side lacks
 * takes a tenth of the time.
 *
 * @type {(name: string, letters: string, near: (lacking: string) => string) => Distance}
 */
const measured = (name, letters, near) => ({
  name,
  sql: `IF(l.${name} = r.${name}, 0, IF(${isNear(name, name, near)}, EDIT_DISTANCE(l.${name}, r.${name}), ${FAR}))`,
  letters,
});

/**
 * Neither side has more letters that the other lacks than `near` allows.
 *
 * @type {(left: string, right: string, near: (lacking: string) => string) => string}
 */
const isNear = (left, right, near) =>
  [
    `BIT_COUNT(l.${left}_letters & ~r.${right}_letters)`,
    `BIT_COUNT(r.${right}_letters & ~l.${left}_letters)`,
  ]
    .map(near)
    .join(' AND ');

/** @type {(lacking: string) => string} */
const few = (lacking) => `${lacking} <= 2`;

/** Codes and dates, of which two slips are told apart. @type {(name: string, letters: string) => Distance} */
const codeDistance = (name, letters) => measured(name, letters, few);

/** Texts up to the level "faint", or one letter. @type {(name: string, letters: string) => Distance} */
const textDistance = (name, letters) =>
  measured(
    name,
    letters,
    (lacking) => `${lacking} * 4 <= LENGTH(l.${name}) + LENGTH(r.${name}) + 2`,
  );

/**
 * Of addresses only those whose users lack at most six of each other's letters: domains are alike
 * anyway, long texts take long, and who lacks more has another address.
 *
 * @type {(name: string) => Distance}
 */
const emailDistance = (name) => ({
  ...measured(name, LETTERS + DIGITS, (lacking) => `${lacking} <= 6`),
  letters_of: `COALESCE(${name}_user, ${name})`,
});

/** @type {(kind: string, name: string) => Distance} */
function distanceOf(kind, name) {
  switch (kind) {
    case 'email':
      return emailDistance(name);
    case 'phone':
      return codeDistance(name, DIGITS);
    case 'postcode':
    case 'identifier':
    case 'house_number':
      return codeDistance(name, `${DIGITS}abcdef`);
    case 'city':
      return textDistance(name, LETTERS);
    default:
      return textDistance(name, LETTERS + DIGITS);
  }
}

module.exports = {
  DIGITS,
  FAR,
  LETTERS,
  codeDistance,
  distanceOf,
  few,
  isNear,
  textDistance,
};
