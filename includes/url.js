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
 * @returns {string} SQL of a STRING; '' for a parameter without value
 */
function rawParameter(url, names) {
  const extracts = names.map((name) => `REGEXP_EXTRACT(${url}, ${text(parameterPattern(name))})`);
  if (extracts.length === 0) return 'CAST(NULL AS STRING)';
  return extracts.length === 1 ? `${extracts[0]}` : `COALESCE(${extracts.join(', ')})`;
}

/** @param {string} name */
function parameterPattern(name) {
  return `(?i)[?&#](?:amp;)*${name.replace(/[.[\]]/g, '\\$&')}=([^&#]*)`;
}

/**
 * Whether one of the parameters stands in the URL: a cheap test before reading them.
 *
 * @param {string} url SQL of a URL
 * @param {readonly string[]} names
 * @returns {string} SQL of a BOOL
 */
function hasParameter(url, names) {
  const any = [...new Set(names)].map((name) => name.replace(/[.[\]]/g, '\\$&')).join('|');
  return `(STRPOS(${url}, '=') > 0 AND REGEXP_CONTAINS(${url}, ${text(`(?i)[?&#](?:amp;)*(?:${any})=`)}))`;
}

/**
 * Plus and percent decoding. Bytes that are no UTF-8 become U+FFFD, a lonely percent sign stays.
 * Each percent sequence is taken as the hexadecimal it is, everything between is turned into
 * hexadecimal, and the whole is read as UTF-8 once: a letter of several bytes stays one.
 *
 * @param {string} value SQL of a STRING
 * @returns {string} SQL of a STRING
 */
function decode(value) {
  return `IF(COALESCE(STRPOS(${value}, '%'), 0) = 0, REPLACE(${value}, '+', ' '), SAFE_CONVERT_BYTES_TO_STRING(FROM_HEX(ARRAY_TO_STRING(ARRAY(
      SELECT IF(REGEXP_CONTAINS(part, r'^%[0-9A-Fa-f]{2}$'), SUBSTR(part, 2), TO_HEX(CAST(part AS BYTES)))
      FROM UNNEST(REGEXP_EXTRACT_ALL(REPLACE(${value}, '+', ' '), r'%[0-9A-Fa-f]{2}|[^%]+|%')) AS part WITH OFFSET AS part_number ORDER BY part_number), ''))))`;
}

/**
 * Decoding of a value without percent signs.
 *
 * @param {string} value SQL of a STRING
 * @returns {string} SQL of a STRING
 */
function decodePlus(value) {
  return `REPLACE(${value}, '+', ' ')`;
}

/**
 * A name, or NULL for what stands for none: empty, '(not set)', 'null', a macro that the ad
 * system left undecoded ({{campaign.name}}, {keyword}, __CAMPAIGN_NAME__).
 *
 * @param {string} value SQL of a STRING
 * @returns {string} SQL of a STRING
 */
function nameOrNull(value) {
  return `IF(REGEXP_CONTAINS(${value}, ${text(noName)}), NULL, TRIM(${value}))`;
}

const noName =
  '(?i)^\\s*(?:\\(not set\\)|\\(not provided\\)|null|undefined|nan|' +
  '(?:\\{\\{[^{}]*\\}\\}|\\$?\\{[^{}]*\\}|%%[^%]*%%|__[A-Z0-9_]+__|\\[\\[?[A-Z0-9_]+\\]?\\]|[\\s|_-])*)\\s*$';

module.exports = { host, path, rawParameter, hasParameter, decode, decodePlus, nameOrNull };
