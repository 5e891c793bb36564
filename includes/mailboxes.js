/**
 * Which addresses reach one mailbox, by the rules of the providers that say so.
 */
const { list } = require('./sql_text');

/**
 * `domains` are one: whoever has a name at one of them has it at all; the first stands for them.
 * `ignored` are signs of the name that the provider passes over.
 *
 * @typedef {{ domains: readonly string[], ignored?: string }} Provider
 */

/** @type {readonly Provider[]} */
const providers = [
  { domains: ['gmail.com', 'googlemail.com'], ignored: '.' },
  { domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'], ignored: '.-_' },
  { domains: ['icloud.com', 'me.com', 'mac.com'] },
  { domains: ['yandex.ru', 'yandex.com', 'ya.ru', 'yandex.by', 'yandex.kz'] },
  { domains: ['fastmail.com', 'fastmail.fm'] },
];

/** Addresses that are written as one: RFC 5322 without quotes and comments, and a known kind of domain. */
const VALID =
  "r'^[a-z0-9!#$%&\\'*+/=?^_`{|}~-]+(?:\\.[a-z0-9!#$%&\\'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$'";

/**
 * The mailbox of an address: in its provider's main domain, without signs that it ignores, and
 * without a note behind a plus, which is a tag with nearly everybody (Gmail, Outlook, iCloud,
 * Proton, Fastmail; RFC 5233).
 *
 * @param {string} address in lower case
 * @param {string} user what stands before its @
 * @returns {string} SQL, STRING; an address without @ stays
 */
function mailbox(address, user) {
  const untagged = `REGEXP_REPLACE(${user}, r'^([^+]+)\\+.*$', r'\\1')`;
  const domain = `SUBSTR(${address}, LENGTH(${user}) + 1)`;
  const known = providers.map(({ domains, ignored = '' }) => {
    const name = [...ignored].reduce((sql, sign) => `REPLACE(${sql}, '${sign}', '')`, untagged);
    return `WHEN ${domain} IN ${list(domains.map((it) => `@${it}`))} THEN CONCAT(${name}, '@${domains[0]}')`;
  });
  // Most addresses are at none of them: one look says so.
  const all = list(providers.flatMap(({ domains }) => domains.map((it) => `@${it}`)));
  return `IF(${domain} IN ${all} OR STRPOS(${user}, '+') > 1, CASE
    ${known.join('\n    ')}
    ELSE CONCAT(${untagged}, ${domain})
  END, ${address})`;
}

/**
 * An address in lower case, as far as it can be one; NULL else. What hashes are made from.
 *
 * @param {string} text as written
 * @returns {string} SQL, STRING
 */
function validEmail(text) {
  const plain = `LOWER(REGEXP_REPLACE(${text}, r'(?i)^\\s*(?:mailto:)?\\s*<?|>?\\s*$', ''))`;
  return `IF(LENGTH(${plain}) <= 254 AND REGEXP_CONTAINS(${plain}, ${VALID}), ${plain}, NULL)`;
}

module.exports = { mailbox, providers, validEmail };
