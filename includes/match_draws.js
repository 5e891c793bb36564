/**
 * Pairs that training reads: drawn as if at random, always the same ones, by places that records have by what they are
 * and not by where they stand in the file.
 */

/**
 * Pairs drawn from all, as many as `sample_count` or a few less.
 *
 * @param {{ places: string, record_count: number, sample_count: number }} options `places`: table with record_no and
 *   place, from 1 to `record_count`
 * @returns {string} SQL of a query: left_no, right_no, rules
 */
function randomPairs({ places, record_count, sample_count }) {
  // Two steps of Lehmer's generator with the multipliers of Park and Miller, and of Fishman.
  return `SELECT DISTINCT LEAST(l.record_no, r.record_no) AS left_no, GREATEST(l.record_no, r.record_no) AS right_no, 0 AS rules
FROM (
  SELECT MOD(first, ${record_count}) + 1 AS one, MOD(MOD(first * 69621, 2147483647), ${record_count}) + 1 AS other
  FROM (SELECT MOD(i * 48271 + 11, 2147483647) AS first FROM UNNEST(GENERATE_ARRAY(1, ${sample_count})) AS i)
) AS drawn
INNER JOIN ${places} AS l ON l.place = drawn.one
INNER JOIN ${places} AS r ON r.place = drawn.other
WHERE drawn.one != drawn.other`;
}

/**
 * All pairs of few records.
 *
 * @param {string} records table
 * @returns {string} SQL of a query: left_no, right_no, rules
 */
const allPairs = (records) => `SELECT l.record_no AS left_no, r.record_no AS right_no, 0 AS rules
FROM ${records} AS l
INNER JOIN ${records} AS r ON l.record_no < r.record_no`;

/** A prime, over whose remainders the pairs are scattered. */
const SCATTER = 65_537;

/**
 * A FROM item of some of the pairs.
 *
 * @param {string} compared table or query of compared pairs
 * @param {string} places table with record_no and place
 * @param {number} every of so many pairs one
 * @returns {string}
 */
const sampled = (compared, places, every) =>
  every > 1
    ? `(
  SELECT pairs.*
  FROM ${compared} AS pairs
  INNER JOIN ${places} AS l ON l.record_no = pairs.left_no
  INNER JOIN ${places} AS r ON r.record_no = pairs.right_no
  WHERE MOD(LEAST(l.place, r.place) * 48271 + GREATEST(l.place, r.place) * 69621, ${SCATTER}) < ${Math.round(SCATTER / every)}
)`
    : compared;

module.exports = { allPairs, randomPairs, sampled };
