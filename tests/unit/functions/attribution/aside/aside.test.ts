import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import {
  type AsideAnswer,
  type AsideModels,
  type AsideRequest,
  claim,
  openAside,
} from '@tributary/functions/attribution/aside/aside';
import { type JudgedModel, trainJudged } from '@tributary/functions/attribution/aside/train-judged';
import type { ModelSpec } from '@tributary/functions/attribution/models/train-model';
import { trainTypeModels } from '@tributary/functions/attribution/train-type-models';
import { type TestJourney, timedJourneys } from '../models/timed-journeys';

/** Threads run what is built. */
const built = join(__dirname, '../../../../../functions/dist/attribution/aside/aside');
const trees: ModelSpec = { model: 'trees', kind: 'gbdt' };
const logit: ModelSpec = { model: 'logit', kind: 'incremental_logit' };
const markov: ModelSpec = { model: 'markov', kind: 'markov', order: 1 };

const shop = (count: number) =>
  timedJourneys(
    Array.from({ length: count }, (_, journey): TestJourney => {
      const channel = journey % 3;
      return {
        touches: [
          { channel, age: 30 },
          { channel: 0, age: 2 },
        ],
        converted: channel > 0,
      };
    }),
  );

const open = () => (require(built) as { openAside: typeof openAside }).openAside();
const aside = open();
afterAll(() => aside.close());

describe('openAside', () => {
  it('leaves what is quick, and few journeys, to its caller', async () => {
    expect(aside.train([trees], shop(1000)).size).toBe(0);
    expect(aside.train([markov], shop(12_000)).size).toBe(0);
    // Sources have no thread.
    const ofSources = openAside();
    expect(ofSources.train([trees], shop(12_000)).size).toBe(0);
    await ofSources.close();
  });

  it('answers what training here answers, each model for itself', async () => {
    const journeys = shop(12_000);
    const models = aside.train([trees, markov, logit], journeys);
    expect([...models.keys()]).toEqual([trees, logit]);
    const broken = { ...journeys, hoursToEnd: journeys.hoursToEnd.map(() => Number.NaN) };
    const others = aside.train([logit], broken);
    const judged = await models.get(trees)?.answer;
    expect(judged?.trained.stopReason).toMatch(/need 90 days/);
    expect(judged).toEqual(trainJudged(trees, journeys));
    expect(await models.get(logit)?.answer).toEqual(trainJudged(logit, journeys));
    await expect(others.get(logit)?.answer).rejects.toThrow(/^Touch 0 lies NaN hours/);
  });

  it('gives back what is not begun, once', async () => {
    // A thread of its own: it has yet to load, and two models come first.
    const own = open();
    const models = own.train([logit, { ...logit }, trees], shop(12_000));
    expect(models.get(trees)?.takeBack()).toBe(true);
    expect(models.get(trees)?.takeBack()).toBe(false);
    await models.get(logit)?.answer;
    expect(models.get(logit)?.takeBack()).toBe(false);
    await own.close();
  });

  it('passes over what was taken back, and goes on with what comes after it', async () => {
    const thread = new Worker(join(dirname(built), 'train-worker.js'));
    const answered: number[] = [];
    const last = new Promise((resolve) => {
      thread.on('message', ({ number }: AsideAnswer) => {
        answered.push(number);
        if (number === 2) resolve(undefined);
      });
    });
    const claims = new Int32Array(new SharedArrayBuffer(8));
    expect([claim(claims, 1), claim(claims, 1)]).toEqual([true, false]);
    const request: AsideRequest = { first: 0, specs: [trees, logit], journeys: shop(300), claims };
    thread.postMessage(request);
    const free = new Int32Array(new SharedArrayBuffer(4));
    thread.postMessage({ ...request, first: 2, specs: [trees], claims: free });
    await last;
    expect(answered).toEqual([0, 2]);
    expect([...claims, ...free]).toEqual([1, 1, 1]);
    await thread.terminate();
  });

  it('what a closed thread has not answered fails', async () => {
    const closing = open();
    const models = closing.train([logit], shop(12_000));
    await closing.close();
    await expect(models.get(logit)?.answer).rejects.toThrow(/^its thread ended with code \d$/);
  });
});

describe('trainTypeModels with a thread', () => {
  const train = async (aside: AsideModels) => {
    const journeys = shop(300);
    const credited: string[] = [];
    const { results } = await trainTypeModels({
      typed: {
        conversionType: 'sale',
        journeys,
        customer: Uint32Array.from({ length: 300 }, (_, journey) => journey),
        watchedUntil: '2026-01-01T00:00:00.000Z',
        touchRow: Uint32Array.from({ length: 600 }, (_, touch) => touch),
      },
      specs: { trained: [trees, markov], rules: [], hasIhc: false },
      known: new Map(),
      trainedAt: '2026-01-01T00:00:00.000Z',
      persons: 300,
      liftTests: [],
      train: (spec, given) => trainJudged(spec, given).trained,
      aside,
      addCredits: async ({ model }) => {
        credited.push(model);
      },
    });
    return {
      credited,
      results: results.map(({ model, outcome, reason }) => [model, outcome, reason]),
    };
  };

  const answered = (answer: Promise<JudgedModel>, isFree = false) =>
    new Map([[trees, { answer, takeBack: () => isFree }]]);

  it('trains what is here meanwhile, and answers in the order of the settings', async () => {
    const { credited, results } = await train(
      answered(Promise.resolve(trainJudged(markov, shop(300)))),
    );
    expect(credited).toEqual(['markov', 'trees']);
    expect(results.map(([model]) => model)).toEqual(['trees', 'markov']);
  });

  it('trains here what the thread had no time for', async () => {
    const { results } = await train(answered(new Promise(() => {}), true));
    expect(results[0]).toEqual(['trees', 'refused', expect.stringMatching(/need 90 days/)]);
  });

  it('refuses the model whose thread fails, and goes on with the others', async () => {
    const { credited, results } = await train(
      answered(Promise.reject(new Error('its thread ended with code 1'))),
    );
    expect(credited).toEqual(['markov']);
    expect(results[0]).toEqual(['trees', 'refused', 'its thread ended with code 1']);
  });
});
