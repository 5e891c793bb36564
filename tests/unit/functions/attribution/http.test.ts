import { http } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { computeIhc, createComputeIhc } from '@tributary/functions/attribution/compute-ihc';
import { computeIhcRequestSchema } from '@tributary/functions/attribution/compute-ihc-schema';
import type { ParametersStore } from '@tributary/functions/attribution/parameters-store';
import { createTrainIhc } from '@tributary/functions/attribution/train-ihc';
import { createLog } from '@tributary/functions/shared/log';
import request from 'supertest';
import { createMemoryWarehouse } from '../../../support/memory-warehouse';
import { simpleParameters } from './support';

const KEY = 'a-key-of-sixteen-characters';
const log = createLog({ level: 'silent' });
const store: ParametersStore = {
  find: async (type) => (type === 'first_order' ? simpleParameters : undefined),
  conversionTypes: async () => ['first_order', 'registration'],
};
http('compute_ihc', createComputeIhc({ store, apiKeys: [KEY], log, bodyLimitBytes: 5000 }));

const session = (session_id: string, time: string, conversion = 0) => ({
  conversion_id: 'c1',
  session_id,
  timestamp: `2026-01-01 ${time}`,
  channel_label: session_id === 's2' ? 'Direct' : 'Paid',
  holder_engagement: 1,
  closer_engagement: 1,
  conversion,
  impression_interaction: 0,
});
const journey = [
  session('s1', '00:00:00'),
  session('s2', '05:00:00'),
  session('s3', '10:00:00', 1),
];

const rule = {
  direction: 'any_session',
  receive_threshold: 0,
  redistribution_channel_labels: ['Direct'],
};

const post = (body: object, query = '?conv_type_id=first_order') =>
  request(getTestServer('compute_ihc'))
    .post(`/v1/compute_ihc${query}`)
    .set('x-api-key', KEY)
    .send(body);

describe('compute_ihc', () => {
  it('answers each session to 4 decimals', async () => {
    const response = await post({ customer_journeys: journey });
    expect(response.status).toBe(200);
    const { statusCode, value, partialFailureErrors } = response.body;
    expect([statusCode, partialFailureErrors]).toEqual([200, []]);
    expect(value.map((answer: { session_id: string }) => answer.session_id)).toEqual([
      's1',
      's2',
      's3',
    ]);
    // Gaps of 5 h: membership 4/9, so 9/17, 4/17, 4/17; hours 10, 5, 0: .5, .75, 1 of 2.25.
    expect(value[0]).toMatchObject({ conversion_id: 'c1', initializer: 0.5294, closer: 0.2222 });
    expect(value[2]).toMatchObject({ initializer: 0.2353, closer: 0.4444 });
  });

  it('answers in the order of the request, whatever the order in time', async () => {
    const sorted = await post({ customer_journeys: journey });
    const reversed = await post({ customer_journeys: [...journey].reverse() });
    expect(reversed.body.value).toEqual([...sorted.body.value].reverse());
  });

  it('takes offsets, and flags as booleans', async () => {
    const [first, ...rest] = journey;
    const shifted = { ...first, timestamp: '2026-01-01 02:00:00 +0200', holder_engagement: true };
    const response = await post({ customer_journeys: [shifted, ...rest] });
    expect(response.body).toEqual((await post({ customer_journeys: journey })).body);
  });

  it('answers 206 and names sessions after the conversion', async () => {
    const late = session('s4', '11:00:00');
    const response = await post({ customer_journeys: [late, ...journey] });
    expect(response.status).toBe(206);
    expect(response.body.statusCode).toBe(206);
    expect(response.body.value).toHaveLength(3);
    expect(response.body.partialFailureErrors).toEqual([
      {
        trigger: { conversion_id: 'c1', session_id: 's4' },
        reason:
          'Session/Impression excluded from customer journey since it occurs after the conversion event',
        statusCode: 206,
      },
    ]);
  });

  it('redistributes', async () => {
    const closer = {
      direction: 'any_session',
      receive_threshold: 0,
      redistribution_channel_labels: ['Direct'],
    };
    const response = await post({
      customer_journeys: journey,
      redistribution_parameter: { closer },
    });
    expect(response.body.value.map((answer: { closer: number }) => answer.closer)).toEqual([
      0.3333, 0, 0.6667,
    ]);
  });

  it('takes channels that differ in case or white space for the same', async () => {
    const labels = { ...rule, redistribution_channel_labels: [' direct'] };
    const response = await post({
      customer_journeys: journey,
      redistribution_parameter: { closer: labels },
    });
    expect(response.body.value.map((answer: { closer: number }) => answer.closer)).toEqual([
      0.3333, 0, 0.6667,
    ]);
    const weights = { DIRECT: { initializer: 1, holder: 1, closer: 0 } };
    const { value } = computeIhc(computeIhcRequestSchema.parse({ customer_journeys: journey }), {
      ...simpleParameters,
      channel_weights: weights,
    });
    expect(value.map(({ closer }) => closer)).toEqual([0.3333, 0, 0.6667]);
  });

  it.each<[string, object, RegExp]>([
    [
      'a phase that is none',
      { redistribution_parameter: { foo: rule } },
      /redistribution_parameter: .*"foo"/,
    ],
    [
      "a rule's misspelt field",
      { redistribution_parameter: { closer: { ...rule, threshold: 0.5 } } },
      /redistribution_parameter\.closer: .*"threshold"/,
    ],
    [
      'a misspelt parameter',
      { redistribution_parameters: { closer: rule } },
      /redistribution_parameters: is not known: did you mean redistribution_parameter\?/,
    ],
  ])('refuses %s, which would leave the values as they are', async (_case, fields, message) => {
    const response = await post({ customer_journeys: journey, ...fields });
    expect(response.status).toBe(400);
    expect(response.body.error).toMatch(message);
  });

  it('passes over fields that it does not know', async () => {
    const [first, ...rest] = journey;
    const response = await post({
      customer_journeys: [{ ...first, note: 'x' }, ...rest],
      source: 'shop',
      redistribution_parameter: null,
    });
    expect(response.body).toEqual((await post({ customer_journeys: journey })).body);
  });

  it('counts a session once, and its conversion mark wherever it stands', async () => {
    const body = [
      session('s1', '10:00:00'),
      session('s2', '12:00:00'),
      session('s2', '13:00:00', 1),
      session('s3', '15:00:00'),
    ];
    const response = await post({ customer_journeys: body });
    expect(response.status).toBe(206);
    expect(response.body.value.map(({ session_id }: { session_id: string }) => session_id)).toEqual(
      ['s1', 's2'],
    );
    expect(
      response.body.partialFailureErrors.map(({ reason }: { reason: string }) => reason),
    ).toEqual([
      expect.stringContaining('repeats a session_id'),
      expect.stringContaining('after the conversion event'),
    ]);
  });

  it.each(['0026-01-01 10:00:00', '2026-00-10 10:00:00', '2026-02-30 10:00:00', '2300-01-01'])(
    'refuses the time %s',
    async (timestamp) => {
      const response = await post({ customer_journeys: [{ ...journey[0], timestamp }] });
      expect(response.status).toBe(400);
      expect(response.body.errors).toHaveLength(1);
    },
  );

  it('says the status in every refusal', async () => {
    const server = getTestServer('compute_ihc');
    const send = (key: string) => request(server).post('/v1/compute_ihc').set('x-api-key', key);
    const many = Array.from({ length: 100 }, () => journey).flat();
    const answers = [
      await request(server).post('/').send({}),
      await send('guess').send({}),
      await post({ customer_journeys: journey }, '?conv_type_id=lead'),
      await post({ customer_journeys: many }),
      await send(KEY).query({ conv_type_id: 'first_order' }).type('text').send('{"customer_'),
      await post({}),
      await request(server).put('/'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 403, 404, 413, 400, 400, 405]);
    for (const { status, body } of answers) {
      expect([body.statusCode, typeof body.error]).toEqual([status, 'string']);
    }
  });

  it('names the path of each error', async () => {
    const [first] = journey;
    const response = await post({
      customer_journeys: [
        { ...first, timestamp: 'today', holder_engagement: 2 },
        { ...first, channel_label: ' ' },
      ],
    });
    expect(response.status).toBe(400);
    expect(response.body.error).toMatch(
      /customer_journeys\.0\.timestamp: must be a time as .*\(and 2 more in errors\)\.$/,
    );
    expect(response.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'customer_journeys.0.timestamp',
      'customer_journeys.0.holder_engagement',
      'customer_journeys.1.channel_label',
    ]);
  });

  it.each([[{}], [{ customer_journeys: [] }], [[]]])('refuses the body %j', async (body) => {
    const response = await post(body);
    expect([response.status, typeof response.body.error]).toEqual([400, 'string']);
  });

  it('names the known types for one that is not', async () => {
    const response = await post({ customer_journeys: journey }, '?conv_type_id=lead');
    expect(response.status).toBe(404);
    expect(response.body.error).toBe(
      'Conversion type lead is not known: use one of first_order, registration.',
    );
    expect((await post({ customer_journeys: journey }, '')).status).toBe(400);
  });

  it('lets nobody in without a key, and answers no more than that', async () => {
    const server = getTestServer('compute_ihc');
    const body = { customer_journeys: journey };
    expect((await request(server).post('/').send(body)).status).toBe(401);
    expect((await request(server).post('/').set('x-api-key', 'guess').send(body)).status).toBe(403);
  });

  it('refuses to start without a configured key', () => {
    expect(() => createComputeIhc({ store, apiKeys: [], log })).toThrow(/No API key is configured/);
  });

  it('refuses a body above the limit', async () => {
    const many = Array.from({ length: 100 }, () => journey).flat();
    expect((await post({ customer_journeys: many })).status).toBe(413);
  });

  it('answers its OpenAPI document, and takes no other method', async () => {
    const server = getTestServer('compute_ihc');
    const document = (await request(server).get('/v1/compute_ihc')).body;
    expect(document.openapi).toBe('3.0.3');
    const { schema } =
      document.paths['/v1/compute_ihc'].post.requestBody.content['application/json'];
    expect(schema.required).toEqual(['customer_journeys']);
    expect(Object.keys(schema.properties.customer_journeys.items.properties)).toEqual(
      Object.keys(session('s1', '00:00:00')),
    );
    expect((await request(server).put('/')).status).toBe(405);
  });
});

describe('train_ihc', () => {
  const warehouse = createMemoryWarehouse();
  warehouse.answerQuery('.conversions', []);
  warehouse.answerQuery('.ihc_parameters', []);
  http('train_ihc', createTrainIhc({ warehouse, clock: () => new Date(0), apiKeys: [KEY], log }));
  const train = (body?: object) =>
    request(getTestServer('train_ihc')).post('/').set('x-api-key', KEY).send(body);

  it('answers what became of each type', async () => {
    const response = await train();
    expect([response.status, response.body]).toEqual([200, { results: [] }]);
  });

  it('refuses a body with other fields', async () => {
    const response = await train({ conversion_type: 'first_order' });
    expect(response.status).toBe(400);
    expect(response.body.error).toMatch(/send \{"conversion_types": \[\.\.\.\]\} or nothing/);
  });

  it('refuses types in its address: it would train them all', async () => {
    const { status, body } = await request(getTestServer('train_ihc'))
      .post('/?conv_type_id=first_order')
      .set('x-api-key', KEY)
      .send({});
    expect([status, body.error]).toEqual([
      400,
      'train_ihc reads nothing from its address (conv_type_id): send options in the body, as JSON.',
    ]);
  });

  it('needs a key and POST', async () => {
    const server = getTestServer('train_ihc');
    expect((await request(server).post('/')).status).toBe(401);
    expect((await request(server).get('/').set('x-api-key', KEY)).status).toBe(405);
    const deps = { warehouse, clock: () => new Date(0), apiKeys: [], log };
    expect(() => createTrainIhc(deps)).toThrow(/No API key is configured/);
  });
});
