import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { importCosts } from '@tributary/local/cli/import/costs';
import { createMemoryWarehouse } from '../../../../support/memory-warehouse';
import { temporaryFolder } from '../../../../support/temporary-folder';

const clock = () => new Date('2026-11-21T12:00:00Z');
const realFile = join(__dirname, '../../../../../../shared/data/ihc/channel_costs.csv');
const itOnRealFile = existsSync(realFile) ? it : it.skip;

const folder = temporaryFolder();

async function importText(text: string) {
  const file = await folder.write('costs.csv', text);
  const warehouse = createMemoryWarehouse();
  return { warehouse, run: importCosts({ file, warehouse, clock, defaultCurrency: 'EUR' }) };
}

describe('importCosts', () => {
  itOnRealFile('loads the real costs, which sum to 293,883.434 without float noise', async () => {
    const warehouse = createMemoryWarehouse();
    const result = await importCosts({ file: realFile, warehouse, clock, defaultCurrency: 'EUR' });
    expect(result.rowCount).toBe(150);
    const rows = warehouse.rows('ad_costs');
    const units = rows.map((row) => {
      const [whole = '', fraction = ''] = String(row.cost_amount).split('.');
      return BigInt(whole + fraction.padEnd(9, '0'));
    });
    expect(units.reduce((sum, value) => sum + value, 0n)).toBe(293883434000000n);
    expect(rows[0]).toMatchObject({
      platform: 'import',
      channel: 'Affiliate & Partnerships',
      cost_date: '2023-08-29',
      currency_code: 'EUR',
      cost_amount: '525.36',
      ingested_at: '2026-11-21T12:00:00.000Z',
    });
  });

  it("loads a platform's report with its levels", async () => {
    const { run, warehouse } = await importText(
      'platform,campaign_id,cost_date,cost_amount,currency_code,click_count\ngoogle_ads,7,2026-01-02,1e2,usd,12\n',
    );
    await run;
    expect(warehouse.rows('ad_costs')).toMatchObject([
      {
        platform: 'google_ads',
        campaign_id: '7',
        cost_amount: '100',
        currency_code: 'USD',
        click_count: 12,
      },
    ]);
  });

  it('reads Parquet with all digits of its decimals', async () => {
    const file = folder.path('costs.parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(
      `COPY (SELECT 'SEO' AS channel_label, DATE '2026-01-02' AS date, 0.123456789::DECIMAL(18, 9) AS cost) TO '${file}' (FORMAT parquet)`,
    );
    const warehouse = createMemoryWarehouse();
    await importCosts({ file, warehouse, clock, defaultCurrency: 'EUR' });
    expect(warehouse.rows('ad_costs')).toMatchObject([
      { channel: 'SEO', cost_date: '2026-01-02', cost_amount: '0.123456789' },
    ]);
  });

  it('takes the first file back after a corrected one, but not twice in a row', async () => {
    const warehouse = createMemoryWarehouse();
    let minute = 0;
    const importFile = async (cost: string) => {
      const file = await folder.write(
        'costs.csv',
        `channel_label,date,cost\nSEO,2026-01-01,${cost}\n`,
      );
      minute += 1;
      const now = new Date(Date.UTC(2026, 10, 21, 12, minute));
      return importCosts({ file, warehouse, clock: () => now, defaultCurrency: 'EUR' });
    };
    const repeated: boolean[] = [];
    for (const cost of ['1', '1', '2', '1', '1']) {
      repeated.push((await importFile(cost)).isRepeated);
    }
    expect(repeated).toEqual([false, true, false, false, true]);
    expect(warehouse.rows('ad_costs').map((row) => row.cost_amount)).toEqual(['1', '2', '1']);
  });

  it.each([
    ['channel_label,date\nSEO,2026-01-01\n', /lacks a column that it needs \(cost\)/],
    ['platform,cost_amount\nx,1\n', /lacks a column that it needs \(cost_date\)/],
    [
      'channel_label,date,cost\nSEO,01.02.2026,1\n',
      /line 2, column date is no date \("01.02.2026"\)/,
    ],
    ['channel_label,date,cost\nSEO,2026-01-01,free\n', /column cost is no number \("free"\)/],
    ['channel_label,date,cost\nSEO,2026-01-01,NaN\n', /column cost is no number/],
    ['channel_label,date,cost,currency\nSEO,2026-01-01,1,euro\n', /column currency is no currency/],
    [
      'channel_label,date,cost\nSEO,2026-01-01,1\nSEO,2026-01-01,2\n',
      /line 3 repeats the cost of the same channel \(SEO\) and day as line 2/,
    ],
    [
      'platform,campaign_id,campaign_name,cost_date,cost_amount\nx,1,old,2026-01-01,1\nx,1,new,2026-01-01,1\n',
      /line 3 repeats the cost of the same campaign and day as line 2/,
    ],
    [
      'platform,cost_date,cost_amount,click_count\nx,2026-01-01,1,1.5\n',
      /column click_count is no whole number/,
    ],
    [
      'platform,cost_date,cost_amount,click_count\nx,2026-01-01,1,5\nx,2026-01-02,1,-5\n',
      /line 3, column click_count is below 0 \("-5"\)/,
    ],
    ['channel_label,date,cost,currency\nSEO,2026-01-01,1,EUX\n', /column currency is no currency/],
    ['platform,cost_date,cost_amount\nx,2026-02-30,1\n', /line 2, column cost_date is no date/],
  ])('refuses the whole file %#', async (text, message) => {
    const { run, warehouse } = await importText(text);
    await expect(run).rejects.toThrow(message);
    expect(warehouse.rows('ad_costs')).toHaveLength(0);
  });
});
