import { projectWithSettings } from '../support/edited-project';
import { openProjectWarehouse, type ProjectWarehouse } from '../support/project-warehouse';

jest.setTimeout(300_000);

/** One person on the way from first visit to third order; another orders without any visit. */
const visits = [
  visit('a1', '2026-03-01T10:00:00Z', { landing: '?utm_source=google&utm_medium=cpc&gclid=x' }),
  visit('a2', '2026-03-05T10:00:00Z', {}),
  { ...visit('a3', '2026-03-05T10:05:00Z', {}), event_name: 'registration', email_sha256: 'ada' },
  visit('a4', '2026-03-09T10:00:00Z', { landing: '?utm_source=news&utm_medium=email' }),
  visit('a5', '2026-03-20T10:00:00Z', { landing: '?utm_source=news&utm_medium=email' }),
];
const orders = [
  order('o1', '2026-03-09T10:30:00Z', 'EUR', 100),
  order('o2', '2026-03-20T10:30:00Z', 'USD', 33.33),
  order('o3', '2026-03-20T12:00:00Z', 'EUR', 10),
  { ...order('o4', '2026-03-21T12:00:00Z', 'EUR', 7), email_sha256: 'bob' },
];

/** A type of the shop's own, and conversions as touches of others. */
const edited = projectWithSettings({
  "conversion_type: 'registration',":
    "conversion_type: 'registration', touch_channel: 'Signed up',",
  "conversion_type: 'first_order',":
    "conversion_type: 'first_order', touch_conversion_types: ['registration'],",
  '  conversion_types: [': `  conversion_types: [
    {
      conversion_type: 'view',
      source: 'event',
      event_name: 'brochure',
      once_per_customer: true,
      lookback_days: 30,
      starts_after_previous: false,
      touch_conversion_types: ['first_order'],
    },`,
});
let project: ProjectWarehouse;
let before: Awaited<ReturnType<typeof readState>>;
let after: Awaited<ReturnType<typeof readState>>;

beforeAll(async () => {
  project = await openProjectWarehouse(edited.dir);
  const { warehouse } = project;
  await warehouse.load('events', visits);
  await warehouse.load('orders', orders);
  await warehouse.load('exchange_rates', [
    {
      currency_code: 'USD',
      base_currency_code: 'EUR',
      rate_date: '2026-03-20',
      rate: '0.9',
      ingested_at: '2026-03-21T00:00:00Z',
    },
  ]);
  const models = { only: ['attribution', 'rpt_model_comparison', 'rpt_journey_detail'] };
  await project.run(models);
  before = await readState();
  // Later: a part of o1 comes back, o2 wholly, and o3 with a goodwill on top.
  await warehouse.load('orders', [
    { ...orders[0], refund_amount: '30.01', ingested_at: '2026-05-01T00:00:00Z' },
    { ...orders[1], refund_amount: '33.33', ingested_at: '2026-05-01T00:00:00Z' },
    { ...orders[2], refund_amount: '12.5', ingested_at: '2026-05-01T00:00:00Z' },
  ]);
  await project.run();
  after = await readState();
});
afterAll(async () => {
  await project?.close();
  edited.remove();
});

describe('a conversion of one type', () => {
  test('is a touch of the journey of another, in its place, by its own channel', () => {
    expect(before.touches).toEqual([
      ['order-o1', 1, 'Paid Search'],
      ['order-o1', 2, 'Direct'],
      ['order-o1', 3, 'Signed up'],
      ['order-o1', 4, 'Email'],
      ['order-o2', 1, 'Email'],
      ['registration-a3', 1, 'Paid Search'],
      ['registration-a3', 2, 'Direct'],
      ['view-a5', 1, 'Paid Search'],
      ['view-a5', 2, 'Direct'],
      ['view-a5', 3, 'Email'],
      ['view-a5', 4, 'first_order'],
      ['view-a5', 5, 'Email'],
    ]);
  });

  test('earns credit as a session does, and shows in the report', () => {
    expect(before.linear).toEqual([
      ['order-o1', '(session)', '0.25'],
      ['order-o1', '(session)', '0.25'],
      ['order-o1', '(session)', '0.25'],
      ['order-o1', 'registration-a3', '0.25'],
    ]);
    expect(before.signedUp).toEqual([['2026-03-05', '0.25', '25']]);
  });
});

describe('revenue', () => {
  test('is in the base currency, to the cent, for every model', () => {
    // 33.33 USD at 0.9 are 29.997.
    expect(before.revenues).toEqual([
      ['order-o1', '100', '100'],
      ['order-o2', '30', '30'],
      ['order-o3', '10', '10'],
      ['order-o4', '7', '7'],
      ['registration-a3', '0', '0'],
      ['view-a5', '0', '0'],
    ]);
  });

  test('is less what is refunded later: in part, wholly, and more than was paid', () => {
    expect(after.revenues.slice(0, 4)).toEqual([
      ['order-o1', '69.99', '69.99'],
      ['order-o2', '0', '0'],
      ['order-o3', '-2.5', '-2.5'],
      ['order-o4', '7', '7'],
    ]);
  });

  test('of a conversion without touches goes to (none)', () => {
    expect(before.none).toEqual(
      [
        ['return_order', '10'],
        ['first_order', '7'],
      ].sort(),
    );
  });

  test('and credit are conserved: no assertion fails', async () => {
    const failed = await project.failedAssertions();
    expect(failed.filter((name) => /journeys|attribution/.test(name))).toEqual([]);
  });
});

async function readState() {
  const rowsOf = async (sql: string) =>
    (await project.warehouse.query(sql)).map((row) => Object.values(row));
  return {
    touches: await rowsOf(
      'SELECT conversion_id, position, channel FROM tributary.touchpoints ORDER BY conversion_id, position',
    ),
    linear: await rowsOf(`
      SELECT conversion_id, IF(STARTS_WITH(session_id, 'registration'), session_id, '(session)') AS touch,
        CAST(credit AS STRING)
      FROM tributary.rpt_journey_detail
      WHERE model = 'linear' AND conversion_id = 'order-o1' ORDER BY touch`),
    signedUp: await rowsOf(`
      SELECT CAST(report_date AS STRING), CAST(attributed_conversion_count AS STRING),
        CAST(attributed_revenue_amount_base AS STRING)
      FROM tributary.rpt_model_comparison WHERE model = 'linear' AND channel = 'Signed up'`),
    none: await rowsOf(`
      SELECT conversion_type, CAST(attributed_revenue_amount_base AS STRING)
      FROM tributary.rpt_model_comparison
      WHERE model = 'linear' AND channel = '(none)' AND conversion_type != '(traffic)'
      ORDER BY conversion_type`),
    // The smallest and the largest sum over the models.
    revenues: await rowsOf(`
      SELECT conversion_id, CAST(MIN(revenue) AS STRING), CAST(MAX(revenue) AS STRING)
      FROM (
        SELECT model, conversion_id, SUM(attributed_revenue_amount_base) AS revenue
        FROM tributary.attribution GROUP BY model, conversion_id
      )
      GROUP BY conversion_id ORDER BY conversion_id`),
  };
}

function visit(id: string, at: string, { landing = '' }: { landing?: string }) {
  return {
    event_id: id,
    event_name: id === 'a5' ? 'brochure' : 'page_view',
    site_id: 'shop',
    source: 'web',
    occurred_at: at,
    received_at: at,
    anonymous_id: 'cookie',
    email_sha256: null as string | null,
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36',
    page_url: `https://shop.example/${landing}`,
    consent: { analytics: true, marketing: true, personalization: true, third_party: true },
  };
}

function order(order_id: string, ordered_at: string, currency_code: string, amount: number) {
  return {
    order_id,
    email_sha256: 'ada',
    ordered_at,
    status: 'paid',
    revenue_amount: `${amount}`,
    refund_amount: '0',
    currency_code,
    items: [],
    ingested_at: '2026-04-01T00:00:00Z',
  };
}
