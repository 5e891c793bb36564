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

/** The parameters that they are read from. */
const names = [...fields, ...adFields].flatMap(([, parameters]) => parameters);

/** All parameters that make a URL worth reading. */
const parameters = [...names, ...clickIds.map(({ type }) => type)];

/** @param {string} pageUrl SQL @returns {string} SQL of a BOOL */
const isTagged = (pageUrl) => url.hasParameter(pageUrl, parameters);

/** Click ids that are nothing else: a shop may name its campaigns by one, such as mc_cid. */
const bareTypes = clickIds
  .map(({ type }) => type)
  .filter((type) => !names.some((name) => name.toLowerCase() === type.toLowerCase()));

/**
 * The URL with 'x' for each click id that is there: to read the other parameters, and which click
 * ids there are. Not beyond a '?', after which a parameter may begin, nor after a second one, which
 * stands in a parameter's value.
 *
 * @param {string} pageUrl SQL
 * @returns {string} SQL of a STRING
 */
const withoutClickIds = (pageUrl) =>
  `REGEXP_REPLACE(${pageUrl}, ${text(`(?i)((?:^[^?&#]*[?]|[&#])(?:amp;)*(?:${url.anyName(bareTypes)})=)[^?&#]+`)}, r'\\1x')`;

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
      `WHEN ${url.mentions(lower, type)} AND REGEXP_CONTAINS(${pageUrl}, ${text(`(?i)[?&#](?:amp;)*${url.anyName([type])}=[^&#]`)}) THEN '${type}'`,
  );
  return [...columns, `CASE\n      ${whens.join('\n      ')}\n    END AS click_id_type`].join(
    ',\n    ',
  );
}

/**
 * The value of a click id, as it stands in the URL.
 *
 * @param {string} pageUrl SQL
 * @param {string} type SQL of its type
 * @returns {string} SQL of a STRING
 */
function clickIdValue(pageUrl, type) {
  const whens = clickIds.map(
    (clickId) => `WHEN '${clickId.type}' THEN ${url.rawParameter(pageUrl, [clickId.type])}`,
  );
  return `CASE ${type}\n      ${whens.join('\n      ')}\n    END`;
}

/**
 * @param {(value: string) => string} decode SQL of the decoded value
 * @returns {string} SQL, the name columns decoded
 */
const decodedColumns = (decode) =>
  nameColumns.map((column) => `${decode(column)} AS ${column}`).join(',\n    ');

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
  withoutClickIds,
  rawColumns,
  clickIdValue,
  decodedColumns,
  namedColumns,
  lacksName,
  columnsOf,
};
