import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunningFunctions } from '@tributary/functions/serve';
import { startFunctions } from '@tributary/functions/serve';
import { createLog } from '@tributary/functions/shared/log';
import supertest from 'supertest';
import { createMemoryWarehouse } from '../../support/memory-warehouse';

const apiKey = 'a key that is long enough';
const options = {
  port: 0,
  apiKeys: [apiKey],
  hashSecret: 'a secret',
  log: createLog({ level: 'silent' }),
  clock: () => new Date('2026-11-21T12:00:00Z'),
};

describe('startFunctions', () => {
  const warehouse = createMemoryWarehouse();
  let running: RunningFunctions;
  beforeAll(async () => {
    running = await startFunctions({ ...options, warehouse });
  });
  afterAll(() => running.close());

  it('serves every function at its path, and health', async () => {
    const ask = supertest(running.url);
    expect((await ask.get('/healthz')).body).toEqual({ status: 'ok' });
    const event = { event_name: 'page_view', site_id: 'shop', consent: { analytics: true } };
    expect((await ask.post('/v1/events').send(event)).body).toEqual({ accepted: 1, rejected: [] });
    expect((await ask.post('/v1/compute_ihc').send({})).status).toBe(401);
    expect((await ask.post('/v1/train_ihc').send({})).status).toBe(401);
    expect((await ask.post('/v1/train_models').send({})).status).toBe(401);
    expect((await ask.post('/v1/train_matching').send({})).status).toBe(401);
    expect((await ask.post('/v1/activate').send({ dry_run: true })).status).toBe(401);
    const other = await ask.get('/other');
    expect([other.status, other.body.error]).toEqual([404, expect.stringMatching(/\/v1\/events/)]);
  });

  it('answers JSON that can not be parsed in a sentence, and keeps it aside', async () => {
    const ask = supertest(running.url);
    const response = await ask.post('/v1/events').type('application/json').send('{"event_name":');
    expect(response.status).toBe(400);
    expect(response.body.rejected[0].reason).toMatch(/is no JSON/);
    expect(warehouse.rows('bad_events')).toMatchObject([{ payload: '{"event_name":' }]);
    const other = await ask.post('/v1/activate').type('json').set('x-api-key', apiKey).send('{');
    expect([other.status, other.body.error]).toEqual([400, expect.stringMatching(/is no JSON/)]);
  });

  it('names a port in use', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => {
      blocker.listen(0, '127.0.0.1', resolve);
    });
    const { port } = blocker.address() as AddressInfo;
    await expect(startFunctions({ ...options, warehouse, port })).rejects.toThrow(
      `Port ${port} is in use: stop what listens there, or give another one with --port.`,
    );
    await new Promise((resolve) => {
      blocker.close(resolve);
    });
  });

  it('refuses to start without secrets', async () => {
    await expect(startFunctions({ ...options, warehouse, apiKeys: [] })).rejects.toThrow(/API key/);
    await expect(startFunctions({ ...options, warehouse, hashSecret: '' })).rejects.toThrow(/hash/);
  });
});
