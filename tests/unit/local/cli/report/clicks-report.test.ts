import { clicksReport } from '@tributary/local/cli/report/clicks-report';
import { createMemoryWarehouse } from '../../../../support/memory-warehouse';

const settings = { baseCurrency: 'EUR' };

function warehouseOf(count: number) {
  const warehouse = createMemoryWarehouse();
  const rows = Array.from({ length: count }, (_, index) => ({
    platform: 'google_ads',
    account_id: '482',
    campaign_id: `${index}`,
    campaign: `Campaign ${index}`,
    observed_click_count: 10,
    reported_click_count: 1000,
    unreported_click_count: 1,
    cost_amount_base: '20.4',
  }));
  warehouse.answerQuery('rpt_clicks_by_campaign', rows);
  return warehouse;
}

describe('clicksReport', () => {
  it('shows observed beside reported clicks, and the total last', async () => {
    const lines = (await clicksReport(warehouseOf(2), settings, {})).split('\n');
    expect(lines[0]).toMatch(/platform +campaign +observed +reported +unreported +EUR/);
    expect(lines.find((line) => line.includes('Campaign 1'))).toMatch(/ 10 +1,000 +1 +20$/);
    expect(lines.find((line) => line.startsWith('total'))).toMatch(/ 20 +2,000 +2 +41$/);
  });

  it('sums up what a screen has no room for', async () => {
    const lines = (await clicksReport(warehouseOf(33), settings, {})).split('\n');
    expect(lines.find((line) => line.startsWith('3 more'))).toMatch(/ 30 +3,000 +3 +61$/);
    expect(lines.find((line) => line.startsWith('total'))).toMatch(/ 330 +33,000 +33 +673$/);
    expect(lines.some((line) => line.includes('Campaign 30'))).toBe(false);
  });

  it('says that there is nothing, and prints rows as JSON', async () => {
    expect(await clicksReport(warehouseOf(0), settings, {})).toMatch(/no reported clicks/);
    const json = JSON.parse(await clicksReport(warehouseOf(33), settings, { json: true }));
    expect(json).toHaveLength(33);
  });
});
