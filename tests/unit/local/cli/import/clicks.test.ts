import { importClicks } from '@tributary/local/cli/import/clicks';
import { createMemoryWarehouse } from '../../../../support/memory-warehouse';
import { temporaryFolder } from '../../../../support/temporary-folder';

const clock = () => new Date('2026-11-21T12:00:00Z');

const folder = temporaryFolder();

async function importText(text: string) {
  const file = await folder.write('clicks.csv', text);
  const warehouse = createMemoryWarehouse();
  return { warehouse, run: importClicks({ file, warehouse, clock }) };
}

describe('importClicks', () => {
  it('reads click ids from columns of their own', async () => {
    const { run, warehouse } = await importText(
      'platform,account_id,gclid,wbraid,click_date,campaign_id,campaign_name\ngoogle_ads,482,g1,,2026-01-01,7,Brand\ngoogle_ads,482,,w1,2026-01-01,7,Brand\n',
    );
    await run;
    expect(warehouse.rows('ad_clicks')).toMatchObject([
      { click_id: 'g1', click_id_type: 'gclid', click_date: '2026-01-01', clicked_at: null },
      { click_id: 'w1', click_id_type: 'wbraid', campaign_id: '7', account_id: '482' },
    ]);
  });

  it('has the day of the time where no day is given', async () => {
    const { run, warehouse } = await importText(
      'platform,click_id,click_id_type,clicked_at\nbing,m1,msclkid,2026-01-01 23:30:00 -02:00\n',
    );
    await run;
    expect(warehouse.rows('ad_clicks')).toMatchObject([
      { click_date: '2026-01-02', clicked_at: '2026-01-02T01:30:00.000Z' },
    ]);
  });

  it.each([
    ['gclid,click_date\ng1,2026-01-01\n', /lacks a column that it needs \(platform\)/],
    [
      'platform,click_date\nx,2026-01-01\n',
      /lacks columns that it needs \(click_id, click_id_type\)/,
    ],
    ['platform,gclid\nx,g1\n', /lacks a column that it needs \(click_date\)/],
    ['platform,gclid,click_date\nx,,2026-01-01\n', /line 2 has no click id/],
    ['platform,gclid,click_date\nx,g1,2026-13-01\n', /column click_date is no date/],
    ['platform,gclid,click_date,clicked_at\nx,g1,,\n', /column click_date is empty/],
    [
      'platform,gclid,click_date\nx,g1,2026-01-01\nx,g1,2026-01-02\n',
      /line 3 repeats the click g1 of line 2/,
    ],
  ])('refuses the whole file %#', async (text, message) => {
    const { run, warehouse } = await importText(text);
    await expect(run).rejects.toThrow(message);
    expect(warehouse.rows('ad_clicks')).toHaveLength(0);
  });
});
