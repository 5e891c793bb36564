import { campaigns, untaggedCampaign } from '@tributary/local/demo/shop/campaigns';
import { ClickBook } from '@tributary/local/demo/shop/clicks';
import { makeCosts } from '@tributary/local/demo/shop/costs';
import { makeRates } from '@tributary/local/demo/shop/rates';
import { rowsOf } from '../rows';

const startsAt = Date.parse('2026-08-03T00:00:00Z');
const costs = (clicks = new ClickBook(startsAt)) => rowsOf(makeCosts(1, 90, startsAt, clicks));

describe('makeCosts', () => {
  it('rounds to the decimals of the currency', () => {
    const rows = costs();
    const unit = (row: (typeof rows)[number]) => (row.currency_code === 'JPY' ? 1000 : 10);
    expect(rows.filter((row) => Number(row.cost_amount) % unit(row) !== 0)).toEqual([]);
    expect(new Set(rows.map((row) => row.currency_code))).toEqual(
      new Set(['EUR', 'USD', 'GBP', 'JPY']),
    );
  });

  it('reports at least as many clicks as arrived', () => {
    const book = new ClickBook(startsAt);
    const meta = campaigns.findIndex(({ origin }) => origin === 'meta_prospecting');
    for (let click = 0; click < 100; click++) book.click(meta, 1, startsAt + 5 * 86_400_000);
    const row = costs(book).find(
      (candidate) => candidate.ad_id === '120220002' && Number(candidate.click_count) > 0,
    );
    expect(row).toMatchObject({ cost_date: Math.round(startsAt / 86_400_000) + 5 });
    expect(Number(row?.click_count)).toBeGreaterThanOrEqual(100);
  });

  it('has cost where nobody clicked, and a campaign whose clicks carry no tag', () => {
    const rows = costs();
    expect(rows.some((row) => row.click_count === 0 && Number(row.cost_amount) > 0)).toBe(true);
    expect(rows.some((row) => row.campaign_id === untaggedCampaign.id)).toBe(true);
  });

  it('corrects some rows: the same key, ingested later', () => {
    const rows = costs();
    const keys = new Set(
      rows.map(
        (row) =>
          `${row.platform} ${row.campaign_id} ${row.ad_group_id} ${row.ad_id} ${row.cost_date}`,
      ),
    );
    expect(keys.size).toBeLessThan(rows.length);
    expect(rows.length - keys.size).toBeGreaterThan(30);
  });

  it('names the renamed campaign anew, under the id it had', () => {
    const names = new Set(
      costs()
        .filter((row) => row.campaign_id === '120200001')
        .map((row) => row.campaign_name),
    );
    expect(names).toEqual(new Set(['Prospecting | Broad', 'Advantage+ | Broad']));
  });
});

describe('makeRates', () => {
  it('has one positive rate a day for every foreign currency', () => {
    const rows = rowsOf(makeRates(1, 90, startsAt));
    expect(rows).toHaveLength(270);
    expect(new Set(rows.map((row) => `${row.currency_code} ${row.rate_date}`)).size).toBe(270);
    for (const row of rows) expect(Number(row.rate)).toBeGreaterThan(0);
  });
});
