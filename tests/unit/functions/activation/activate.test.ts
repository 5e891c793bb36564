import { http } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { createActivate } from '@tributary/functions/activation/activate';
import { batchSizes } from '@tributary/functions/activation/preview';
import { createLog } from '@tributary/functions/shared/log';
import supertest from 'supertest';
import { createMemoryWarehouse } from '../../../support/memory-warehouse';

const apiKey = 'a key that is long enough';
let served = 0;

function setUp() {
  const warehouse = createMemoryWarehouse();
  const activate = createActivate({
    warehouse,
    apiKeys: [apiKey],
    log: createLog({ level: 'silent' }),
    accounts: { googleAdsCustomerId: '123' },
  });
  served += 1;
  http(`activate-${served}`, activate);
  const server = getTestServer(`activate-${served}`);
  const ask = (body: object) =>
    supertest(server).post('/v1/activate').set('x-api-key', apiKey).send(body);
  return { warehouse, server, ask };
}

const group = { currency_code: 'EUR', model: 'ihc', model_version: 'v1' };

describe('activate', () => {
  it('answers what would be sent to Google Ads', async () => {
    const { warehouse, ask } = setUp();
    warehouse.answerQuery('GROUP BY blocked_reason', [
      { ...group, blocked_reason: null, row_count: 2001, value_amount: '10.1' },
      { ...group, blocked_reason: null, model_version: 'v2', row_count: 1, value_amount: '0.2' },
      { ...group, blocked_reason: 'consent', row_count: 7, value_amount: '3' },
    ]);
    warehouse.answerQuery('ORDER BY upload_key LIMIT 3', [
      {
        upload_key: 'k1',
        action_name: 'first_order',
        gclid: 'g1',
        gbraid: null,
        wbraid: null,
        conversion_at: '2026-11-20T10:00:00.000Z',
        value_amount_base: '12.34',
        currency_code: 'EUR',
        ad_user_data: 'GRANTED',
        ad_personalization: 'DENIED',
      },
    ]);
    const response = await ask({ dry_run: true, platforms: ['google_ads'] });
    expect(response.body).toEqual({
      dry_run: true,
      sent: 0,
      platforms: [
        {
          platform: 'google_ads',
          api: 'Data Manager API v1, events:ingest',
          endpoint: 'POST https://datamanager.googleapis.com/v1/events:ingest',
          table: 'out_google_ads__conversions',
          models: [
            { model: 'ihc', model_version: 'v1' },
            { model: 'ihc', model_version: 'v2' },
          ],
          row_count: 2002,
          batch_limit: 2000,
          batches: [2000, 2],
          values: [{ currency_code: 'EUR', value_amount: '10.3' }],
          blocked: [{ reason: 'consent', row_count: 7 }],
          first_request: {
            destinations: [
              {
                reference: 'first_order',
                operatingAccount: { accountType: 'GOOGLE_ADS', accountId: '123' },
                productDestinationId: 'first_order',
              },
            ],
            events: [
              {
                destinationReferences: ['first_order'],
                transactionId: 'k1',
                eventTimestamp: '2026-11-20T10:00:00.000Z',
                eventSource: 'WEB',
                adIdentifiers: { gclid: 'g1' },
                conversionValue: 12.34,
                currency: 'EUR',
                consent: { adUserData: 'CONSENT_GRANTED', adPersonalization: 'CONSENT_DENIED' },
              },
            ],
            encoding: 'HEX',
            validateOnly: true,
          },
        },
      ],
    });
  });

  it('answers what would be sent to Meta', async () => {
    const { warehouse, ask } = setUp();
    warehouse.answerQuery('GROUP BY blocked_reason', []);
    warehouse.answerQuery('FROM out_meta__events WHERE', [
      {
        upload_key: 'k1',
        event_id: 'e1',
        action_name: 'AttributedPurchase',
        fbc: null,
        email_sha256s: ['00'],
        event_at: '2026-11-20T10:00:00.500Z',
        value_amount_base: '1',
        currency_code: 'EUR',
        ad_personalization: 'DENIED',
      },
    ]);
    const response = await ask({ dry_run: 'true', platforms: ['meta'], sample_size: 1 });
    expect(response.body.platforms[0]).toMatchObject({
      row_count: 0,
      batches: [],
      first_request: {
        data: [
          {
            event_name: 'AttributedPurchase',
            event_id: 'e1',
            event_time: 1795168800,
            user_data: { em: ['00'] },
            data_processing_options: ['LDU'],
          },
        ],
      },
    });
  });

  it('says which table is missing', async () => {
    const { warehouse, ask } = setUp();
    jest.spyOn(warehouse, 'query').mockRejectedValue(new Error('Not found: Table x'));
    const response = await ask({ dry_run: true });
    expect(response.status).toBe(200);
    expect(response.body.platforms).toEqual([
      expect.objectContaining({
        error: expect.stringMatching(/^out_google_ads__conversions is not/),
      }),
      expect.objectContaining({ error: expect.stringMatching(/^out_meta__events is not there/) }),
    ]);
  });

  it('refuses anything but a dry run, unknown platforms and unknown fields', async () => {
    const { ask } = setUp();
    const refused = [{}, { dry_run: false }, { dry_run: true, platforms: ['x'] }, { dryrun: true }];
    for (const body of refused) {
      const response = await ask(body);
      expect([response.status, response.body.error]).toEqual([
        400,
        expect.stringMatching(/dry_run/),
      ]);
    }
  });

  it('takes its options from the address too', async () => {
    const { warehouse, server } = setUp();
    warehouse.answerQuery('out_meta__events', []);
    const response = await supertest(server)
      .post('/v1/activate?dry_run=true&platforms=meta')
      .set('x-api-key', apiKey);
    expect(response.body.platforms).toMatchObject([{ platform: 'meta', first_request: null }]);
  });

  it('is closed without a key, and refuses to start without one', async () => {
    const { server } = setUp();
    const post = () => supertest(server).post('/v1/activate').send({ dry_run: true });
    expect((await post()).status).toBe(401);
    expect((await post().set('x-api-key', 'wrong')).status).toBe(403);
    const log = createLog({ level: 'silent' });
    const warehouse = createMemoryWarehouse();
    expect(() => createActivate({ warehouse, log, apiKeys: [] })).toThrow(/No API key/);
  });
});

describe('batchSizes', () => {
  it.each([
    [0, []],
    [2000, [2000]],
    [4001, [2000, 2000, 1]],
  ])('divides %i rows', (count, sizes) => expect(batchSizes(count, 2000)).toEqual(sizes));
});
