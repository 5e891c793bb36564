import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { http } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { type ModelSpec, trainModel } from '@tributary/functions/attribution/models/train-model';
import { trainModels } from '@tributary/functions/attribution/train-models';
import { createTrainModels } from '@tributary/functions/attribution/train-models-function';
import { createLog } from '@tributary/functions/shared/log';
import request from 'supertest';
import { createExposedShop, randomExposures } from './exposures/exposed-shop';

const folder = mkdtempSync(join(tmpdir(), 'train-models-'));
afterAll(() => rmSync(folder, { recursive: true }));

const at = (second: number) => () => new Date(1000 * second);
/** Boosted trees take seconds, and have tests of their own. */
const all: ModelSpec[] = [
  { model: 'hazard', kind: 'hazard' },
  { model: 'incremental_logit', kind: 'incremental_logit' },
  { model: 'markov', kind: 'markov', order: 1 },
  { model: 'markov_3', kind: 'markov', order: 3 },
  { model: 'shapley', kind: 'shapley' },
];
const cheap = all.filter(({ kind }) => kind === 'markov');
const JOURNEYS = 1500;
const exposures = randomExposures(JOURNEYS);

describe('trainModels', () => {
  it('trains every model, and a second time changes no row', async () => {
    const shop = createExposedShop(folder, { exposures, specs: all });
    const results = await trainModels({ ...shop, clock: at(0) });
    expect(results.map(({ model, outcome }) => [model, outcome])).toEqual(
      all.map(({ model }) => [model, 'trained']),
    );
    const [trainings, credits] = [[...shop.trainings], shop.credits()];
    expect(trainings).toHaveLength(all.length);
    const converted = exposures.filter(({ isConverted }) => isConverted).length;
    expect(credits).toHaveLength(all.length * converted);

    const again = await trainModels({ ...shop, clock: at(1) });
    expect(again.map(({ outcome }) => outcome)).toEqual(all.map(() => 'unchanged'));
    expect(shop.trainings).toEqual(trainings);
    expect(shop.credits()).toEqual(credits);
  });

  it('says in raw.model_trainings what each training found', async () => {
    const shop = createExposedShop(folder, { exposures, specs: cheap });
    const [result] = await trainModels({ ...shop, clock: at(0) });
    const conversions = new Set(
      exposures.filter(({ isConverted }) => isConverted).map(({ journey }) => journey),
    ).size;
    const [row] = shop.trainings;
    expect(row).toMatchObject({
      model: 'markov',
      kind: 'markov',
      conversion_type: 'first_order',
      model_version: result?.modelVersion,
      trained_at: '1970-01-01T00:00:00.000Z',
      conversion_count: conversions,
      journey_count: JOURNEYS,
    });
    const channels = row?.channels as { credited_conversion_count: number }[];
    const sum = channels.reduce((total, one) => total + one.credited_conversion_count, 0);
    expect(sum).toBeCloseTo(conversions, 6);
  });

  it('adds a training when journeys come, and replaces all credits', async () => {
    const shop = createExposedShop(folder, { exposures, specs: cheap });
    await trainModels({ ...shop, clock: at(0) });
    shop.state.exposures = randomExposures(JOURNEYS + 50);
    const later = await trainModels({ ...shop, clock: at(1) });
    expect(later.map(({ outcome }) => outcome)).toEqual(['trained', 'trained']);
    expect(shop.trainings).toHaveLength(4);
    const versions = new Set(shop.credits().map((row) => row.model_version));
    expect(versions).toEqual(new Set(later.map(({ modelVersion }) => modelVersion)));
  });

  it('drops the credits of a model that the settings no longer have', async () => {
    const shop = createExposedShop(folder, { exposures, specs: cheap });
    await trainModels({ ...shop, clock: at(0) });
    shop.state.specs = cheap.slice(1);
    await trainModels({ ...shop, clock: at(1) });
    expect(new Set(shop.credits().map(({ model }) => model))).toEqual(new Set(['markov_3']));
    shop.state.specs = [];
    expect(await trainModels({ ...shop, clock: at(2) })).toEqual([]);
    expect(shop.credits()).toEqual([]);
  });

  it('trains each conversion type by itself', async () => {
    const both = [...exposures, ...randomExposures(500, 'registration', 2)];
    const shop = createExposedShop(folder, { exposures: both, specs: cheap.slice(0, 1) });
    const results = await trainModels({ ...shop, clock: at(0) });
    expect(results.map(({ conversionType }) => conversionType)).toEqual([
      'first_order',
      'registration',
    ]);
    expect(results[0]?.modelVersion).not.toBe(results[1]?.modelVersion);
  });

  it('notes once why a model is refused for want of data', async () => {
    const few = randomExposures(60);
    const shop = createExposedShop(folder, { exposures: few, specs: [all[0] as ModelSpec] });
    for (const second of [0, 1]) {
      const [result] = await trainModels({ ...shop, clock: at(second) });
      expect(result).toMatchObject({ model: 'hazard', outcome: 'refused' });
    }
    expect(shop.trainings).toMatchObject([
      {
        model: 'hazard',
        converged: false,
        stop_reason: expect.stringMatching(/needs 30 journeys with conversion/),
      },
    ]);
    expect(shop.credits()).toEqual([]);
  });

  it.each([
    ['throws', () => fails()],
    ['shares out too much', (spec: ModelSpec) => spoilt(spec)],
  ])('refuses a model that %s by name, and trains the others', async (_, train) => {
    const shop = createExposedShop(folder, { exposures, specs: cheap });
    const results = await trainModels({
      ...shop,
      clock: at(0),
      train: (spec, journeys) =>
        spec.model === 'markov' ? train(spec) : trainModel(spec, journeys),
    });
    expect(results.map(({ outcome }) => outcome)).toEqual(['refused', 'trained']);
    expect(results[0]?.reason).toMatch(/out of tune|shares out 2 of a conversion/);
    expect(shop.trainings).toMatchObject([
      { model: 'markov', model_version: expect.stringMatching(/^refused-/), channels: [] },
      { model: 'markov_3' },
    ]);
    expect(new Set(shop.credits().map(({ model }) => model))).toEqual(new Set(['markov_3']));
  });

  it('chooses by lift tests, calibrates, and says how sure each channel is', async () => {
    const liftTest = {
      conversion_type: 'first_order',
      channel: 'Email',
      start_day: 20_454,
      end_day: 20_553,
      incremental_conversion_count: '50',
      standard_error: 1,
      population: null,
    };
    const unusable = { ...liftTest, channel: 'Radio' };
    const rules = [{ model: 'linear', kind: 'linear' }];
    const specs = [...cheap, ...rules, { model: 'best', kind: 'chosen' }];
    const liftTests = [liftTest, unusable];
    const shop = createExposedShop(folder, { exposures, specs, liftTests });
    const results = await trainModels({ ...shop, clock: at(0) });
    const chosen = results.find(({ kind }) => kind === 'chosen');
    expect(chosen).toMatchObject({ model: 'best', outcome: 'trained' });
    expect(chosen?.reason).toMatch(/The lift test of channel "Radio", .* no journey has/);
    const channelOf = new Map(exposures.map(({ session, channel }) => [session, channel]));
    const email = shop
      .credits()
      .filter((row) => row.model === 'best' && channelOf.get(`${row.session_id}`) === 'Email');
    const sum = email.reduce((total, row) => total + Number(row.credit_share), 0);
    expect(sum).toBeGreaterThan(48);
    expect(sum).toBeLessThan(52);
    const figures = shop.confidence.filter(({ channel }) => channel === 'Email');
    expect(figures.map((row) => [row.model, row.lift_status])).toEqual([
      ['linear', 'disagrees'],
      ['markov', 'disagrees'],
      ['markov_3', 'disagrees'],
      // Its only test, which it was drawn to, can't judge it.
      ['best', 'drawn to it'],
    ]);
    const before = [...shop.confidence];
    const again = await trainModels({ ...shop, clock: at(1) });
    expect(again.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(shop.confidence).toEqual(before);

    shop.state.liftTests = [{ ...liftTest, incremental_conversion_count: '90' }];
    const later = await trainModels({ ...shop, clock: at(2) });
    expect(later.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'trained']);
  });

  it('chooses nothing without lift tests and models that predict', async () => {
    const specs = [...cheap, { model: 'chosen', kind: 'chosen' }];
    const shop = createExposedShop(folder, { exposures, specs });
    const results = await trainModels({ ...shop, clock: at(0) });
    expect(results[2]).toMatchObject({
      outcome: 'refused',
      reason: expect.stringMatching(/^No model is chosen: .* import lift tests, or gather more/),
    });
    expect(new Set(shop.confidence.map((row) => row.lift_status))).toEqual(
      new Set(['not validated']),
    );
  });

  it('takes journeys of 10,000 sessions, all at once, and conversions without touches', async () => {
    const touch = { channel: 'Direct', hoursToEnd: 2, isConverted: true, endDay: 99 };
    const long = Array.from({ length: 10_000 }, (_, index) => ({
      ...touch,
      journey: 'long',
      session: `long-${index}`,
      position: index + 1,
    }));
    const extremes = [...exposures, ...long, { journey: 'none', session: null }];
    const shop = createExposedShop(folder, { exposures: extremes, specs: all });
    const results = await trainModels({ ...shop, clock: at(0) });
    expect(results.map(({ model, outcome }) => [model, outcome])).toEqual(
      all.map(({ model }) => [model, 'trained']),
    );
    const ofLong = shop.credits().filter((row) => row.conversion_id === 'long');
    expect(ofLong).toHaveLength(all.length * long.length);
    expect(shop.credits().some((row) => row.conversion_id === 'none')).toBe(false);
  });

  it('refuses a Markov model without order by a sentence', async () => {
    const specs = [{ model: 'markov', kind: 'markov' } as const];
    const shop = createExposedShop(folder, { exposures, specs });
    await expect(trainModels({ ...shop, clock: at(0) })).rejects.toThrow(
      'Model markov has no order; give it one from 1 to 4.',
    );
  });
});

function fails(): never {
  throw new Error('The model is out of tune.');
}

/** Twice the whole of each conversion. */
function spoilt(spec: ModelSpec) {
  const touchCount = exposures.length;
  const credits = {
    credit: new Float64Array(touchCount),
    baseShare: new Float64Array(JOURNEYS).fill(2),
  };
  return { parameters: spec, diagnostics: {}, converged: true, stopReason: '.', credits };
}

describe('train_models', () => {
  const KEY = 'a-key-of-sixteen-characters';
  const log = createLog({ level: 'silent' });
  const few = randomExposures(60);
  const specs = [all[0], all[2]] as ModelSpec[];
  const { warehouse } = createExposedShop(folder, { exposures: few, specs });
  const deps = { warehouse, clock: at(0), apiKeys: [KEY], log };
  http('train_models', createTrainModels(deps));
  const post = (body?: object) =>
    request(getTestServer('train_models')).post('/').set('x-api-key', KEY).send(body);

  it('answers what became of each model and type', async () => {
    const { status, body } = await post();
    expect(status).toBe(200);
    expect(body.results).toEqual([
      {
        model: 'hazard',
        conversion_type: 'first_order',
        outcome: 'refused',
        model_version: null,
        converged: false,
        reason: expect.stringMatching(/^The hazard model needs/),
      },
      expect.objectContaining({ model: 'markov', outcome: 'trained', converged: true }),
    ]);
  });

  it('refuses a body with fields', async () => {
    const { status, body } = await post({ models: ['markov'] });
    expect([status, body.error]).toEqual([400, expect.stringMatching(/takes no options/)]);
  });

  it('needs a key and POST', async () => {
    const server = getTestServer('train_models');
    expect((await request(server).post('/')).status).toBe(401);
    expect((await request(server).get('/').set('x-api-key', KEY)).status).toBe(405);
    expect(() => createTrainModels({ ...deps, apiKeys: [] })).toThrow(/No API key is configured/);
  });
});
