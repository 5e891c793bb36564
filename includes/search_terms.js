/** Search terms that referrers still carry. */

const knownSources = require('./known_sources');
const { text } = require('./sql_text');
const url = require('./url');

/** What the lists say of term parameters: 'q', 'query,q' ... */
const parameterLists = [
  ...new Set(knownSources.lines.split('\n').map((line) => line.split('|')[4] ?? '')),
].filter((names) => names !== '');

/** Google's old image search has the search's own address in a parameter, encoded once more. */
const imageSearch = '(?i)[?&]prev=[^&#]*?(?:%3F|%26)q(?:%3D|=)(.*?)(?:%26|&|#|$)';

/**
 * The term as it stands in the referrer: the engine's first parameter that is there. One branch per
 * list of parameters, so that every pattern is a constant; no branch for a referrer without any.
 *
 * @param {string} referrer SQL of a URL
 * @param {string} termParameters SQL of the engine's parameters, separated by commas
 * @returns {string} SQL of a STRING, not decoded; NULL where there is none
 */
function raw(referrer, termParameters) {
  const whens = parameterLists.map(
    (names) => `WHEN ${text(names)} THEN ${url.rawParameter(referrer, names.split(','))}`,
  );
  const image = `REGEXP_REPLACE(REGEXP_EXTRACT(${referrer}, ${text(imageSearch)}), '(?i)%25', '%')`;
  return `IF(STRPOS(${referrer}, '=') > 0, COALESCE(NULLIF(CASE ${termParameters}\n      ${whens.join('\n      ')}\n    END, ''),
      IF(${termParameters} != '', REGEXP_REPLACE(${image}, '(?i)%2B', '+'), NULL)), NULL)`;
}

/**
 * @param {string} term SQL of what `raw` found
 * @returns {string} SQL of a STRING; NULL for none, and for what engines write instead of a term
 */
function decode(term) {
  return url.nameOrNull(`NULLIF(TRIM(${url.decode(term)}), '')`);
}

module.exports = { raw, decode };
