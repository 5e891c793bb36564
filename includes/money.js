/**
 * Money in the base currency. NUMERIC throughout: exact, nine decimals.
 */

const settings = require('./settings');

/**
 * An amount in the base currency at the rate of its day. Where there is none, the query stops
 * with a sentence that names currency and day: a silent 1 would be a wrong number.
 *
 * @param {{ amount: string, currency: string, rate: string, day: string }} sql amount and rate
 *   NUMERIC, currency STRING, day DATE
 * @returns {string} SQL of a NUMERIC; NULL where the amount is NULL
 */
function toBase({ amount, currency, rate, day }) {
  const base = settings.base_currency_code;
  return `CASE
      WHEN ${amount} IS NULL THEN NULL
      WHEN ${currency} = '${base}' THEN ${amount}
      WHEN ${rate} IS NULL THEN ERROR(CONCAT(
        'There is no exchange rate from ', ${currency}, ' to ${base} for ', CAST(${day} AS STRING),
        ': load it into raw.exchange_rates, then run again.'
      ))
      ELSE ${amount} * ${rate}
    END`;
}

module.exports = { toBase };
