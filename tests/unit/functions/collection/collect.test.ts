import { http } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { createCollect } from '@tributary/functions/collection/collect';
import type { CollectorConfig } from '@tributary/functions/shared/config';
import { keyedSha256, sha256 } from '@tributary/functions/shared/hash';
import { createLog } from '@tributary/functions/shared/log';
import supertest from 'supertest';
import { createMemoryWarehouse } from '../../../support/memory-warehouse';

const now = '2026-11-21T12:00:00.000Z';
const secret = 'a secret of sixteen or more';
const apiKey = 'a key for servers, long enough';
let served = 0;

function setUp(config: Partial<CollectorConfig> = {}) {
  const warehouse = createMemoryWarehouse();
  const collect = createCollect({
    warehouse,
    clock: () => new Date(now),
    log: createLog({ level: 'silent' }),
    apiKeys: [apiKey],
    config: {
      hashSecret: secret,
      sites: 'any',
      allowedOrigins: ['https://shop.example'],
      bodyLimitBytes: 10_000,
      ...config,
    },
  });
  served += 1;
  http(`collect-${served}`, collect);
  const server = getTestServer(`collect-${served}`);
  const post = (body: unknown) =>
    supertest(server)
      .post('/v1/events')
      .set('User-Agent', 'Firefox')
      .set('X-Forwarded-For', '203.0.113.7')
      .send(body as object);
  return { warehouse, server, post };
}

const event = {
  event_name: 'page_view',
  site_id: 'shop',
  anonymous_id: 'a1',
  occurred_at: '2026-11-21T11:59:00Z',
  page_url: 'https://shop.example/?gclid=1&utm_source=x#top',
  consent: { analytics: true },
};

describe('collect', () => {
  it('stores an event with hashed identifiers and answers how many it took', async () => {
    const { warehouse, post } = setUp();
    const full = { ...event, email: ' Ann@Example.com', phone: '+49 (0)30 123456', user_id: 'u1' };
    const response = await post({ ...full, properties: { price: 1.5 } });
    expect([response.status, response.body]).toEqual([200, { accepted: 1, rejected: [] }]);
    expect(warehouse.rows('events')).toEqual([
      {
        event_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        event_name: 'page_view',
        site_id: 'shop',
        source: 'web',
        occurred_at: '2026-11-21T11:59:00.000Z',
        received_at: now,
        anonymous_id: 'a1',
        user_id: 'u1',
        etag_id: null,
        ip_sha256: keyedSha256(secret, '203.0.113.7'),
        ip_prefix_sha256: keyedSha256(secret, '203.0.113.0/24'),
        user_agent: 'Firefox',
        email_sha256: sha256('ann@example.com'),
        phone_sha256: sha256('+4930123456'),
        page_url: 'https://shop.example/?gclid=1&utm_source=x#top',
        page_referrer: null,
        page_title: null,
        consent: { analytics: true, marketing: null, personalization: null, third_party: null },
        properties: { price: 1.5 },
      },
    ]);
  });

  it('keeps no identifiers without consent to analytics, and says so', async () => {
    const { warehouse, post } = setUp();
    const { consent: _, ...silent } = event;
    const response = await post({
      ...silent,
      email: 'ann@example.com',
      page_referrer: 'https://mail.example/?to=ann@example.com',
      properties: { order_id: 'o1', price: 2, comment: 'mail ann@example.com' },
    });
    expect(response.body).toMatchObject({ accepted: 1, note: expect.stringMatching(/consent/) });
    expect(warehouse.rows('events')).toMatchObject([
      {
        anonymous_id: null,
        email_sha256: null,
        ip_sha256: null,
        ip_prefix_sha256: null,
        page_url: 'https://shop.example/?utm_source=x',
        page_referrer: 'https://mail.example/',
        properties: { price: 2, comment: 'mail [redacted]' },
        consent: null,
      },
    ]);
  });

  it('corrects the time by the skew of the clock, for each event or for the batch', async () => {
    const { warehouse, post } = setUp();
    // This client is an hour ahead.
    const sent = { ...event, occurred_at: '2026-11-21T12:59:00Z' };
    await post({ ...sent, event_id: 'e1', sent_at: '2026-11-21T13:00:00Z' });
    await post({ events: [{ ...sent, event_id: 'e2' }], sent_at: '2026-11-21T13:00:00Z' });
    const times = warehouse.rows('events').map((row) => [row.event_id, row.occurred_at]);
    expect(times).toEqual([
      ['e1', '2026-11-21T11:59:00.000Z'],
      ['e2', '2026-11-21T11:59:00.000Z'],
    ]);
  });

  it('takes the time of arrival where the event has none', async () => {
    const { warehouse, post } = setUp();
    const { occurred_at: _, ...timeless } = event;
    await post(timeless);
    expect(warehouse.rows('events')).toMatchObject([{ occurred_at: now }]);
  });

  it('takes the good events of a batch and keeps the bad ones aside', async () => {
    const { warehouse, post } = setUp();
    const response = await post({
      events: [
        event,
        { ...event, event_id: 'bad', email: 'ann@example.com', page_url: 'shop.example' },
        { ...event, user_Id: 'u1' },
        { ...event, consent: { analytics: 'yes' } },
        'nonsense',
      ],
    });
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({
      accepted: 1,
      rejected: [
        { index: 1, event_id: 'bad', path: 'page_url', reason: expect.stringMatching(/https/) },
        { index: 2, path: 'user_Id', reason: expect.stringMatching(/unknown field "user_Id"/) },
        { index: 3, path: 'consent.analytics', reason: expect.stringMatching(/boolean/) },
        { index: 4, path: '' },
      ],
    });
    expect(warehouse.rows('bad_events')).toMatchObject([
      { site_id: 'shop', path: 'page_url', source: 'web', received_at: now },
      { path: 'user_Id' },
      { path: 'consent.analytics' },
      { site_id: null, path: null, payload: 'nonsense' },
    ]);
    expect(JSON.stringify(warehouse.rows('bad_events'))).not.toContain('ann@example.com');
  });

  it.each([
    [{ ...event, occurred_at: '2026-11-21T12:05:01Z' }, 'occurred_at', /future/],
    [{ ...event, occurred_at: '1999-12-31T23:59:59Z' }, 'occurred_at', /before the year 2000/],
    [{ ...event, occurred_at: '2026-11-21 11:00:00' }, 'occurred_at', /a time with its zone/],
    [{ ...event, event_name: undefined }, 'event_name', /is required/],
    [{ ...event, event_name: 'Page View' }, 'event_name', /snake_case/],
    [{ ...event, phone: '030 123456' }, 'phone', /international form/],
    [{ ...event, email: 'ann' }, 'email', /e-mail address/],
    [{ ...event, email: 'a@b.example', email_sha256: '0'.repeat(64) }, 'email_sha256', /different/],
    [{ ...event, ip: '203.0.113.9' }, 'ip', /servers only/],
    [{ ...event, properties: [1] }, 'properties', /record|object/],
  ])('refuses a bad event with 400, its path and a reason %#', async (bad, path, reason) => {
    const { warehouse, post } = setUp();
    const response = await post(bad);
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({
      accepted: 0,
      rejected: [{ index: 0, path, reason: expect.stringMatching(reason) }],
    });
    expect(warehouse.rows('events')).toHaveLength(0);
    expect(warehouse.rows('bad_events')).toHaveLength(1);
  });

  it('gives an event sent again the same id', async () => {
    const { warehouse, post } = setUp();
    await post(event);
    await post({ events: [event, { ...event, event_name: 'search' }] });
    const [first, second, other] = warehouse.rows('events').map((row) => row.event_id);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  it('takes beacons, which come as text', async () => {
    const { warehouse, server } = setUp();
    const response = await supertest(server)
      .post('/v1/events')
      .type('text/plain')
      .send(JSON.stringify(event));
    expect(response.status).toBe(200);
    expect(warehouse.rows('events')).toHaveLength(1);
  });

  it('keeps text that is no JSON aside', async () => {
    const { warehouse, server } = setUp();
    const response = await supertest(server).post('/v1/events').type('text/plain').send('{"a":');
    expect(response.status).toBe(400);
    expect(response.body.rejected[0].reason).toMatch(/is no JSON/);
    expect(warehouse.rows('bad_events')).toMatchObject([{ payload: '{"a":' }]);
  });

  it.each([
    ['null', /must be one event/],
    ['[]', /must be one event/],
    ['{"events": []}', /at least one event/],
    ['{"events": [{}], "more": 1}', /Unknown field "more"/],
    ['{"events": [{}], "sent_at": "soon"}', /sent_at must be a time/],
    [`${'['.repeat(40)}1${']'.repeat(40)}`, /nested more than 32 levels/],
  ])('refuses the body %s', async (body, reason) => {
    const { server } = setUp();
    const response = await supertest(server).post('/v1/events').type('text/plain').send(body);
    expect(response.status).toBe(400);
    expect(response.body.rejected[0].reason).toMatch(reason);
  });

  it('replaces text that no warehouse can hold', async () => {
    const { warehouse, post } = setUp();
    await post({ ...event, page_title: 'half \ud83d pair', properties: { a: 'nul \0' } });
    expect(warehouse.rows('events')).toMatchObject([
      { page_title: 'half \ufffd pair', properties: { a: 'nul \ufffd' } },
    ]);
  });

  it('takes events whose addresses are long', async () => {
    const { warehouse, post } = setUp({ bodyLimitBytes: 1_000_000 });
    const long = `https://shop.example/?utm_source=a&x=${'y'.repeat(10_240)}`;
    await post({ ...event, page_url: long, page_referrer: long });
    expect(warehouse.rows('events')).toMatchObject([{ page_url: long, page_referrer: long }]);
  });

  it('takes events of servers with a key, and the address they tell', async () => {
    const { warehouse, post } = setUp();
    const told = { ...event, ip: '2001:db8:1:2::3', user_agent: 'Safari' };
    expect((await post(told).set('x-api-key', 'wrong')).status).toBe(401);
    expect((await post(told).set('x-api-key', apiKey)).status).toBe(200);
    expect(warehouse.rows('events')).toMatchObject([
      {
        source: 'server',
        user_agent: 'Safari',
        ip_prefix_sha256: keyedSha256(secret, '2001:db8:1::/48'),
      },
    ]);
  });

  it('refuses sites that are not configured', async () => {
    const { warehouse, post } = setUp({ sites: ['shop'] });
    expect((await post({ ...event, site_id: 'other' })).status).toBe(403);
    expect(warehouse.rows('bad_events')).toHaveLength(0);
    const mixed = await post({ events: [event, { ...event, site_id: 'other' }] });
    expect(mixed.body).toMatchObject({ accepted: 1, rejected: [{ index: 1, path: 'site_id' }] });
  });

  it('refuses bodies beyond its own limit with 413', async () => {
    const { post } = setUp();
    const response = await post({ ...event, properties: { text: 'x'.repeat(10_000) } });
    expect([response.status, response.body.error]).toEqual([413, expect.stringMatching(/10000/)]);
  });

  it('acknowledges nothing while the warehouse is down', async () => {
    const { warehouse, post } = setUp();
    warehouse.failLoads(new Error('down'));
    const refused = await post(event);
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '5']);
    warehouse.failLoads(undefined);
    expect((await post(event)).status).toBe(200);
    expect(warehouse.rows('events')).toHaveLength(1);
  });

  it('lets only listed origins send with credentials', async () => {
    const { server } = setUp();
    const ask = (origin: string) =>
      supertest(server).options('/v1/events').set('Origin', origin).set('Host', 'c.example');
    const allowed = await ask('https://shop.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers['access-control-allow-origin']).toBe('https://shop.example');
    const other = await ask('https://shop.example.evil');
    expect(other.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('answers other methods with 405, and health with 200', async () => {
    const { server } = setUp();
    expect((await supertest(server).get('/v1/events')).status).toBe(405);
    expect((await supertest(server).get('/healthz')).status).toBe(200);
  });
});
