/**
 * Reading URLs in SQL. Nothing here throws on any input: what can't be read is NULL.
 */

const { text } = require('./sql_text');

/**
 * The host in lower case, without user, port and final dot; the package of an android-app:// or ios-app://
 * referrer. In two steps, so that the pattern over the long text has no choices to go back to.
 *
 * @param {string} url SQL of a URL
 * @returns {string} SQL of a STRING
 */
function host(url) {
  const authority = `REGEXP_EXTRACT(${url}, r'^[A-Za-z][A-Za-z0-9+.-]*://([^/?#\\\\]+)')`;
  return `NULLIF(LOWER(REGEXP_REPLACE(${authority}, r'^.*@|\\.*(?::[0-9]*)?$', '')), '')`;
}

/**
 * The host of a referrer: that of its URL, or, where it is told without a scheme, that which it
 * begins with ('www.google.com/search', '//www.google.com/'). A file's name is no host.
 *
 * @param {string} url SQL of a URL
 * @returns {string} SQL of a STRING
 */
function referrerHost(url) {
  const bare = `LOWER(REGEXP_EXTRACT(${url}, r'^(?://)?((?:[0-9A-Za-z_-]+\\.)+[A-Za-z]{2,})(?::[0-9]+)?(?:[/?#]|$)'))`;
  return `COALESCE(${host(url)}, IF(REGEXP_CONTAINS(${bare}, r'\\.(?:html?|php|aspx?|jsp|cgi)$'), NULL, ${bare}))`;
}

/**
 * The path, '/' where the URL ends with its host.
 *
 * @param {string} url SQL of a URL
 * @param {string} pageHost SQL of its host
 * @returns {string} SQL of a STRING
 */
function path(url, pageHost) {
  return `COALESCE(REGEXP_EXTRACT(${url}, r'^[A-Za-z][A-Za-z0-9+.-]*://[^/?#\\\\]+(/[^?#]*)'), IF(${pageHost} IS NULL, NULL, '/'))`;
}

/**
 * The value of a parameter as it stands in the URL, not decoded: the first one if it is repeated,
 * whatever the case of its key, in the query or else in the fragment, with `&amp;` read as `&`.
 *
 * @param {string} url SQL of a URL
 * @param {readonly string[]} names of parameters, the preferred one first
 * @param {string} [lower] SQL of the URL in lower case: where most URLs don't hold the name at all,
 *   a search tells so at a fraction of a pattern's cost
 * @returns {string} SQL of a STRING; '' for a parameter without value
 */
function rawParameter(url, names, lower) {
  const extracts = names.map((name) => {
    const value = `REGEXP_EXTRACT(${url}, ${text(parameterPattern(name))})`;
    return lower === undefined ? value : `IF(${mentions(lower, name)}, ${value}, NULL)`;
  });
  if (extracts.length === 0) return 'CAST(NULL AS STRING)';
  return extracts.length === 1 ? `${extracts[0]}` : `COALESCE(${extracts.join(', ')})`;
}

/**
 * Whether a URL holds a parameter's name and '=' anywhere. Engines search for a pattern without
 * choices as for a text, which STRPOS has to count characters for.
 *
 * @param {string} lower SQL of the URL in lower case
 * @param {string} name
 * @returns {string} SQL of a BOOL
 */
const mentions = (lower, name) =>
  `REGEXP_CONTAINS(${lower}, ${text(`${escapeName(name.toLowerCase())}=`)})`;

/** @param {string} name */
const escapeName = (name) => name.replace(/[.[\]]/g, '\\$&');

/** @param {readonly string[]} names of parameters @returns {string} a regular expression of any of them */
const anyName = (names) => [...new Set(names)].map(escapeName).join('|');

/** @param {string} name */
const parameterPattern = (name) => `(?i)[?&#](?:amp;)*${escapeName(name)}=([^&#]*)`;

/**
 * Whether one of the parameters stands in the URL: a cheap test before reading them.
 *
 * @param {string} url SQL of a URL
 * @param {readonly string[]} names
 * @returns {string} SQL of a BOOL
 */
function hasParameter(url, names) {
  return `(STRPOS(${url}, '=') > 0 AND REGEXP_CONTAINS(${url}, ${text(`(?i)[?&#](?:amp;)*(?:${anyName(names)})=`)}))`;
}

/** What stands for a hexadecimal digit in the hexadecimal of a text: '34' for 4, '61' for a. */
const hexDigits = /** @type {[string, string][]} */ ([
  ['3([0-9])', '\\1'],
  ...[...'abcdef'].map((digit, index) => [`[46]${index + 1}`, digit]),
]);

/**
 * Plus and percent decoding. Bytes that are no UTF-8 become U+FFFD, a lonely percent sign stays.
 * The text is turned into hexadecimal, each byte followed by a space; there '25 34 31 ' (%41)
 * becomes '41 ' in two steps, one a digit; and the whole is read as UTF-8 once: a letter of
 * several bytes stays one. Without a subquery, which would cost a join.
 *
 * @param {string} value SQL of a STRING
 * @returns {string} SQL of a STRING
 */
function decode(value) {
  let hex = `REGEXP_REPLACE(TO_HEX(CAST(REPLACE(${value}, '+', ' ') AS BYTES)), '(..)', r'\\1 ')`;
  for (const [pattern, digit] of hexDigits) {
    const next = pattern.includes('(') ? 2 : 1;
    hex = `REGEXP_REPLACE(${hex}, '25 ${pattern} ((?:3[0-9]|[46][1-6]) )', r'%${digit}\\${next}')`;
  }
  for (const [pattern, digit] of hexDigits) {
    const second = digit.replace('1', '2');
    hex = `REGEXP_REPLACE(${hex}, '%([0-9a-f])${pattern} ', r'\\1${second} ')`;
  }
  return `IF(COALESCE(STRPOS(${value}, '%'), 0) = 0, REPLACE(${value}, '+', ' '), SAFE_CONVERT_BYTES_TO_STRING(FROM_HEX(REPLACE(${hex}, ' ', ''))))`;
}

/**
 * A name, or NULL for what stands for none: empty, blanks (TRIM knows more of them than \s), '(not
 * set)', 'null', a macro that the ad system left undecoded ({{campaign.name}}, {keyword},
 * __CAMPAIGN_NAME__).
 *
 * @param {string} value SQL of a STRING
 * @returns {string} SQL of a STRING
 */
function nameOrNull(value) {
  return `CASE
      WHEN REGEXP_CONTAINS(${value}, ${text(plainName)})
        AND NOT REGEXP_CONTAINS(${value}, r'(?i)^(?:null|undefined|nan)$') THEN ${value}
      WHEN NOT REGEXP_CONTAINS(${value}, ${text(noName)}) THEN NULLIF(TRIM(${value}), '')
    END`;
}

/** Most names: they need no second look. ASCII from a letter or digit on, without a space at the end. */
const plainName = '^[0-9A-Za-z](?:[ -~]*[!-~])?$';

const noName =
  '(?i)^\\s*(?:\\(not set\\)|\\(not provided\\)|null|undefined|nan|' +
  '(?:\\{\\{[^{}]*\\}\\}|\\$?\\{[^{}]*\\}|%%[^%]*%%|__[A-Z0-9_]+__|\\[\\[?[A-Z0-9_]+\\]?\\]|[\\s|_-])*)\\s*$';

module.exports = {
  host,
  referrerHost,
  path,
  rawParameter,
  mentions,
  anyName,
  hasParameter,
  decode,
  nameOrNull,
};
