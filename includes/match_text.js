/**
 * @import { InputColumn } from './match_types'
 */

/**
 * Cleansing before matching: fragments that bring what people write to one form. Each takes SQL of
 * a STRING and gives SQL of a STRING that is NULL where nothing usable is left.
 */

const { countryCode } = require('./country_names');
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
];

/**
 * Lower case, without diacritics; everything but letters and digits is one space.
 *
 * @param {string} text a column, since it stands in the result several times
 */
function folded(text) {
  const plain = `REGEXP_REPLACE(NORMALIZE(LOWER(${text}), NFKD), r'\\pM', '')`;
  const letters = specialLetters.reduce(
    (sql, [from, to]) => `REPLACE(${sql}, '${from}', '${to}')`,
    plain,
  );
  const latin = `IF(BYTE_LENGTH(${text}) = LENGTH(${text}), LOWER(${text}), ${letters})`;
  // Most texts are words already, and to see that costs an eighth.
  return `IF(REGEXP_CONTAINS(LOWER(${text}), r'^[a-z0-9]+(?: [a-z0-9]+)*$'), LOWER(${text}), TRIM(REGEXP_REPLACE(${latin}, r'[^a-z0-9]+', ' ')))`;
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
const name = (words) => `NULLIF(REGEXP_REPLACE(${words}, r'[^a-z]', ''), '')`;

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
 * The digits of a date, year first (19710624), or of its year alone. Day before month where both
 * could be; what can't be read as a date stays as its digits, which can still agree.
 *
 * @param {string} date a column, without a time of the day
 */
function dateDigits(date) {
  const yearFirst = "r'^(\\d{4})\\D(\\d{1,2})\\D(\\d{1,2})$'";
  const yearLast = "r'^(\\d{1,2})\\D(\\d{1,2})\\D(\\d{4})$'";
  /** Year, month and day are these groups. @type {(pattern: string, groups: readonly number[]) => string} */
  const ymd = (pattern, groups) =>
    `CONCAT(${groups
      .map((group) => {
        const digits = `REGEXP_REPLACE(${date}, ${pattern}, r'\\${group}')`;
        return group === groups[0] ? digits : `LPAD(${digits}, 2, '0')`;
      })
      .join(', ')})`;
  return `NULLIF(CASE
    WHEN REGEXP_CONTAINS(${date}, r'^\\d{4}\\D\\d\\d\\D\\d\\d$') THEN CONCAT(SUBSTR(${date}, 1, 4), SUBSTR(${date}, 6, 2), SUBSTR(${date}, 9, 2))
    WHEN REGEXP_CONTAINS(${date}, ${yearFirst}) THEN ${ymd(yearFirst, [1, 2, 3])}
    WHEN REGEXP_CONTAINS(${date}, r'^(?:0?\\d|1[0-2])\\D(?:1[3-9]|2\\d|3[01])\\D\\d{4}$') THEN ${ymd(yearLast, [3, 1, 2])}
    WHEN REGEXP_CONTAINS(${date}, ${yearLast}) THEN ${ymd(yearLast, [3, 2, 1])}
    ELSE REGEXP_REPLACE(${date}, r'\\D', '')
  END, '')`;
}

/**
 * The place of a date's digits among days, in years of twelve times 31 days: near enough to tell
 * how far dates lie apart, and there for dates that no calendar has (19371333).
 *
 * @param {string} digits a column
 */
const dayNumber = (digits) => {
  const date = `SAFE_CAST(IF(LENGTH(${digits}) = 8, ${digits}, NULL) AS INT64)`;
  return `DIV(${date}, 10000) * 372 + MOD(DIV(${date}, 100), 100) * 31 + MOD(${date}, 100)`;
};

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
  date_of_birth: {
    fold: (text) => `REGEXP_REPLACE(${text}, r'[T ]\\d{1,2}:.*$', '')`,
    words: dateDigits,
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
const stepsOf = ({ kind, country }) =>
  country ? phoneSteps(country) : (steps[kind] ?? { fold: folded, words: worded });

/**
 * A code (postcode, house number, tax number) without blanks and signs.
 *
 * @param {string} words
 */
const code = (words) => `REPLACE(${words}, ' ', '')`;

/**
 * A postal address without the words that all streets share, unless there is nothing else.
 *
 * @param {string} words
 */
const address = (words) =>
  // A word goes with one blank beside it, so that nothing is left to trim.
  `COALESCE(NULLIF(REGEXP_REPLACE(${words}, r'^(?:(?:${streetWords}|${streetEndings})\\b ?)+| (?:${streetWords}|${streetEndings})\\b|(?:${streetEndings})\\b', ''), ''), ${words})`;

module.exports = {
  address,
  code,
  dayNumber,
  email,
  emailUser,
  name,
  placeholders,
  stepsOf,
  wholeName,
};
