/**
 * @import { InputColumn } from './match_types'
 */

/**
 * Cleansing before matching: fragments that bring what people write to one form. Each takes SQL of
 * a STRING and gives SQL of a STRING that is NULL where nothing usable is left.
 */

const { countryCode } = require('./country_names');
const { dateDigits, dateParts } = require('./match_dates');
const { mailbox } = require('./mailboxes');
const { dialled, e164OfDialled } = require('./phone_numbers');
const { list } = require('./sql_text');
const { streetEndings, streetWords } = require('./street_words');

/** What people and forms write where they have nothing to say; compared after `fold`. */
const placeholders = [
  'n a',
  'na',
  'nan',
  'nil',
  'none',
  'null',
  'test',
  'unbekannt',
  'unknown',
  'undefined',
  'x',
  'xx',
  'xxx',
];

/** Local parts of addresses that belong to nobody. */
const placeholderMailboxes = [
  'anonymous',
  'devnull',
  'do-not-reply',
  'donotreply',
  'dummy',
  'email',
  'example',
  'fake',
  'nobody',
  'noemail',
  'nomail',
  'none',
  'noreply',
  'no-reply',
  'no_reply',
  'test',
  'unknown',
];

/** Letters that no normal form takes apart. @type {readonly (readonly [string, string])[]} */
const specialLetters = [
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
  ['ς', 'σ'],
];

/**
 * Accents, and the points that Hebrew and Arabic may be written without. Other marks are vowels of
 * their letters (Hindi, Thai) and stay.
 */
const ACCENTS = '\\x{0300}-\\x{036f}\\x{0591}-\\x{05c7}\\x{0640}\\x{064b}-\\x{065f}\\x{0670}';

/**
 * Lower case, without diacritics; everything but letters and digits, of whatever script, is one space.
 *
 * @param {string} text a column, since it stands in the result several times
 */
function folded(text) {
  const plain = `REGEXP_REPLACE(NORMALIZE(LOWER(${text}), NFKD), r'[${ACCENTS}]', '')`;
  const letters = specialLetters.reduce(
    (sql, [from, to]) => `REPLACE(${sql}, '${from}', '${to}')`,
    plain,
  );
  const unmarked = `IF(BYTE_LENGTH(${text}) = LENGTH(${text}), LOWER(${text}), ${letters})`;
  // Most texts are words already, and to see that costs an eighth.
  return `IF(REGEXP_CONTAINS(LOWER(${text}), r'^[a-z0-9]+(?: [a-z0-9]+)*$'), LOWER(${text}), TRIM(REGEXP_REPLACE(${unmarked}, r'[^\\pL\\pM\\pN]+', ' ')))`;
}

/**
 * Folded text that says something; NULL for nothing and for placeholders.
 *
 * @param {string} fold a column
 */
const worded = (fold) => `IF(${fold} IN ${list(['', ...placeholders])}, NULL, ${fold})`;

/**
 * A name as one run of letters, so that "de la Cruz" is "Delacruz" too.
 *
 * @param {string} words
 */
const name = (words) => `NULLIF(REGEXP_REPLACE(${words}, r'[\\pN ]', ''), '')`;

const titles =
  'mr|mrs|ms|miss|mx|dr|prof|professor|sir|lady|lord|dame|rev|hon|herr|frau|mme|mlle|don|dona|the';
const suffixes = 'jr|sr|junior|senior|ii|iii|iv|md|phd|esq';

/**
 * Words of a whole name without titles; "Clifford, Sir Thomas" is "sir thomas clifford" before.
 *
 * @param {string} text as written
 * @param {string} words its words
 */
function wholeName(text, words) {
  const isTurned = `REGEXP_CONTAINS(${text}, r'^[^,\\s]+,\\s*[^,]+$')`;
  const ordered = `IF(${isTurned}, REGEXP_REPLACE(${words}, r'^(\\S+) (.+)$', r'\\2 \\1'), ${words})`;
  return `NULLIF(REGEXP_REPLACE(${ordered}, r'^(?:(?:${titles}) )+|(?: (?:${suffixes}))+$', ''), '')`;
}

/**
 * An address as its provider reads it (mailboxes.js). A placeholder (noreply@...) is NULL; what lacks
 * its @ stays, since a slip can eat one.
 *
 * @param {string} address in lower case
 * @param {string} user what stands before its @
 */
function email(address, user) {
  const domain = `SUBSTR(${address}, LENGTH(${user}) + 1)`;
  return `CASE
    WHEN ${user} IN ${list(placeholderMailboxes)} OR LENGTH(${address}) < 3 THEN NULL
    WHEN ${domain} IN ('@example.com', '@example.net', '@example.org') THEN NULL
    ELSE ${mailbox(address, user)}
  END`;
}

/**
 * What stands before the @ of an address that has one, and is no placeholder.
 *
 * @param {string} address
 * @param {string} user
 */
const emailUser = (address, user) =>
  `IF(${user} = '' OR ${user} = ${address} OR ${user} IN ${list(placeholderMailboxes)}, NULL, ${user})`;

/**
 * The last nine digits of a number: prefixes of country and trunk are written in many ways.
 *
 * @param {string} digits a column
 */
function phone(digits) {
  return `IF(LENGTH(${digits}) < 5 OR REGEXP_CONTAINS(${digits}, r'^(?:0+|1+|9+|0*123456789?0?)$'), NULL, RIGHT(${digits}, 9))`;
}

/**
 * The two steps before the features, by kind: `<column>_folded` from the column as written, then
 * `<column>_words` from that. Each is a column by then, so that its text runs once.
 *
 * @typedef {{ fold: (text: string) => string, words: (fold: string) => string }} Steps
 * @type {Readonly<Record<string, Steps>>}
 */
const steps = {
  email: {
    fold: (text) =>
      `IF(REGEXP_CONTAINS(${text}, r'[^a-z0-9.@_+-]'), REGEXP_REPLACE(LOWER(${text}), r'^\\s*mailto:|[\\s<>"]', ''), ${text})`,
    words: (fold) =>
      `IF(STRPOS(${fold}, '@') > 0, LEFT(${fold}, STRPOS(${fold}, '@') - 1), ${fold})`,
  },
  phone: {
    fold: (text) => `REGEXP_REPLACE(${text}, r'\\D', '')`,
    words: (fold) => phone(fold),
  },
  country: {
    fold: folded,
    words: (fold) => `IF(${worded(fold)} IS NULL, NULL, ${countryCode(fold)})`,
  },
};

/**
 * Phones by country: in E.164 where that can be told, else their last digits.
 *
 * @type {(country: NonNullable<InputColumn['country']>) => Steps}
 */
const phoneSteps = ({ column, default: fallback = '' }) => ({
  fold: dialled,
  words: (fold) => {
    const country = column
      ? `COALESCE(${fold.replace(/\w+$/, `${column}_words`)}, '${fallback}')`
      : `'${fallback}'`;
    return `COALESCE(${e164OfDialled(fold, country)}, ${phone(`REGEXP_REPLACE(${fold}, r'\\D', '')`)})`;
  },
});

/** @type {(column: InputColumn) => Steps} */
function stepsOf({ kind, country, date_order, pivot_year }) {
  if (country) return phoneSteps(country);
  if (kind === 'date_of_birth') {
    return { fold: dateParts, words: (fold) => dateDigits(fold, date_order, pivot_year) };
  }
  return steps[kind] ?? { fold: folded, words: worded };
}

/**
 * A code (postcode, house number, tax number) without blanks and signs.
 *
 * @param {string} words
 */
const code = (words) => `REPLACE(${words}, ' ', '')`;

/**
 * A postal address without the words that all streets share, unless there is nothing else; a house's
 * number that stands first stands last, as in half of the world.
 *
 * @param {string} words
 */
const address = (words) =>
  // A word goes with one blank beside it, so that nothing is left to trim.
  `REGEXP_REPLACE(COALESCE(NULLIF(REGEXP_REPLACE(${words}, r'^(?:(?:${streetWords}|${streetEndings})\\b ?)+| (?:${streetWords}|${streetEndings})\\b|(?:${streetEndings})\\b', ''), ''), ${words}), r'^(\\d+[a-z]?) (\\PN+)$', r'\\2 \\1')`;

module.exports = {
  address,
  code,
  email,
  emailUser,
  name,
  placeholders,
  stepsOf,
  wholeName,
};
