/**
 * Kinds of bad input in an event's texts. Such events stay in their sessions: what can be read of
 * them is read, and data health counts each kind.
 */

const { clickIds } = require('./click_ids');
const { nameColumns } = require('./campaign');
const settings = require('./settings');
const { text } = require('./sql_text');

/** Percent sequences that are UTF-8; a percent sign beside them is none. */
const encoded =
  '(?i)%[0-7][0-9a-f]|%(?:c[2-9a-f]|d[0-9a-f])%[89ab][0-9a-f]|' +
  '%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-4](?:%[89ab][0-9a-f]){3}';

/** What collector and importers put in the place of half surrogate pairs and NUL. */
const replacement = '\ufffd';
const control = '\\x00-\\x1f\\x7f';

/**
 * The kinds that page URL, referrer and title show. One look at all three finds the few events
 * that need a second one.
 *
 * @param {string} table with page_url, page_host, page_referrer, page_title
 * @param {string} parameterIssue SQL of a STRING, from `ofParameters`
 * @returns {string} SQL of a STRING: the kinds, separated by spaces; NULL where there is none
 */
function ofTexts(table, parameterIssue) {
  const url = `${table}.page_url`;
  const all = `CONCAT(COALESCE(${url}, ''), COALESCE(${table}.page_referrer, ''), COALESCE(${table}.page_title, ''))`;
  const isLong = `LENGTH(${url}) > ${settings.long_url_characters}`;
  const kinds = [
    [`${url} IS NOT NULL AND ${table}.page_host IS NULL`, 'no_url'],
    [isLong, 'long_url'],
    [`REGEXP_CONTAINS(${all}, ${text(`[${control}]`)})`, 'control_character'],
    [`STRPOS(${all}, '${replacement}') > 0`, 'replaced_character'],
    [`STRPOS(REGEXP_REPLACE(${url}, ${text(encoded)}, ''), '%') > 0`, 'broken_encoding'],
  ];
  const found = kinds.map(([condition, kind]) => `IF(${condition}, '${kind}', NULL)`);
  const looksOdd = `REGEXP_CONTAINS(${all}, ${text(`[%${control}${replacement}]`)})`;
  return `IF(
      ${looksOdd} OR ${isLong} OR ${parameterIssue} IS NOT NULL
        OR (${url} IS NOT NULL AND ${table}.page_host IS NULL),
      NULLIF(ARRAY_TO_STRING([${[...found, parameterIssue].join(', ')}], ' '), ''),
      NULL
    )`;
}

/**
 * Whether a campaign parameter or click id stands in the URL twice, and with two values. The first
 * one counts.
 *
 * @param {string} pageUrl SQL
 * @returns {string} SQL of a STRING: repeated_parameter, contradictory_parameter or NULL
 */
function ofParameters(pageUrl) {
  const names = [
    ...nameColumns.filter((name) => name.startsWith('utm_')),
    ...clickIds.map(({ type }) => type),
  ].join('|');
  const found = (/** @type {string} */ pattern) =>
    `REGEXP_EXTRACT_ALL(LOWER(${pageUrl}), ${text(`[?&#](?:amp;)*((?:${names.toLowerCase()})=${pattern})`)})`;
  const distinct = (/** @type {string} */ values) =>
    `(SELECT COUNT(DISTINCT found) FROM UNNEST(${values}) AS found)`;
  return `CASE
      WHEN ${distinct(found('[^&#]*'))} > ${distinct(found(''))} THEN 'contradictory_parameter'
      WHEN ARRAY_LENGTH(${found('')}) > ${distinct(found(''))} THEN 'repeated_parameter'
    END`;
}

module.exports = { ofTexts, ofParameters };
