import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { toStoredRow } from '@tributary/functions/attribution/stored-parameters';
import { ANY_PORTS, type ServedWarehouse, startServing } from '../support/served-warehouse';
import {
  createTributary,
  stop,
  type TributaryCommand,
  waitFor,
} from '../support/tributary-command';
import { simpleParameters } from '../unit/functions/attribution/support';

jest.setTimeout(240_000);

let tributary: TributaryCommand;
let served: ServedWarehouse;

beforeAll(async () => {
  tributary = createTributary();
  served = await startServing(tributary);
  const trained_at = '2026-01-01T00:00:00Z';
  const trained = { conversion_type: 'registration', model_version: 'test-1', trained_at };
  await served.warehouse.load('ihc_parameters', [toStoredRow({ ...simpleParameters, ...trained })]);
});
afterAll(async () => {
  await tributary?.remove();
});

function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(`${served.functionsUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** The answer's body, as whatever it is. */
async function jsonOf(answer: Response) {
  return JSON.parse(await answer.text());
}

const event = {
  event_name: 'page_view',
  site_id: 'shop',
  anonymous_id: 'me',
  page_url: 'https://shop.example/?utm_source=newsletter&utm_medium=email',
  consent: { analytics: true },
};

test('an event that was posted is in sessions after the next run; activate shows uploads', async () => {
  const answer = await post('/v1/events', event);
  expect([answer.status, await answer.json()]).toEqual([200, { accepted: 1, rejected: [] }]);

  const run = await tributary.succeed('run', '--json', '--price-per-tib=7');
  const { models, total } = JSON.parse(run.stdout);
  const billed = (name: string): number | undefined =>
    models.find(({ model }: { model: string }) => model === name)?.bytesBilled;
  // It reads the one event, of a table that is billed with at least 10 MiB.
  expect(billed('stg_events')).toBeGreaterThanOrEqual(10 * 1024 * 1024);
  expect(billed('session_products')).toBe(0);
  expect(total).toMatchObject({ pricePerTib: 7, currency: 'USD' });
  expect(total.price).toBeCloseTo((total.bytesBilled / 2 ** 40) * 7, 9);
  const dry = await tributary.succeed('query', '--dry-run', 'SELECT COUNT(*) AS n FROM sessions');
  expect(dry.stdout).toBe(
    'The query would read 0 B; BigQuery would bill 0 B, 0.00 USD at 6.25 USD per TiB.\n',
  );
  const sessions = await tributary.query(
    'SELECT source, medium, channel, event_count FROM sessions',
  );
  expect(sessions).toEqual([
    { source: 'newsletter', medium: 'email', channel: expect.any(String), event_count: 1 },
  ]);

  const preview = await post('/v1/activate', { dry_run: true }, { 'x-api-key': served.apiKey });
  expect([preview.status, await preview.json()]).toEqual([
    200,
    expect.objectContaining({ dry_run: true, sent: 0 }),
  ]);
});

test('a bad event is refused with its reason, and kept aside with it', async () => {
  const answer = await post('/v1/events', { ...event, event_name: 'Page View' });
  const { accepted, rejected } = await jsonOf(answer);
  expect([answer.status, accepted]).toEqual([400, 0]);
  expect(rejected).toEqual([
    { index: 0, path: 'event_name', reason: expect.stringContaining('snake_case') },
  ]);
  expect(
    await served.warehouse.query("SELECT reason FROM raw.bad_events WHERE path = 'event_name'"),
  ).toEqual([{ reason: rejected[0].reason }]);
});

test('a body that is no JSON is refused with a sentence', async () => {
  const answer = await post('/v1/events', '{"event_name": ');
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('JSON');
});

test('compute_ihc scores for callers with the key, and for no others', async () => {
  const session = { channel_label: 'Direct', holder_engagement: 1, closer_engagement: 1 };
  const body = {
    customer_journeys: [
      { conversion_id: 'c', session_id: 's1', timestamp: '2026-01-01 00:00:00', ...session },
      { conversion_id: 'c', session_id: 's2', timestamp: '2026-01-01 05:00:00', ...session },
    ].map((row, index) => ({ ...row, conversion: index })),
  };
  const path = '/v1/compute_ihc?conv_type_id=registration';
  expect((await post(path, body)).status).toBe(401);
  expect((await post(path, body, { 'x-api-key': 'of somebody else' })).status).toBe(403);

  const answer = await post(path, body, { 'x-api-key': served.apiKey });
  const { value, partialFailureErrors } = await jsonOf(answer);
  expect([answer.status, partialFailureErrors]).toEqual([200, []]);
  expect(value.map((row: { session_id: string }) => row.session_id)).toEqual(['s1', 's2']);
  expect(value[0].ihc + value[1].ihc).toBeCloseTo(1, 3);

  const unknown = await post('/v1/compute_ihc?conv_type_id=nothing', body, {
    'x-api-key': served.apiKey,
  });
  expect(unknown.status).toBe(404);
  expect(await unknown.text()).toContain('use one of registration');
});

test('a second serve on the same warehouse says where the first one is', async () => {
  const { code, stderr } = await tributary.run('serve', ...ANY_PORTS);
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^Error: The warehouse .* is already served at http.*: use that one.*\.\n$/,
  );
});

test.each(['--port', '--bigquery-port'])('%s in use is said in one sentence', async (option) => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const { port } = other.address() as AddressInfo;
  const elsewhere = createTributary();
  try {
    const ports = ['--port', '0', '--bigquery-port', '0', option, String(port)];
    const { code, stderr } = await elsewhere.run('serve', ...ports);
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^Error: Port ${port} is in use: .*\\.\n$`));
    expect(existsSync(join(elsewhere.dir, 'server.json'))).toBe(false);
  } finally {
    await elsewhere.remove();
    other.close();
  }
});

test('serve stops when it is asked to, and leaves no mark', async () => {
  const elsewhere = createTributary();
  const child = elsewhere.start('serve', ...ANY_PORTS);
  await waitFor(child, /Stop with/);
  expect((await stop(child)).code).toBe(0);
  expect(existsSync(join(elsewhere.dir, 'server.json'))).toBe(false);
  await elsewhere.remove();
});
