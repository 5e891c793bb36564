import { UserError } from '@tributary/functions/shared/errors';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import type { ImportDeps, ImportResult } from './deps';
import { importRows } from './import-rows';
import type { RecordReader } from './record-reader';

interface RatesOptions extends ImportDeps {
  /** CSV, NDJSON or Parquet; one row per currency and day. */
  readonly file: string;
  /** The currency that rates lead to: the shop's base currency. */
  readonly baseCurrency: string;
}

/**
 * Loads exchange rates into raw.exchange_rates, the whole file or nothing: rate_date,
 * currency_code, and rate, which is what one unit of the currency buys of the base currency. Of a
 * currency and day the rate loaded last counts.
 *
 * @throws UserError that names file, line and column of the first thing that is wrong
 */
export function importRates(options: RatesOptions): Promise<ImportResult> {
  const { baseCurrency } = options;
  return importRows(options, {
    kind: 'rates',
    table: 'exchange_rates',
    options: [baseCurrency],
    requiredColumns: () => ['rate_date', 'currency_code', 'rate'],
    readRow: (reader) => readRow(reader, baseCurrency),
    keyOf: (row) => [row.currency_code, row.rate_date],
    refuseRepeated: (row, place, twin) =>
      `${place} repeats the rate of ${String(row.currency_code)} for ${String(row.rate_date)} of line ${twin}: keep one.`,
  });
}

function readRow(reader: RecordReader, baseCurrency: string): Row {
  reader.text('currency_code');
  const currency = reader.currency('');
  const base = reader.optionalText('base_currency_code')?.toUpperCase() ?? baseCurrency;
  if (base !== baseCurrency)
    throw reader.refuse(
      'base_currency_code',
      'is not the base currency of the settings',
      `give rates into ${baseCurrency}`,
    );
  const rate = reader.numeric('rate');
  if (!(Number(rate) > 0))
    throw reader.refuse('rate', 'is no rate', `write how much ${base} one unit buys, above 0`);
  if (currency === base && Number(rate) !== 1)
    throw new UserError(`${reader.place} gives ${base} a rate into itself: leave the line out.`);
  return {
    currency_code: currency,
    base_currency_code: base,
    rate_date: reader.date('rate_date'),
    rate,
  };
}
