import { openProjectWarehouse, type ProjectWarehouse } from '../support/project-warehouse';
import { describeDifference, tableRows } from '../support/table-rows';

jest.setTimeout(120_000);

/**
 * An order that a server tells of at once, and the visits of two browsers that come days later: the
 * order joins the visit that last had its login. Nothing else is received on its day.
 */
const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const TABLES = ['session_events', 'int_sessions__sessions', 'sessions'];

let project: ProjectWarehouse;

beforeAll(async () => {
  project = await openProjectWarehouse();
});
afterAll(async () => {
  await project?.close();
});

function event(id: string, cookie: string | null, at: string, receivedOn = at.slice(0, 10)) {
  const isServer = cookie === null;
  return {
    event_id: id,
    event_name: isServer ? 'purchase' : 'page_view',
    site_id: 'shop',
    source: isServer ? 'server' : 'web',
    anonymous_id: cookie,
    user_id: isServer || id.endsWith('login') ? 'u-1' : null,
    occurred_at: `${at}Z`,
    received_at: `${receivedOn}T23:00:00Z`,
    user_agent: isServer ? null : BROWSER,
    page_url: isServer
      ? null
      : `https://shop.example/${id.includes('letter') ? '?utm_source=letter&utm_medium=email' : ''}`,
  };
}

/** Servers' events that are a spell of their own stand in a table beside the others. */
const standsAlone = async (id: string) => {
  const rows = await project.warehouse.query(`
    SELECT 'lone' AS place FROM tributary.int_sessions__visit_events__lone WHERE event_id = '${id}'
    UNION ALL
    SELECT 'visit' FROM tributary.int_sessions__visit_events WHERE event_id = '${id}'`);
  return rows.map(({ place }) => place);
};

const visitorOfOrder = async () => {
  const [row] = await project.warehouse.query<{ id: string; events: number }>(`
    SELECT MIN(IF(event_id != 'order', event_id, NULL)) AS id, COUNT(*) AS events
    FROM tributary.session_events
    WHERE session_id IN (SELECT session_id FROM tributary.session_events WHERE event_id = 'order')`);
  return row;
};

test("a server's event goes to the visit that comes late, and on to a later one; a run that stopped in between is made up for", async () => {
  await project.warehouse.load('events', [
    event('order', null, '2026-05-01T10:00:10'),
    event('a again', 'a', '2026-05-03T09:00:00'),
    event('a more', 'a', '2026-05-04T09:00:00'),
  ]);
  await project.run({ only: TABLES });
  expect(await visitorOfOrder()).toEqual({ id: null, events: 1 });
  expect(await standsAlone('order')).toEqual(['lone']);

  await project.warehouse.load('events', [
    event('a letter', 'a', '2026-05-01T09:59:00', '2026-05-05'),
    event('a login', 'a', '2026-05-01T10:00:00', '2026-05-05'),
  ]);
  await project.run({ only: TABLES, stopsBeforePostOperations: true });
  await project.run({ only: TABLES });
  expect(await visitorOfOrder()).toEqual({ id: 'a letter', events: 3 });
  expect(await standsAlone('order')).toEqual(['visit']);

  await project.warehouse.load('events', [
    event('b login', 'b', '2026-05-01T10:00:05', '2026-05-06'),
  ]);
  await project.run({ only: TABLES });
  expect(await visitorOfOrder()).toEqual({ id: 'b login', events: 2 });
  const told = await project.warehouse.query(`
    SELECT FORMAT_TIMESTAMP('%d', started_at) AS day, split_cause, last_non_direct_source AS source
    FROM tributary.sessions WHERE source_rule = 'direct' AND session_date < '2026-05-31' ORDER BY day, split_cause`);
  expect(told).toEqual([
    { day: '01', split_cause: 'first', source: '(direct)' },
    { day: '03', split_cause: 'timeout', source: 'letter' },
    { day: '04', split_cause: 'timeout', source: 'letter' },
  ]);

  const grown = await tableRows(project.warehouse, TABLES);
  await project.run({ only: TABLES, fullRefresh: true });
  expect(describeDifference(grown, await tableRows(project.warehouse, TABLES))).toBe('');
});

test("a server's event that its visit leaves stands alone again, also where a run stopped in between", async () => {
  const of = (user: string, row: ReturnType<typeof event>) => ({
    ...row,
    user_id: row.user_id && user,
  });
  await project.warehouse.load(
    'events',
    [
      event('c login', 'c', '2026-06-01T10:00:00'),
      event('d login', 'd', '2026-06-03T10:00:00', '2026-06-04'),
      event('refund', null, '2026-06-03T10:05:00'),
    ].map((row) => of('u-2', row)),
  );
  await project.run({ only: TABLES });
  expect(await standsAlone('refund')).toEqual(['visit']);

  // An earlier receipt of the same event tells of no login, and so the refund joins the cookie before.
  await project.warehouse.load('events', [
    { ...event('d login', 'd', '2026-06-03T10:00:00', '2026-06-03'), user_id: null },
  ]);
  await project.run({ only: TABLES, stopsBeforePostOperations: true });
  // Close to it, so that it is not left as it stands.
  await project.warehouse.load('events', [
    event('c more', 'c', '2026-06-03T10:25:00', '2026-06-05'),
  ]);
  await project.run({ only: TABLES });
  expect(await standsAlone('refund')).toEqual(['visit']);
  const [{ visitors } = {}] = await project.warehouse.query<{ visitors: number }>(`
    SELECT COUNT(DISTINCT visitor_id) AS visitors FROM tributary.session_events
    WHERE event_id IN ('c login', 'refund', 'c more')`);
  expect(visitors).toBe(1);

  const grown = await tableRows(project.warehouse, TABLES);
  await project.run({ only: TABLES, fullRefresh: true });
  expect(describeDifference(grown, await tableRows(project.warehouse, TABLES))).toBe('');
});

test('an event joins a spell of which no session is built yet, or of which one began the day before', async () => {
  await project.warehouse.load('events', [
    event('e night', 'e', '2026-07-01T23:50:00', '2026-07-02'),
    event('e early', 'e', '2026-07-02T00:15:00'),
    event('e awake', 'e', '2026-07-02T00:40:00'),
  ]);
  await project.run({ only: TABLES });
  // Of these a run cuts the events, and ends before their session is built.
  await project.warehouse.load('events', [event('f first', 'f', '2026-07-10T10:00:00')]);
  await project.run({ only: ['int_sessions__visit_events'] });
  await project.warehouse.load('events', [
    event('f second', 'f', '2026-07-10T10:10:00', '2026-07-11'),
    event('e more', 'e', '2026-07-02T01:05:00', '2026-07-11'),
  ]);
  await project.run({ only: TABLES });
  const sessions = await project.warehouse.query(`
    SELECT FORMAT_TIMESTAMP('%d', started_at) AS day, event_count
    FROM tributary.sessions WHERE session_date >= '2026-07-01' ORDER BY day`);
  expect(sessions).toEqual([
    { day: '01', event_count: 4 },
    { day: '10', event_count: 2 },
  ]);

  const grown = await tableRows(project.warehouse, TABLES);
  await project.run({ only: TABLES, fullRefresh: true });
  expect(describeDifference(grown, await tableRows(project.warehouse, TABLES))).toBe('');
});
