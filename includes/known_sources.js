/**
 * One list of known sources out of more_referrers.js, referrers.js and ga4_sources.js, as text that
 * SQL reads with SPLIT: one line per pattern, `pattern|kind|name|GA4's kind|term parameters`.
 */

const ga4 = require('./ga4_sources');
const { groups } = require('./more_referrers');
const referrers = require('./referrers');
const { escapePattern } = require('./sql_text');

/**
 * @typedef {{ kind: string, name: string, terms: string }} Known
 * @typedef {Known & { pattern: string }} Listed
 */

/** The lines of referrers.js. @returns {Listed[]} */
const readList = () =>
  referrers.lines.split('\n').map((line) => {
    const [pattern = '', kind = '', name = '', terms = ''] = line.split('|');
    return { pattern, kind, name, terms };
  });

/** All term parameters that the doors of an engine have. @param {Listed[]} listed */
function termsOfEngines(listed) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const { kind, name, terms } of listed)
    if (kind === 'search') found.set(name, [...(found.get(name) ?? []), ...terms.split(',')]);
  return new Map(
    [...found].map(([name, terms]) => [
      name,
      [...new Set(terms)].filter((term) => term !== '').join(','),
    ]),
  );
}

/**
 * What each pattern stands for; the first that says something of a pattern counts.
 *
 * @returns {Map<string, Known>}
 */
function collect() {
  /** @type {Map<string, Known>} */
  const found = new Map();
  /** @param {string} pattern @param {Known} known */
  const add = (pattern, { kind, name, terms }) => {
    if (!found.has(pattern)) found.set(pattern, { kind, name, terms });
  };
  const listed = readList();
  const termsOfPattern = new Map(listed.map(({ pattern, terms }) => [pattern, terms]));
  const termsOfName = termsOfEngines(listed);
  for (const { kind, sources } of groups)
    for (const [name, patterns] of Object.entries(sources))
      for (const pattern of patterns) {
        const terms = termsOfPattern.get(pattern) ?? termsOfName.get(name) ?? '';
        add(pattern, { kind, name, terms });
      }
  for (const entry of listed) add(entry.pattern, entry);
  // A campaign may name the source as the lists do: utm_source=mastodon.
  for (const { kind, name } of listed)
    if (isTellingName(kind, name)) add(name, { kind, name, terms: '' });
  // pinterest.it is GA4's and stands for our pinterest.{}, uk.search.yahoo.com for
  // {}.search.yahoo.com; what only GA4 knows is a source, too.
  for (const [source, kind] of ga4.kinds) {
    const ours =
      found.get(source.replace(/\.(?:com?\.)?[a-z]{2,3}$/, '.{}')) ??
      found.get(source.replace(/^[a-z]{2,3}\./, '{}.'));
    add(source, ours ?? { kind, name: nameOf(source), terms: '' });
  }
  add('{mail}', { kind: 'email', name: '', terms: '' });
  return found;
}

/** bebo.com is the bebo that GA4 lists, too. @param {string} source */
function nameOf(source) {
  const name = source.replace(/\.com$/, '');
  return ga4.kinds.has(name) ? name : source;
}

/**
 * Networks are called by their names in campaigns; names of search engines are often words
 * ('orange', 'local', 'terra'), so those that campaigns use stand in more_referrers.js.
 *
 * @param {string} kind
 * @param {string} name
 */
function isTellingName(kind, name) {
  return (
    kind === 'social' && name.length >= 5 && !['multiply', 'tagged', 'workplace'].includes(name)
  );
}

const known = collect();

/** @type {string} */
const lines = [...known]
  .map(([pattern, { kind, name, terms }]) =>
    [pattern, kind, name, ga4.kindOf(pattern.split('/')[0] ?? ''), terms].join('|'),
  )
  .join('\n');

/**
 * Heads of paths that tell a door of a site from the site: '/imgres', '/i/grok'.
 *
 * @returns {string[]}
 */
function pathHeads() {
  const heads = [...known.keys()]
    .filter((pattern) => pattern.includes('/'))
    .map((pattern) => pattern.slice(pattern.indexOf('/')).replace(/\/$/, ''))
    .filter((head) => /^\/[^/]/.test(head));
  return [...new Set(heads)].sort((a, b) => b.length - a.length);
}

/**
 * Where a referrer lies: its host, with the head of its path where that makes a difference.
 *
 * @param {string} host SQL of the referrer's host
 * @param {string} url SQL of the referrer
 * @returns {string} SQL of a STRING
 */
function place(host, url) {
  const heads = pathHeads().map(escapePattern).join('|');
  // Of another site browsers tell the host alone, as a rule: most have no path to be read.
  const head = `IF(
    ${url} LIKE '%://%/_%',
    REGEXP_EXTRACT(LOWER(${url}), r'^[a-z]+://[^/?#]+(${heads})(?:[/?#]|$)'),
    NULL
  )`;
  return `CONCAT(${host}, COALESCE(${head}, ''))`;
}

/**
 * @param {string} [events] alias of events and a point
 * @returns {string} SQL of session_events.referrer_place
 */
const referrerPlace = (events = '') =>
  `IF(${events}is_internal_referrer, NULL, ${place(`${events}referrer_host`, `${events}page_referrer`)})`;

module.exports = { lines, referrerPlace };
