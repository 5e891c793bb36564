import { openProjectWarehouse, type ProjectWarehouse } from '../support/project-warehouse';

jest.setTimeout(300_000);

/**
 * A visitor that never stops: one event a second in one session, beside somebody who looks at one
 * page. The guard of the settings cuts at 1,000 events.
 */
const EVENTS = 5300;
const START = Date.UTC(2026, 4, 1, 8);
const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const MODELS = ['int_reporting__event_issues', 'touchpoints', 'session_products'];

let project: ProjectWarehouse;

beforeAll(async () => {
  project = await openProjectWarehouse();
  const events = Array.from({ length: EVENTS }, (_, number) => event('runaway', number));
  // The second half comes first: the guard's cuts move when the first half is there.
  await project.warehouse.load('events', [
    ...events.slice(EVENTS / 2),
    { ...event('human', 10), user_id: 'u-1' },
  ]);
  await project.run({ only: MODELS });
  await project.warehouse.load('events', events.slice(0, EVENTS / 2));
  await project.run({ only: MODELS });
});
afterAll(async () => {
  await project?.close();
});

function event(visitor: string, second: number) {
  const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();
  return {
    event_id: `${visitor}-${second}`,
    event_name: second % 100 === 0 ? 'product_view' : 'page_view',
    site_id: 'shop',
    source: 'web',
    anonymous_id: visitor,
    user_id: null as string | null,
    user_agent: BROWSER,
    page_url: `https://www.shop.example/p${second % 7}`,
    occurred_at: at(second),
    received_at: at(second + 1),
    properties: { product_id: `p-${second % 3}` },
  };
}

test('the guard cuts and marks each piece of its session, and no event is lost', async () => {
  const sessions = await project.warehouse.query(`
    SELECT split_cause, is_guarded, event_count
    FROM tributary.sessions ORDER BY is_guarded, started_at`);
  const piece = (split_cause: string, event_count: number) => ({
    split_cause,
    is_guarded: true,
    event_count,
  });
  expect(sessions).toEqual([
    { split_cause: 'first', is_guarded: false, event_count: 1 },
    piece('first', 1000),
    ...Array.from({ length: 4 }, () => piece('guard', 1000)),
    piece('guard', EVENTS % 1000),
  ]);
  const [events] = await project.warehouse.query(
    'SELECT COUNT(*) AS n, COUNT(DISTINCT event_id) AS ids FROM tributary.session_events',
  );
  expect(events).toEqual({ n: EVENTS + 1, ids: EVENTS + 1 });
});

test('its products are counted, and data health counts its sessions', async () => {
  const [products] = await project.warehouse.query(
    'SELECT SUM(view_count) AS views FROM tributary.session_products',
  );
  expect(products).toEqual({ views: EVENTS / 100 });
  const issues = await project.warehouse.query(`
    SELECT issue, SUM(affected_count) AS n FROM tributary.int_reporting__event_issues
    GROUP BY issue`);
  expect(issues).toEqual([{ issue: 'guarded_session', n: 6 }]);
});

test('it grew to what a full refresh gives', async () => {
  const content = () =>
    project.warehouse.query(`
      SELECT event_id, session_id, sequence, split_cause, is_guarded
      FROM tributary.session_events ORDER BY event_id`);
  const grown = await content();
  await project.run({ only: ['session_events'], fullRefresh: true });
  expect(await content()).toEqual(grown);
});
