/**
 * The fragments of attribution: credit and money in exact parts by the largest remainder, and the
 * weights of the rule-based models.
 */
const settings = require('./settings');

/** Credit has 9 decimals, as many as NUMERIC has: a whole is this many parts. */
const CREDIT_PARTS = 1000000000;

const decimals = settings.base_currency_decimals;
/** The base currency's smallest coin, and how many of them make one, as NUMERIC. */
const COINS = `NUMERIC '${10 ** decimals}'`;
const COIN = `NUMERIC '${(10 ** -decimals).toFixed(decimals)}'`;

/**
 * A FLOAT64 with the noise of summation order cut off, so that a second run gives the same bits.
 *
 * @param {string} value SQL, FLOAT64
 * @returns {string} SQL, FLOAT64
 */
const settled = (value) => `ROUND(${value}, 12)`;

/**
 * A sum of FLOAT64 values within a partition, in whole steps of 1e-14. Engines add in any order,
 * and with FLOAT64 each order has its own last bit; whole numbers have one sum, so that a second
 * run gives the same. The sum may reach 90,000.
 *
 * @param {string} value SQL, FLOAT64
 * @param {string} partition SQL, the columns of the partition
 * @returns {string} SQL, FLOAT64
 */
const steadySum = (value, partition) =>
  `(SUM(CAST(ROUND((${value}) * 1e14) AS INT64)) OVER (PARTITION BY ${partition}) / 1e14)`;

/** The rule-based models that are switched on. */
const ruleModels = settings.attribution_models.filter((model) => model !== 'ihc');

/**
 * Rows of one column `model`.
 *
 * @param {readonly string[]} models
 * @returns {string} SQL, an UNNEST
 */
const modelRows = (models) =>
  `UNNEST(ARRAY<STRING>[${models.map((model) => `'${model}'`).join(', ')}]) AS model`;

/**
 * The weight of a touch under each rule, before a journey's weights are brought to a sum of 1.
 * Needs the columns model, position, touch_count, hours_to_last and is_last_non_direct.
 *
 * @returns {string} SQL, FLOAT64
 */
function ruleWeight() {
  const { first_share: first, last_share: last } = settings.position_based;
  const halfLifeHours = settings.time_decay.half_life_days * 24;
  return `CASE model
      WHEN 'first' THEN IF(position = 1, 1.0, 0.0)
      WHEN 'last' THEN IF(position = touch_count, 1.0, 0.0)
      WHEN 'last_non_direct' THEN IF(is_last_non_direct, 1.0, 0.0)
      WHEN 'linear' THEN 1.0
      WHEN 'position_based' THEN
        CASE
          WHEN touch_count = 1 THEN 1.0
          WHEN position = 1 THEN ${first}
          WHEN position = touch_count THEN ${last}
          ELSE (1.0 - ${first} - ${last}) / (touch_count - 2)
        END
      WHEN 'time_decay' THEN POW(2.0, -hours_to_last / ${halfLifeHours}.0)
    END`;
}

module.exports = {
  COIN,
  COINS,
  CREDIT_PARTS,
  modelRows,
  ruleModels,
  ruleWeight,
  settled,
  steadySum,
};
