import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Row } from '@tributary/functions/warehouse/warehouse';
import { models } from '../../includes/attribution_models';
import { startServing } from '../support/served-warehouse';
import { createTributary, type TributaryCommand } from '../support/tributary-command';

jest.setTimeout(300_000);

const data = resolve(__dirname, '../../../shared/data');
const describeWithData = existsSync(data) ? describe : describe.skip;
if (!existsSync(data)) console.warn('Skipped: ../shared/data is absent, so there is no real data.');

/** What journeys_raw.csv and channel_costs.csv hold. */
const CONVERSIONS = 1946;
const REVENUE = '112062.07';
const COST = '293883.434';
const MODELS = models.map(({ model }) => model).sort();

describeWithData('real files through the command', () => {
  let tributary: TributaryCommand;
  let imported: string;
  let query: (sql: string) => Promise<Row[]>;

  beforeAll(async () => {
    tributary = createTributary();
    const log = join(data, 'access_log/access.log');
    imported = (await tributary.succeed('import', 'access-log', log, '--site', 'semicomplete'))
      .stdout;
    await tributary.succeed('import', 'journeys', join(data, 'ihc/journeys_raw.csv'));
    await tributary.succeed('import', 'costs', join(data, 'ihc/channel_costs.csv'));
    await tributary.succeed('import', 'lift-tests', join(__dirname, 'real-data-lift-tests.csv'));
    await tributary.succeed('run');
    const { warehouse } = await startServing(tributary);
    query = (sql) => warehouse.query(sql);
  });
  afterAll(async () => {
    await tributary?.remove();
  });

  test('every line of the access log is an event or kept aside with a reason', async () => {
    expect(imported).toContain('9,999 rows loaded, 1 kept aside');
    expect(
      await query(
        `SELECT (SELECT COUNT(*) FROM raw.events) AS events,
           (SELECT COUNT(*) FROM raw.bad_events WHERE reason != '') AS kept_aside`,
      ),
    ).toEqual([{ events: 9999, kept_aside: 1 }]);
  });

  test('crawlers and assets are flagged', async () => {
    const [row] = await query(
      'SELECT COUNTIF(is_bot) AS bots, COUNTIF(is_asset) AS assets FROM stg_events',
    );
    expect(row?.bots).toBeGreaterThan(500);
    expect(row?.assets).toBeGreaterThan(1000);
  });

  test('sessions carry real channels; organic search comes from many Google domains', async () => {
    const channels = await query(
      `SELECT channel, COUNT(*) AS n FROM sessions
       WHERE site_id = 'semicomplete' AND NOT is_bot GROUP BY channel`,
    );
    const counts = new Map(channels.map(({ channel, n }) => [channel, n]));
    for (const channel of ['Organic Search', 'Direct', 'Referral']) {
      expect([channel, counts.get(channel) ?? 0]).not.toEqual([channel, 0]);
    }
    const [google] = await query(
      `SELECT COUNT(DISTINCT NET.HOST(landing_referrer)) AS domains FROM sessions
       WHERE channel = 'Organic Search' AND source = 'google'`,
    );
    expect(google?.domains).toBeGreaterThanOrEqual(35);
    const [days] = await query(
      `SELECT COUNT(DISTINCT report_date) AS n FROM rpt_channel_daily
       WHERE site_id = 'semicomplete' AND session_count > 0`,
    );
    expect(days?.n).toBe(4);
  });

  test('each model gives out all conversions, all revenue and all cost, exactly', async () => {
    const rows = await query(
      `SELECT model, CAST(SUM(credit) AS STRING) AS credit,
         CAST(SUM(attributed_revenue_amount_base) AS STRING) AS revenue
       FROM attribution GROUP BY model ORDER BY model`,
    );
    const all = { credit: String(CONVERSIONS), revenue: REVENUE };
    expect(rows).toEqual(MODELS.map((model) => ({ model, ...all })));
    const reported = await query(
      `SELECT model, CAST(SUM(cost_amount_base) AS STRING) AS cost,
         CAST(SUM(attributed_conversion_count) AS STRING) AS conversions,
         CAST(SUM(attributed_revenue_amount_base) AS STRING) AS revenue
       FROM rpt_model_comparison GROUP BY model ORDER BY model`,
    );
    const sums = { cost: COST, conversions: String(CONVERSIONS), revenue: REVENUE };
    expect(reported).toEqual(MODELS.map((model) => ({ model, ...sums })));
  });

  test('lift tests choose a model and draw it to them; each channel says how sure it is', async () => {
    const rows = await query(
      `SELECT channel, lift_status, ROUND(conversion_share * 1946) AS conversions
       FROM rpt_attribution_confidence
       WHERE model = 'chosen' AND lift_test_count > 0 ORDER BY channel`,
    );
    expect(rows).toEqual([
      { channel: 'Newsletter & Email', lift_status: 'agrees', conversions: expect.any(Number) },
      { channel: 'Performance Max', lift_status: 'agrees', conversions: expect.any(Number) },
    ]);
    for (const row of rows) expect(Math.abs(Number(row.conversions) - 200)).toBeLessThan(20);
    const [left] = await query(
      `SELECT COUNTIF(lift_status = 'not validated') > 0 AS has_others,
         CAST(SUM(attributed_conversion_count) AS STRING) AS conversions
       FROM rpt_attribution_confidence WHERE model = 'chosen'`,
    );
    expect(left).toEqual({ has_others: true, conversions: String(CONVERSIONS) });
    const report = await tributary.succeed('report', '--confidence');
    expect(report.stdout).toMatch(/fits? the 2 lift tests (best|equally well)/);
    expect(report.stdout).toMatch(/^Performance Max .* agrees -?\d\.\d \(1\)$/m);
  });

  test('IHC is trained on them, and each conversion has its touchpoints', async () => {
    const [row] = await query(
      `SELECT COUNT(DISTINCT model_version) AS versions, MIN(model_version) AS version,
         COUNTIF(session_id IS NULL) AS without_session
       FROM attribution WHERE model = 'ihc'`,
    );
    expect(row).toEqual({
      versions: 1,
      version: expect.stringMatching(/^ihc-[0-9a-f]{12}$/),
      without_session: 0,
    });
  });

  test('the same file once more is nothing new', async () => {
    const again = await tributary.succeed('import', 'costs', join(data, 'ihc/channel_costs.csv'));
    expect(again.stdout).toContain('Nothing new');
  });
});
