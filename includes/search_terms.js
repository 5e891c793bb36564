/** Search terms that referrers still carry. */

const knownSources = require('./known_sources');
const { text } = require('./sql_text');
const url = require('./url');

/** What the lists say of term parameters: 'q', 'query,q' ... */
const parameterLists = [
  ...new Set(knownSources.lines.split('\n').map((line) => line.split('|')[4] ?? '')),
].filter((names) => names !== '');

/**
 * The term as it stands in the referrer: the engine's first parameter that is there. One branch per
 * list of parameters, so that every pattern is a constant.
 *
 * @param {string} referrer SQL of a URL
 * @param {string} termParameters SQL of the engine's parameters, separated by commas
 * @returns {string} SQL of a STRING, not decoded; NULL where there is none
 */
function raw(referrer, termParameters) {
  const whens = parameterLists.map(
    (names) =>
      `WHEN ${text(names)} THEN NULLIF(${url.rawParameter(referrer, names.split(','))}, '')`,
  );
  return `CASE ${termParameters}\n      ${whens.join('\n      ')}\n    END`;
}

module.exports = { raw };
