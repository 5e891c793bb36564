/**
 * One list of known sources out of more_referrers.js, referrers.js and ga4_sources.js, as text that SQL reads with
 * SPLIT: one line per pattern, `pattern|kind|name|GA4's kind|term parameters`.
 */

const ga4 = require('./ga4_sources');
const { groups } = require('./more_referrers');
const referrers = require('./referrers');
const { escapePattern } = require('./sql_text');

/**
 * @typedef {{ kind: string, name: string, terms: string }} Known
 *
 * @returns {string}
 */
function lines() {
  /** @type {Map<string, Known>} */
  const found = new Map();
  /** @type {Map<string, string>} */
  const terms = new Map();
  const listed = referrers.lines.split('\n').map((line) => {
    const [pattern = '', kind = '', name = '', parameters = ''] = line.split('|');
    if (kind === 'search') terms.set(name, join(terms.get(name), parameters));
    return { pattern, kind, name, parameters };
  });
  const own = new Map(listed.map(({ pattern, parameters }) => [pattern, parameters]));
  /** @param {string} pattern @param {Known} known */
  const add = (pattern, known) => {
    if (!found.has(pattern)) found.set(pattern, known);
  };
  for (const { kind, sources } of groups)
    for (const [name, patterns] of Object.entries(sources))
      for (const pattern of patterns)
        add(pattern, { kind, name, terms: own.get(pattern) ?? terms.get(name) ?? '' });
  for (const { pattern, kind, name, parameters } of listed)
    add(pattern, { kind, name, terms: parameters });
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
  return [...found]
    .map(([pattern, { kind, name, terms: parameters }]) =>
      [pattern, kind, name, ga4.kindOf(pattern.split('/')[0] ?? ''), parameters].join('|'),
    )
    .join('\n');
}

/** All parameters that the doors of an engine have. @param {string | undefined} known @param {string} more */
function join(known, more) {
  return [...new Set([...(known?.split(',') ?? []), ...more.split(',')])]
    .filter((name) => name !== '')
    .join(',');
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

const allLines = lines();

/** Heads of paths that tell a door of a site from the site: '/imgres', '/i/grok'.
 * @returns {string[]}
 */
function pathHeads() {
  const heads = allLines
    .split('\n')
    .map((line) => line.split('|')[0] ?? '')
    .filter((pattern) => pattern.includes('/'))
    .map((pattern) => pattern.slice(pattern.indexOf('/')).replace(/\/$/, ''))
    .filter((head) => /^\/[^/]/.test(head));
  return [...new Set(heads)].sort((a, b) => b.length - a.length);
}

/** What marks the name of a source as paid: 'fb-ads', 'tiktokads'. */
const adSuffix = '[ _.-]*(?:ads?|adwords|paid|ppc|cpc)$';

/**
 * Where a referrer lies: its host, with the head of its path where that makes a difference.
 *
 * @param {string} host SQL of the referrer's host
 * @param {string} url SQL of the referrer
 * @returns {string} SQL of a STRING
 */
function place(host, url) {
  const heads = pathHeads().map(escapePattern).join('|');
  return `CONCAT(${host}, COALESCE(REGEXP_EXTRACT(LOWER(${url}), r'^[a-z]+://[^/?#]+(${heads})(?:[/?#]|$)'), ''))`;
}

module.exports = { lines: allLines, place, adSuffix };
