import { importRates } from '@tributary/local/cli/import/rates';
import { createMemoryWarehouse } from '../../../../support/memory-warehouse';
import { temporaryFolder } from '../../../../support/temporary-folder';

const clock = () => new Date('2026-11-21T12:00:00Z');

const folder = temporaryFolder();

async function importText(text: string) {
  const file = await folder.write('rates.csv', text);
  const warehouse = createMemoryWarehouse();
  return { warehouse, run: importRates({ file, warehouse, clock, baseCurrency: 'EUR' }) };
}

describe('importRates', () => {
  it('loads rates into the base currency with all their digits', async () => {
    const { run, warehouse } = await importText(
      'rate_date,currency_code,rate\n2026-01-01,jpy,0.005740001\n2026-01-01,KWD,2.81\n',
    );
    expect(await run).toEqual({ rowCount: 2, keptAsideCount: 0, isRepeated: false });
    expect(warehouse.rows('exchange_rates')).toEqual([
      {
        currency_code: 'JPY',
        base_currency_code: 'EUR',
        rate_date: '2026-01-01',
        rate: '0.005740001',
        ingested_at: '2026-11-21T12:00:00.000Z',
      },
      expect.objectContaining({ currency_code: 'KWD', rate: '2.81' }),
    ]);
  });

  it.each([
    ['rate_date,rate\n2026-01-01,1\n', /lacks a column that it needs \(currency_code\)/],
    ['rate_date,currency_code,rate\n2026-02-30,USD,1\n', /column rate_date is no date/],
    ['rate_date,currency_code,rate\n2026-01-01,UDS,1\n', /column currency_code is no currency/],
    ['rate_date,currency_code,rate\n2026-01-01,,1\n', /column currency_code is empty/],
    ['rate_date,currency_code,rate\n2026-01-01,USD,0\n', /column rate is no rate \("0"\)/],
    ['rate_date,currency_code,rate\n2026-01-01,EUR,2\n', /line 2 gives EUR a rate into itself/],
    [
      'rate_date,currency_code,base_currency_code,rate\n2026-01-01,EUR,USD,1.16\n',
      /column base_currency_code is not the base currency/,
    ],
    [
      'rate_date,currency_code,rate\n2026-01-01,USD,1\n2026-01-01,usd,2\n',
      /line 3 repeats the rate of USD for 2026-01-01 of line 2/,
    ],
  ])('refuses the whole file %#', async (text, message) => {
    const { run, warehouse } = await importText(text);
    await expect(run).rejects.toThrow(message);
    expect(warehouse.rows('exchange_rates')).toHaveLength(0);
  });
});
