import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { projectWithAdapters } from '../support/adapter-project';
import { loadGa4, loadSegment, loadSnowplow } from '../support/adapter-rows';
import { openProjectWarehouse, type ProjectWarehouse } from '../support/project-warehouse';
import { describeDifference, tableRows } from '../support/table-rows';

jest.setTimeout(300_000);

/** What is asked of the project at one time. */
type State = Awaited<ReturnType<typeof readState>>;

let folder: ReturnType<typeof projectWithAdapters>;
let project: ProjectWarehouse;
/** The last day is streamed; then its final table has come, and the day before was written anew. */
let streamed: State;
let final: State;
let failedAssertions: string[];
/** The models up to sessions and orders, as they grew, against a full refresh. */
let difference: string;

beforeAll(async () => {
  folder = projectWithAdapters();
  project = await openProjectWarehouse(folder.dir);
  const { warehouse } = project;
  await loadGa4(warehouse, '20261118', ['events_20261118']);
  await loadGa4(warehouse, '20261119', ['events_20261119']);
  await loadGa4(warehouse, 'intraday_20261120', ['events_intraday_20261120']);
  await loadSnowplow(warehouse);
  await loadSegment(warehouse);
  await project.run();
  streamed = await readState();
  failedAssertions = await project.failedAssertions();

  // The streaming table lives on for a while beside the final one.
  await loadGa4(warehouse, '20261120', ['events_20261120']);
  await loadGa4(warehouse, '20261119', ['events_20261119', 'events_20261119_rewritten']);
  const only = ['sessions', 'stg_shop__orders', 'rpt_ga4_session_differences'];
  await project.run({ only });
  final = await readState();
  const models = inOrder(only);
  const grown = await tableRows(warehouse, models);
  await project.run({ only, fullRefresh: true });
  difference = describeDifference(grown, await tableRows(warehouse, models));
});
afterAll(async () => {
  await project?.close();
  folder?.remove();
});

describe('existing tracking', () => {
  test('makes sessions with sources, channels and engagement', () => {
    expect(streamed.sessions).toEqual(bySiteAndStart(expected('sessions')));
  });

  test('makes orders of its purchases, less refunds', () => {
    expect(streamed.orders).toEqual([
      ['SG1', '49.9', '0', '9.48', 'EUR', 1],
      ['SP1', '104.7', '49.9', '16.72', 'EUR', 1],
      ['SP2', '20', '0', null, 'EUR', 0],
      ['T1', '169.9', '0', '27.13', 'EUR', 2],
    ]);
  });

  test('reaches journeys and attribution, and what must be conserved is', () => {
    expect(streamed.journeys).toEqual([
      ['SG1', 'Email > Paid Search'],
      ['SP1', 'Paid Search > Direct'],
      ['SP2', 'Paid Social'],
      ['T1', 'Paid Search > Email > Affiliates > Direct'],
    ]);
    // 49.9 + 104.7 - 49.9 + 20 + 169.9, by every model.
    expect(streamed.revenues).toEqual([['294.6']]);
    expect(failedAssertions).toEqual([]);
  });

  test("GA4's sessions stand beside ours, with the causes of the differences", () => {
    expect(streamed.differences).toEqual(expected('differences'));
    expect(streamed.totals).toEqual([[11, 8, 11, 8]]);
  });

  test('a final table counts in place of the streaming one', () => {
    const newer = (state: State) =>
      state.sessions.filter(([site, start]) => site === 'web' && String(start) >= '2026-11-20');
    const places = (rows: unknown[][]) => rows.map((row) => [row[1], row[3], row[14]]);
    expect(places(newer(streamed))).toEqual([
      ['2026-11-20 09:00:00', '(direct)', 3],
      ['2026-11-20 11:00:00', '(direct)', 1],
    ]);
    expect(places(newer(final))).toEqual([
      ['2026-11-20 09:00:00', 'newsletter', 3],
      ['2026-11-20 11:30:00', '(direct)', 1],
    ]);
    expect(final.totals).toEqual([[12, 9, 12, 9]]);
  });

  test('runs over growing and rewritten tables equal one full refresh', () => {
    expect(difference).toBe('');
  });
});

const expected = (name: string): unknown[][] =>
  parse(readFileSync(join(resolve(__dirname, '../adapters/expected'), `${name}.yaml`), 'utf8'));

const bySiteAndStart = (rows: unknown[][]) =>
  [...rows].sort((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1));

async function readState() {
  return {
    sessions: bySiteAndStart(
      await rowsOf(`
      SELECT site_id, FORMAT_TIMESTAMP('%F %T', started_at), split_cause, source, medium,
        campaign, channel, device, page_view_count, product_view_count, search_count,
        add_to_cart_count, checkout_step_count, conversion_event_count, event_count,
        engaged_seconds, user_id
      FROM tributary.sessions`),
    ),
    orders: await rowsOf(`
      SELECT order_id, CAST(revenue_amount AS STRING), CAST(refund_amount AS STRING),
        CAST(tax_amount AS STRING), currency_code, ARRAY_LENGTH(items)
      FROM tributary.stg_shop__orders ORDER BY order_id`),
    journeys: await rowsOf(`
      SELECT conversions.order_id, STRING_AGG(touchpoints.channel, ' > ' ORDER BY position)
      FROM tributary.touchpoints
      INNER JOIN tributary.conversions USING (conversion_id)
      WHERE conversions.order_id IS NOT NULL
      GROUP BY order_id ORDER BY order_id`),
    revenues: await rowsOf(`
      SELECT DISTINCT CAST(SUM(attributed_revenue_amount_base) AS STRING)
      FROM tributary.attribution GROUP BY model`),
    differences: await rowsOf(`
      SELECT CAST(report_date AS STRING) AS day, cause, session_count, ga4_session_count,
        affected_count
      FROM tributary.rpt_ga4_session_differences ORDER BY day, cause`),
    // The report's sums, beside what they must be.
    totals: await rowsOf(`
      SELECT
        (SELECT SUM(session_count) FROM tributary.rpt_ga4_session_differences),
        (SELECT SUM(ga4_session_count) FROM tributary.rpt_ga4_session_differences),
        (SELECT COUNT(*) FROM tributary.sessions WHERE site_id = 'web'),
        (SELECT COUNT(DISTINCT anonymous_id || ' ' || CAST(ga_session_id AS STRING))
          FROM tributary.stg_ga4__events)`),
  };
}

async function rowsOf(sql: string): Promise<unknown[][]> {
  const rows = await project.warehouse.query(sql);
  return rows.map((row) => Object.values(row));
}

/** The names of these models and of all that they read. */
function inOrder(names: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const model = project.models.find(({ target }) => target.name === name);
    if (!model || found.has(name)) return;
    found.add(name);
    for (const input of model.dependencyTargets) visit(input.name);
  };
  for (const name of names) visit(name);
  return [...found];
}
