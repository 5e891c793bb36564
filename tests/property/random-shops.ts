import { seededRandom } from '@tributary/functions/attribution/ihc/random';

/** A row of raw.events; times are microseconds since 1970. */
export interface RawEvent {
  readonly event_id: string;
  readonly event_name: string;
  readonly site_id: string;
  readonly source: string;
  readonly occurred_at: number;
  readonly received_at: number;
  readonly anonymous_id: string | null;
  readonly user_id: string | null;
  readonly user_agent: string | null;
  readonly page_url: string | null;
  readonly page_referrer: string | null;
  readonly properties: Readonly<Record<string, string | number>> | null;
}

export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const BROWSER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const BOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
/** Shortly before midnight, so that most visits reach over it. */
const START = Date.UTC(2026, 2, 1, 23, 50) * 1000;
const CAMPAIGNS = [
  'utm_source=a&utm_medium=cpc&utm_campaign=x',
  'UTM_SOURCE=A&utm_medium=cpc&utm_campaign=x',
  'utm_source=a&utm_medium=cpc&utm_campaign=x&gclid=g1',
  'utm_source=b&utm_medium=email',
  'gclid=g1',
  'gclid=g2',
  'fbclid=f1',
];

/**
 * A small shop with what is hard about sessions: gaps at the border of the timeout, midnight,
 * campaigns, logins that change, cookies known on two sites, servers' events, repeated and late
 * and ill-timed events. Its rows come in the order of a random arrival.
 *
 * @param shop number of the shop: part of all its names, so that shops never meet
 */
export function randomShop(seed: number, shop: number): RawEvent[] {
  const random = seededRandom(seed * 1000 + shop);
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const chance = (share: number): boolean => random() < share;

  const sites = [`s${shop}-1`, `s${shop}-2`].slice(0, 1 + (shop % 2));
  const cookies = 1 + (shop % 3);
  const users = [`u${shop}-a`, `u${shop}-b`];
  const events: RawEvent[] = [];
  let time = START;

  const page = (): Pick<RawEvent, 'page_url' | 'page_referrer'> => {
    const own = `https://www.shop${shop}.example/`;
    const query = chance(0.3) ? `?${pick(CAMPAIGNS)}` : '';
    const referrers = [
      null,
      null,
      `${own}before`,
      'https://www.google.com/',
      'https://paypal.com/',
    ];
    return { page_url: `${own}p${below(3)}${query}`, page_referrer: pick(referrers) };
  };
  const propertiesOf = (name: string): RawEvent['properties'] => {
    const product = below(4);
    if (name === 'product_view' || name === 'add_to_cart')
      return { product_id: `p${product}`, product_category: `c${product % 2}` };
    if (name === 'purchase') return { order_id: `o${shop}-${below(3)}` };
    return name === 'engagement' ? { engaged_seconds: below(80) / 2 } : null;
  };
  const gap = (): number => {
    const timeout = 30 * MINUTE;
    return pick(
      [0, 1, below(70 * SECOND), below(20 * MINUTE), chance(0.5) ? 0 : below(26 * HOUR)].concat(
        timeout,
        timeout + 1,
        timeout - 1,
        timeout,
        25 * MINUTE,
        below(5 * MINUTE),
      ),
    );
  };
  const delay = (): number => {
    if (chance(0.05)) return -5 * MINUTE - below(3); // the border of what is from the future
    if (chance(0.1)) return 3 * DAY + below(3) - 1; // the border of what is too late
    return chance(0.2) ? below(12 * DAY) : below(3 * SECOND);
  };
  const add = (event: Partial<RawEvent>): void => {
    const name = pick([
      'page_view',
      'page_view',
      'product_view',
      'search',
      'add_to_cart',
      'checkout_step',
      'purchase',
      'registration',
      'login',
      'engagement',
      'asset_request',
    ]);
    const occurred = event.occurred_at ?? time;
    const isServer = chance(0.12);
    events.push({
      event_id: `${shop}-${below(1_000_000)}-${events.length}`,
      event_name: name,
      site_id: pick(sites),
      source: isServer ? 'server' : pick(['web', 'web', 'web', 'access_log', 'import']),
      occurred_at: occurred,
      received_at: occurred + delay(),
      anonymous_id: isServer || chance(0.03) ? null : `c${below(cookies)}`,
      user_id: chance(isServer ? 0.7 : 0.25) ? pick(users) : null,
      user_agent: chance(0.04) ? pick([BOT, null]) : BROWSER,
      ...(chance(0.1) ? { page_url: null, page_referrer: null } : page()),
      properties: isServer && chance(0.5) ? propertiesOf('purchase') : propertiesOf(name),
      ...event,
    });
  };

  const usual = (): void => {
    time += gap();
    if (chance(0.02))
      add({ occurred_at: Date.UTC(1999, 11, 31, 23, 59, 59) * 1000 + below(3) * SECOND });
    else add({});
  };
  for (let count = 5 + below(45); count > 0; count -= 1) usual();
  addEndless(shop, random, (event) => add(event));

  for (let count = below(8); count > 0; count -= 1)
    events.push(repeated(pick(events), pick(events), random));
  return shuffled(events, random, chance(0.5));
}

/** Now and then somebody whom the guards must cut: by the hours, or by the number of events. */
function addEndless(
  shop: number,
  random: () => number,
  add: (event: Partial<RawEvent>) => void,
): void {
  const [count, step] =
    shop % 20 === 0 ? [250, 14 * MINUTE] : shop % 90 === 1 ? [2300, SECOND] : [0, 0];
  for (let number = 0; number < count; number += 1) {
    add({
      event_name: 'page_view',
      anonymous_id: 'endless',
      site_id: `s${shop}-1`,
      source: 'web',
      occurred_at: START + 60 * DAY + number * step,
      user_id: null,
      page_url: random() < 0.01 ? `https://www.shop${shop}.example/?gclid=g9` : null,
      page_referrer: null,
    });
  }
}

/** The same event again: earlier, later or at one time, with its content or another's. */
function repeated(event: RawEvent, other: RawEvent, random: () => number): RawEvent {
  const shift = [0, 0, -2 * DAY, 2 * DAY, 1][Math.floor(random() * 5)] ?? 0;
  const content = random() < 0.4 ? event : other;
  return { ...content, event_id: event.event_id, received_at: event.received_at + shift };
}

/** By receipt with a few astray, or any order at all. */
function shuffled(events: RawEvent[], random: () => number, isAny: boolean): RawEvent[] {
  const placed = events.map((event) => {
    const isAstray = isAny || random() < 0.1;
    return { event, at: isAstray ? START + random() * 60 * DAY : event.received_at };
  });
  return placed.sort((a, b) => a.at - b.at).map(({ event }) => event);
}

/** Cuts rows at random places into 1 to 7 parts, some of them empty. */
export function cutAtRandom<T>(rows: readonly T[], seed: number): T[][] {
  const random = seededRandom(seed);
  const count = 1 + Math.floor(random() * 7);
  const cuts = Array.from({ length: count - 1 }, () => Math.floor(random() * (rows.length + 1)));
  const borders = [0, ...cuts.sort((a, b) => a - b), rows.length];
  return borders.slice(1).map((end, part) => rows.slice(borders[part], end));
}
