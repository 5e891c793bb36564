import type { DemoOptions } from './options';
import { ClickBook } from './shop/clicks';
import { makeCosts } from './shop/costs';
import { conversionTypes } from './shop/origins';
import { makeRates } from './shop/rates';
import type { ShopTables } from './tables/shop-tables';
import { channelEffects } from './tables/truth-builders';
import { crawl } from './visit/bots';
import { livePerson } from './visit/life';
import { newSimulation } from './visit/simulation';

/** So many persons fit well into memory at once: about 800,000 events. */
const personsPerPart = 25_000;

/**
 * The shop in parts of `personsPerPart` persons, so that a million of them need no more memory
 * than one part. Costs, rates and effects, which concern all, come with the last part.
 */
export function* shopParts(
  options: DemoOptions,
  partSize: number = personsPerPart,
): Generator<ShopTables> {
  const { persons, days, seed, startsAt } = options;
  const clicks = new ClickBook(startsAt);
  for (let first = 0; first < persons; first += partSize) {
    const next = Math.min(first + partSize, persons);
    const simulation = newSimulation(options, clicks);
    for (let index = first; index < next; index++) {
      livePerson(simulation, index);
      crawl(simulation, index);
    }
    const isLast = next === persons;
    yield {
      events: simulation.events.finish(),
      ...simulation.orders.finish(),
      crmCustomers: simulation.crm.finish(),
      adCosts: makeCosts(seed, isLast ? days : 0, startsAt, clicks),
      adClicks: simulation.adClicks.finish(),
      // The last visits end after midnight: the day after the period needs a rate too.
      exchangeRates: makeRates(seed, isLast ? days + 1 : 0, startsAt),
      truth: {
        ...simulation.truth.finish(),
        channel_effects: channelEffects(isLast ? conversionTypes : []),
      },
    };
  }
}

/** The whole shop, in columns. Pure: the same options give the same tables on every machine. */
export function generateShop(options: DemoOptions): ShopTables {
  const [shop] = shopParts(options, options.persons);
  if (!shop) throw new RangeError('a shop needs at least one person');
  return shop;
}
