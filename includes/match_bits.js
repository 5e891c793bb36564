/** Weights in SQL: log2 odds, FLOAT64. */

/** @type {(value: number) => string} */
const number = (value) => `CAST('${value}' AS FLOAT64)`;

/**
 * What a weight says of somebody who moved with this probability: nothing if so.
 *
 * @type {(bits: string, moved: number) => string}
 */
const unlessMoved = (bits, moved) =>
  `LOG(${number(1 - moved)} * POW(2, ${bits}) + ${number(moved)}, 2)`;

module.exports = { number, unlessMoved };
