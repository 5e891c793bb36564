import { Random, streams } from '../random/random';
import { type ColumnTable, finishTable, NumberBuilder, TextBuilder } from '../tables/columns';

const dayMillis = 86_400_000;

/** Euros for one unit, in billionths, on the first day. */
const firstRates: Readonly<Record<string, number>> = {
  USD: 862_000_000,
  GBP: 1_148_000_000,
  JPY: 5_740_000,
};

/** raw.exchange_rates: a slow random walk per currency, one row a day, known in the evening. */
export function makeRates(seed: number, dayCount: number, startsAt: number): ColumnTable {
  const columns = {
    currency_code: new TextBuilder(),
    base_currency_code: new TextBuilder(),
    rate_date: new NumberBuilder(),
    rate: new NumberBuilder(9),
    ingested_at: new NumberBuilder(),
  };
  Object.entries(firstRates).forEach(([currency, first], index) => {
    const random = new Random(seed, streams.rate, index);
    let rate = first;
    for (let day = 0; day < dayCount; day++) {
      const date = Math.round(startsAt / dayMillis) + day;
      columns.currency_code.push(currency);
      columns.base_currency_code.push('EUR');
      columns.rate_date.push(date);
      // Five significant digits, as central banks publish.
      const step = first > 100_000_000 ? 10_000 : 100;
      columns.rate.push(Math.round(rate / step) * step);
      columns.ingested_at.push(date * dayMillis + 16 * 3_600_000);
      rate *= 1 + 0.004 * random.normal();
    }
  });
  return finishTable(columns);
}
