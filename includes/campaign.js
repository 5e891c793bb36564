/**
 * Campaign parameters and click ids of page URLs: what is read, and the SQL that reads it.
 */

const { clickIds } = require('./click_ids');
const settings = require('./settings');
const { text } = require('./sql_text');
const url = require('./url');

/** GA4's nine fields, and the parameters each is read from, GA4's first. */
const fields = /** @type {[string, string[]][]} */ (
  Object.entries(settings.campaign_parameters).map(([field, own]) => [
    `utm_${field}`,
    [`utm_${field}`, ...own],
  ])
);

const adFields = /** @type {[string, string[]][]} */ (Object.entries(settings.ad_parameters));

/** Columns that carry a name: cleaned after decoding. */
const nameColumns = [...fields, ...adFields].map(([column]) => column);

/** All parameters that make a URL worth reading. */
const parameters = [
  ...fields.flatMap(([, names]) => names),
  ...adFields.flatMap(([, names]) => names),
  ...clickIds.map(({ type }) => type),
];

/** @param {string} pageUrl SQL @returns {string} SQL of a BOOL */
const isTagged = (pageUrl) => url.hasParameter(pageUrl, parameters);

/**
 * The parameters as they stand in the URL, one column each, then click_id_type.
 *
 * @param {string} pageUrl SQL
 * @param {string} lower SQL of it in lower case
 * @returns {string} SQL, a list of columns
 */
function rawColumns(pageUrl, lower) {
  const columns = [...fields, ...adFields].map(
    ([column, names]) => `${url.rawParameter(pageUrl, names, lower)} AS ${column}`,
  );
  const whens = clickIds.map(
    ({ type }) =>
      `WHEN ${url.mentions(lower, type)} AND REGEXP_CONTAINS(${pageUrl}, ${text(`(?i)[?&#](?:amp;)*${type}=[^&#]`)}) THEN '${type}'`,
  );
  return [...columns, `CASE\n      ${whens.join('\n      ')}\n    END AS click_id_type`].join(
    ',\n    ',
  );
}

/**
 * The value of the click id that click_id_type names.
 *
 * @param {string} pageUrl SQL
 * @param {string} lower SQL of it in lower case
 * @returns {string} SQL of a STRING
 */
function clickIdValue(pageUrl, lower) {
  const whens = clickIds.map(
    ({ type }) => `WHEN '${type}' THEN ${url.rawParameter(pageUrl, [type], lower)}`,
  );
  return `CASE click_id_type\n      ${whens.join('\n      ')}\n    END`;
}

/**
 * @param {(value: string) => string} decode SQL of the decoded value
 * @returns {string} SQL, the name columns and click_id decoded
 */
const decodedColumns = (decode) =>
  [...nameColumns, 'click_id'].map((column) => `${decode(column)} AS ${column}`).join(',\n    ');

/** @returns {string} SQL, the name columns with missing names as NULL */
const namedColumns = () =>
  nameColumns.map((column) => `${url.nameOrNull(column)} AS ${column}`).join(',\n    ');

/**
 * Whether a URL names its source, medium or campaign by what is no name: nothing, '(not set)',
 * 'null', a macro. Other parameters are left empty often and on purpose.
 *
 * @returns {string} SQL of a BOOL, never NULL, over the decoded columns
 */
const lacksName = () =>
  ['utm_source', 'utm_medium', 'utm_campaign']
    .map((column) => `(${column} IS NOT NULL AND ${url.nameOrNull(column)} IS NULL)`)
    .join(' OR ');

/** @param {string} table @returns {string} SQL, the name columns of a table */
const columnsOf = (table) => nameColumns.map((column) => `${table}.${column}`).join(',\n    ');

module.exports = {
  nameColumns,
  isTagged,
  rawColumns,
  clickIdValue,
  decodedColumns,
  namedColumns,
  lacksName,
  columnsOf,
};
