/** Text of SQL from values of JavaScript. */

/**
 * A string literal. Raw, triple-quoted, so that patterns stand as they are.
 *
 * @param {string} value
 * @returns {string}
 * @throws {Error} where the value would end the literal
 */
function text(value) {
  if (value.includes("'''") || value.endsWith("'") || value.endsWith('\\'))
    throw new Error(`This text can't stand in SQL: ${value.slice(0, 80)}`);
  return value.includes("'") || value.includes('\n') ? `r'''${value}'''` : `r'${value}'`;
}

/**
 * A list for IN (...); never empty, since IN () is an error.
 *
 * @param {readonly string[]} values
 * @returns {string}
 */
function list(values) {
  return `(${(values.length > 0 ? values : ['']).map(text).join(', ')})`;
}

/**
 * The value as a pattern that matches just itself.
 *
 * @param {string} value
 * @returns {string}
 */
function escapePattern(value) {
  return value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/**
 * A condition: the host is one of the domains or lies below one.
 *
 * @param {string} host SQL of a host in lower case
 * @param {readonly string[]} domains
 * @returns {string}
 */
function isBelow(host, domains) {
  if (domains.length === 0) return 'FALSE';
  const pattern = `(?:^|\\.)(?:${domains.map((domain) => escapePattern(domain.toLowerCase())).join('|')})$`;
  return `REGEXP_CONTAINS(${host}, ${text(pattern)})`;
}

/** @param {string} self @param {string} suffix @returns {string} a table beside the model's own */
const beside = (self, suffix) => self.replace(/`?$/, (end) => `__${suffix}${end}`);

/**
 * Sixty bits of a hash: 8 bytes where a text has many, for columns that are read of all days. Of ten million
 * texts two share one with a chance of 1 in 20,000.
 *
 * @param {string} value SQL of a STRING @returns {string} SQL of an INT64
 */
const hashKey = (value) => `CAST(CONCAT('0x', SUBSTR(TO_HEX(MD5(${value})), 1, 15)) AS INT64)`;

module.exports = {
  beside,
  hashKey,
  text,
  list,
  escapePattern,
  isBelow,
};
