/**
 * One list of known sources out of more_referrers.js and referrers.js, as text that SQL reads with
 * SPLIT: one line per pattern, `pattern|kind|name|is_ga4|term parameters`.
 */

const { groups } = require('./more_referrers');
const referrers = require('./referrers');
const { escapePattern } = require('./sql_text');

/** @returns {string} */
function lines() {
  /** @type {Map<string, string>} */
  const found = new Map();
  /** @type {Map<string, string>} */
  const terms = new Map();
  const listed = referrers.lines.split('\n').map((line) => {
    const [pattern = '', kind = '', name = '', parameters = ''] = line.split('|');
    if (kind === 'search' && !terms.has(name)) terms.set(name, parameters);
    return { pattern, kind, name, parameters };
  });
  /** @param {string} pattern @param {string} kind @param {string} name @param {boolean} isGa4 @param {string} parameters */
  const add = (pattern, kind, name, isGa4, parameters) => {
    if (!found.has(pattern)) found.set(pattern, [pattern, kind, name, isGa4, parameters].join('|'));
  };
  for (const { kind, is_ga4, sources } of groups)
    for (const [name, patterns] of Object.entries(sources))
      for (const pattern of patterns) add(pattern, kind, name, is_ga4, terms.get(name) ?? '');
  for (const { pattern, kind, name, parameters } of listed)
    add(pattern, kind, name, kind !== 'ai', parameters);
  // A campaign may name the source as the lists do: utm_source=mastodon.
  for (const { kind, name } of listed)
    if (isTellingName(kind, name)) add(name, kind, name, kind !== 'ai', terms.get(name) ?? '');
  return [...found.values()].join('\n');
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

/** Heads of paths that tell a door of a site from the site: '/imgres', '/i/grok'.
 * @returns {string[]}
 */
function pathHeads() {
  const heads = referrers.lines
    .split('\n')
    .map((line) => line.split('|')[0] ?? '')
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
  return `CONCAT(${host}, COALESCE(REGEXP_EXTRACT(LOWER(${url}), r'^[a-z]+://[^/?#]+(${heads})(?:[/?#]|$)'), ''))`;
}

module.exports = { lines: lines(), place };
