/**
 * What each platform hashes: its own normal form of an address, a number, a name. They differ, so a
 * hash made for one finds nobody at another; `email_sha256` and `phone_sha256` of raw tables are the
 * tracker's. Sources: Google, "Normalize and hash user-provided data" (Google Ads API,
 * upload-online); Meta, "Customer information parameters" (Conversions API); read 2026-11-22.
 *
 * | | tracker | google_ads | meta |
 * |---|---|---|---|
 * | e-mail | lower case | the same; Gmail without dots and +note | lower case |
 * | phone | +E.164 | +E.164 | digits of E.164 alone |
 * | names | | lower case, one blank between words; surnames without punctuation | without blanks and punctuation |
 * | postcode | | as it is, not hashed | lower case without blanks and dashes; US: five digits |
 * | city | | as it is, not hashed | letters alone |
 * | country | | as it is, not hashed | two letters, lower case |
 */
const { validEmail } = require('./mailboxes');
const { e164 } = require('./phone_numbers');

/** @typedef {'tracker' | 'google_ads' | 'meta'} Platform */

/** SHA-256 in hexadecimal; NULL of NULL. @param {string} form @returns {string} SQL, STRING */
const hashed = (form) => `TO_HEX(SHA256(${form}))`;

/** @param {Platform} platform @param {string} text as written @returns {string} SQL, STRING */
function emailForm(platform, text) {
  const email = validEmail(text);
  if (platform !== 'google_ads') return email;
  const user = `REGEXP_REPLACE(REGEXP_EXTRACT(${email}, r'^([^@]+)@'), r'\\+.*$|\\.', '')`;
  return `IF(REGEXP_CONTAINS(${email}, r'@(?:gmail|googlemail)\\.com$'),
    CONCAT(${user}, REGEXP_EXTRACT(${email}, r'@.*$')), ${email})`;
}

/**
 * @param {Platform} platform
 * @param {string} number as written
 * @param {string} country SQL of its ISO code
 * @returns {string} SQL, STRING
 */
function phoneForm(platform, number, country) {
  const phone = e164(number, country);
  return platform === 'meta' ? `SUBSTR(${phone}, 2)` : phone;
}

/** Letters of any script and digits. */
const signs = "r'[^\\pL\\pM\\pN]'";

/** @type {(platform: 'google_ads' | 'meta', part: 'given_name' | 'surname', text: string) => string} */
function nameForm(platform, part, text) {
  const lower = `LOWER(NORMALIZE(TRIM(${text}), NFC))`;
  if (platform === 'meta') return `NULLIF(REGEXP_REPLACE(${lower}, ${signs}, ''), '')`;
  const spaced = `REGEXP_REPLACE(${lower}, r'\\s+', ' ')`;
  if (part === 'given_name') return `NULLIF(${spaced}, '')`;
  return `NULLIF(REGEXP_REPLACE(${spaced}, r'[^\\pL\\pM\\pN ]', ''), '')`;
}

/** Meta's form of a city. @param {string} text @returns {string} SQL, STRING */
const cityForm = (text) =>
  `NULLIF(REGEXP_REPLACE(LOWER(NORMALIZE(${text}, NFC)), r'[^\\pL\\pM]', ''), '')`;

/**
 * Meta's form of a postcode.
 *
 * @param {string} text as written
 * @param {string} country SQL of its ISO code
 * @returns {string} SQL, STRING
 */
function postcodeForm(text, country) {
  const plain = `LOWER(REGEXP_REPLACE(${text}, r'[\\s-]', ''))`;
  return `NULLIF(IF(UPPER(${country}) = 'US', SUBSTR(${plain}, 1, 5), ${plain}), '')`;
}

module.exports = { cityForm, emailForm, hashed, nameForm, phoneForm, postcodeForm };
