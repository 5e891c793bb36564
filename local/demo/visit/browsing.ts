import type { Random } from '../random/random';
import { shopOrigin } from '../shop/landing';
import { categoryNames, categoryPath, type Product, productAt, products } from '../shop/products';
import type { Depth } from './engagement';
import type { Recorder } from './recorder';

const searchTerms = ['tent 2 persons', 'waterproof boots', 'rain jacket', 'gift', 'stove', 'sale'];

/** Walks through the shop's pages; keeps the time and what was seen. */
export class Walk {
  readonly seen: Product[] = [];
  readonly cart: Product[] = [];
  #lastUrl: string | null = null;
  readonly #deviceJson: string;

  constructor(
    readonly recorder: Recorder,
    readonly random: Random,
    readonly favourites: readonly number[],
    public now: number,
  ) {
    this.#deviceJson = recorder.device.propertiesIn(recorder.person.language);
  }

  /** Opens a page, and reads it for a while. Without a referrer it was reached by a link inside. */
  page(path: string, title: string, from: { query?: string; referrer?: string | null } = {}): void {
    const { recorder, random } = this;
    const { query = '', referrer = this.#lastUrl } = from;
    const url = urlOf(path);
    recorder.referrer = referrer;
    recorder.pageUrl = query === '' ? url : [url, query].join('?');
    // Within the shop the tracker reports the page that led here without its query.
    this.#lastUrl = url;
    recorder.record('page_view', this.now, { title, properties: this.#deviceJson });
    const product = productByPath.get(path);
    if (product) {
      this.seen.push(product);
      recorder.record('product_view', this.now + 120, { title, properties: product.json });
    }
    const dwell = Math.min(random.lognormal(16, 0.9), 900);
    if (dwell > 8 && random.chance(0.25)) {
      const seconds = Math.round(dwell * 0.7);
      const properties = `{"engaged_seconds":${seconds}}`;
      recorder.record('engagement', this.now + Math.round(dwell * 900), { properties });
    }
    this.now += 1000 + Math.round(dwell * 1000);
  }

  /** Something done on the page that is open. */
  act(eventName: string, properties: string): void {
    this.recorder.record(eventName, this.now, { properties });
    this.now += 1500 + this.random.below(6000);
  }

  productPage(): void {
    // Half of the products seen are of one category: people compare.
    const category = this.random.chance(0.5) ? this.#lastCategory() : this.#anyFavourite();
    const product = productAt(category, this.random.below(24));
    this.page(product.path, product.name);
  }

  categoryPage(): void {
    const name = categoryNames[this.#anyFavourite()] ?? 'Tents';
    this.page(categoryPath(name), name);
  }

  search(): void {
    const term = this.random.pick(searchTerms);
    this.page('/search', 'Search', { query: `q=${term.replaceAll(' ', '+')}` });
    this.act('search', JSON.stringify({ search_term: term }));
  }

  addToCart(): void {
    if (this.seen.length === 0) this.productPage();
    const product = this.random.pick(this.seen);
    this.cart.push(product);
    this.act('add_to_cart', product.json);
  }

  #anyFavourite(): number {
    return this.random.chance(0.8)
      ? this.random.pick(this.favourites)
      : this.random.below(categoryNames.length);
  }

  #lastCategory(): number {
    const last = this.seen.at(-1);
    return last ? categoryNames.indexOf(last.category) : this.#anyFavourite();
  }
}

/** Addresses by path, made once: strings that are the same object are compared at once. */
const urls = new Map<string, string>();

function urlOf(path: string): string {
  let url = urls.get(path);
  if (url === undefined) {
    url = [shopOrigin, path].join('');
    urls.set(path, url);
  }
  return url;
}

const productByPath = new Map(products.map((product) => [product.path, product]));

const pageCounts = { glance: [0, 0], browse: [1, 2], deep: [2, 3] } as const;

/** The pages after the landing, according to the visit's depth. */
export function wander(walk: Walk, random: Random, depth: Depth): void {
  const [fewest, most] = pageCounts[depth];
  const count = fewest + random.below(most - fewest + 1);
  for (let page = 0; page < count; page++) {
    const kind = random.weighted([7, 43, 50]);
    if (kind === 0) walk.search();
    else if (kind === 1) walk.categoryPage();
    else walk.productPage();
    // Lunch: longer than a session's timeout.
    if (random.chance(0.006)) walk.now += 45 * 60_000;
  }
}
