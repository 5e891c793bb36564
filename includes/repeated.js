/**
 * The values that stand more than once in a list, each once.
 *
 * @param {readonly string[]} values
 * @returns {string[]}
 */
const repeated = (values) => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];

module.exports = { repeated };
