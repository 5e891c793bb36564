import { join } from 'node:path';
import { trainAside } from '@tributary/functions/attribution/aside/train-aside';
import { trainJudged } from '@tributary/functions/attribution/aside/train-judged';
import type { ModelSpec } from '@tributary/functions/attribution/models/train-model';
import { trainTypeModels } from '@tributary/functions/attribution/train-type-models';
import { type TestJourney, timedJourneys } from '../models/timed-journeys';

/** Threads run what is built. */
const built = join(__dirname, '../../../../../functions/dist/attribution/aside/train-aside');
const trees: ModelSpec = { model: 'trees', kind: 'gbdt' };
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

describe('trainAside', () => {
  it('leaves what is quick, and few journeys, to its caller', () => {
    const { trainAside: ofBuilt } = require(built) as { trainAside: typeof trainAside };
    expect(ofBuilt(trees, shop(1000))).toBeUndefined();
    expect(ofBuilt(markov, shop(150_000))).toBeUndefined();
    // Sources have no thread.
    expect(trainAside(trees, shop(150_000))).toBeUndefined();
  });

  it('answers what training here answers', async () => {
    const { trainAside: ofBuilt } = require(built) as { trainAside: typeof trainAside };
    const journeys = shop(150_000);
    const judged = await ofBuilt(trees, journeys);
    expect(judged?.trained.stopReason).toMatch(/need 90 days/);
    expect(judged).toEqual(trainJudged(trees, journeys));
  });
});

describe('trainTypeModels with a thread', () => {
  const train = async (aside: (spec: ModelSpec) => ReturnType<typeof trainAside>) => {
    const journeys = shop(300);
    const credited: string[] = [];
    const { results } = await trainTypeModels({
      typed: {
        conversionType: 'sale',
        journeys,
        customer: Uint32Array.from({ length: 300 }, (_, journey) => journey),
        watchedUntil: '2026-01-01T00:00:00.000Z',
        firstRow: 0,
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

  it('keeps the order of the settings', async () => {
    const { credited } = await train((spec) =>
      spec === trees ? Promise.resolve(trainJudged(markov, shop(300))) : undefined,
    );
    expect(credited).toEqual(['trees', 'markov']);
  });

  it('refuses the model whose thread fails, and goes on with the others', async () => {
    const { credited, results } = await train((spec) =>
      spec === trees ? Promise.reject(new Error('its thread ended with code 1')) : undefined,
    );
    expect(credited).toEqual(['markov']);
    expect(results[0]).toEqual(['trees', 'refused', 'its thread ended with code 1']);
  });
});
