/**
 * Kinds of bad input in an event's texts. Such events stay in their sessions: what can be read of
 * them is read, and data health counts each kind.
 */

const { clickIds } = require('./click_ids');
const { nameColumns } = require('./campaign');
const settings = require('./settings');
const { text } = require('./sql_text');

/** Percent sequences that are UTF-8, which has no surrogates and one way to write a letter; a percent
 * sign beside them is none. */
const encoded =
  '(?i)%[0-7][0-9a-f]|%(?:c[2-9a-f]|d[0-9a-f])%[89ab][0-9a-f]|' +
  '%(?:e0%[ab][0-9a-f]|e[1-9abcef]%[89ab][0-9a-f]|ed%[89][0-9a-f])%[89ab][0-9a-f]|' +
  '%(?:f0%[9ab][0-9a-f]|f[1-3]%[89ab][0-9a-f]|f4%8[0-9a-f])(?:%[89ab][0-9a-f]){2}';

/** What collector and importers put in the place of half surrogate pairs and NUL. */
const replacement = '\ufffd';
const control = '\\x00-\\x1f\\x7f';

/**
 * Whether a text needs a second look: few do.
 *
 * @param {string} sql of a STRING
 * @returns {string} SQL of a BOOL, NULL for NULL
 */
const looksOdd = (sql) => `REGEXP_CONTAINS(${sql}, ${text(`[%${control}${replacement}]`)})`;

/**
 * The same of a page's URL, and whether it is none or too long.
 *
 * @param {string} url SQL
 * @param {string} host SQL of its host
 * @returns {string} SQL of a BOOL
 */
const isOddPage = (url, host) =>
  `${looksOdd(url)} OR ${host} IS NULL OR LENGTH(${url}) > ${settings.long_url_characters}`;

/**
 * The same of a referrer. An empty one says that there is none.
 *
 * @param {string} url SQL
 * @param {string} host SQL of its host
 * @returns {string} SQL of a BOOL
 */
const isOddReferrer = (url, host) => `${looksOdd(url)} OR (${host} IS NULL AND ${url} != '')`;

/**
 * The kinds that page URL, referrer and title show.
 *
 * @param {string} table with page_url, page_referrer, page_title
 * @param {{ page: string, referrer: string }} hosts SQL
 * @param {{ repeated: string, lacksName: string }} parameters SQL of a STRING, from `ofParameters`,
 *   and of a BOOL
 * @param {readonly string[]} signs SQL of BOOL: an event for which none holds has no issue
 * @returns {string} SQL of a STRING: the kinds, separated by spaces; NULL where there is none
 */
function ofTexts(table, hosts, parameters, signs) {
  const url = `${table}.page_url`;
  const referrer = `${table}.page_referrer`;
  const urls = `CONCAT(COALESCE(${url}, ''), ' ', COALESCE(${referrer}, ''))`;
  const all = `CONCAT(${urls}, COALESCE(${table}.page_title, ''))`;
  const kinds = [
    [`${url} IS NOT NULL AND ${hosts.page} IS NULL`, 'no_url'],
    [`${referrer} != '' AND ${hosts.referrer} IS NULL`, 'no_referrer_url'],
    [`LENGTH(${url}) > ${settings.long_url_characters}`, 'long_url'],
    [`REGEXP_CONTAINS(${all}, ${text(`[${control}]`)})`, 'control_character'],
    [`STRPOS(${all}, '${replacement}') > 0`, 'replaced_character'],
    [`STRPOS(REGEXP_REPLACE(${urls}, ${text(encoded)}, ''), '%') > 0`, 'broken_encoding'],
    [parameters.lacksName, 'missing_name'],
  ];
  const found = kinds.map(([condition, kind]) => `IF(${condition}, '${kind}', NULL)`);
  return `IF(
      ${[...signs, parameters.lacksName, `${parameters.repeated} IS NOT NULL`].join('\n        OR ')},
      NULLIF(ARRAY_TO_STRING([${[...found, parameters.repeated].join(', ')}], ' '), ''),
      NULL
    )`;
}

/** The campaign parameters and click ids that should stand in a URL once. */
const single = [
  ...nameColumns.filter((name) => name.startsWith('utm_')),
  ...clickIds.map(({ type }) => type.toLowerCase()),
];

/**
 * Whether one of them may stand in the URL twice: a search, where most URLs fail. One pattern goes
 * through the URL once for all of them.
 *
 * @param {string} lower SQL of the URL in lower case
 * @returns {string} SQL of a BOOL
 */
const mayRepeat = (lower) =>
  `REGEXP_CONTAINS(${lower}, ${text(`(?s)${single.map((name) => `${name}=.*${name}=`).join('|')}`)})`;

/**
 * Whether a campaign parameter or click id stands in the URL twice, and with two values. The first
 * one counts.
 *
 * @param {string} lower SQL of the URL in lower case
 * @returns {string} SQL of a STRING: repeated_parameter, contradictory_parameter or NULL
 */
function ofParameters(lower) {
  const found = (/** @type {string} */ pattern) =>
    `REGEXP_EXTRACT_ALL(${lower}, ${text(`[?&#](?:amp;)*((?:${single.join('|')})=${pattern})`)})`;
  const distinct = (/** @type {string} */ values) =>
    `(SELECT COUNT(DISTINCT found) FROM UNNEST(${values}) AS found)`;
  return `CASE
      WHEN ${distinct(found('[^&#]*'))} > ${distinct(found(''))} THEN 'contradictory_parameter'
      WHEN ARRAY_LENGTH(${found('')}) > ${distinct(found(''))} THEN 'repeated_parameter'
    END`;
}

/**
 * What is wrong with an event that was refused: its field and the reason, without the values that
 * the reason quotes, of which there is no end.
 *
 * @param {string} reason SQL of a STRING
 * @param {string} path SQL of a STRING: 'page_url', 'line 12, page_url', 'line 12'
 * @returns {string} SQL of a STRING
 */
function ofRefused(reason, path) {
  const kind = `REGEXP_REPLACE(${reason}, r'(?s) \\(.*\\)|:? ".*"|: \\[.*\\]', '')`;
  const field = `REGEXP_EXTRACT(${path}, r'^(?:line [0-9]+, )?([a-z_]+)(?:[.[].*)?$')`;
  return `IF(STARTS_WITH(${reason}, 'unknown field'), ${kind}, CONCAT(COALESCE(CONCAT(${field}, ' '), ''), ${kind}))`;
}

module.exports = {
  looksOdd,
  isOddPage,
  isOddReferrer,
  ofTexts,
  mayRepeat,
  ofParameters,
  ofRefused,
};
