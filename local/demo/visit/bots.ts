import { Random, streams } from '../random/random';
import { shopOrigin } from '../shop/landing';
import { products } from '../shop/products';
import { visitorIdOf } from '../tables/truth-builders';
import { type Simulation, siteId } from './simulation';

const crawlers = [
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0.0.0 Safari/537.36',
];

/** One bot for so many persons, so that more persons leave the bots of fewer as they are. */
const personsPerBot = 150;

/** The crawler that comes with a person of this index, if one does. */
export function crawl(simulation: Simulation, index: number): void {
  if (index % personsPerBot !== 7) return;
  const { seed, startsAt, endsAt } = simulation.options;
  const random = new Random(seed, streams.bot, index);
  const userAgent = random.pick(crawlers);
  const anonymousId = random.hex16();
  const address = simulation.addresses.mobile(-100, random.below(20));
  let time = Math.round(random.between(startsAt, endsAt - 3_600_000));
  simulation.truth.addVisitor({
    visitorId: visitorIdOf(siteId, anonymousId),
    anonymousId,
    userId: null,
    personId: null,
    householdId: null,
    device: null,
    isBot: true,
    firstSeenAt: time,
  });
  const pageCount = 4 + random.below(20);
  for (let page = 0; page < pageCount; page++) {
    const product = random.pick(products);
    simulation.events.add({
      eventId: `${random.hex8()}-bot-${index.toString(36)}-${page}`,
      eventName: 'page_view',
      source: 'web',
      occurredAt: time,
      receivedAt: time + 400 + random.below(2000),
      anonymousId,
      userId: null,
      etagId: null,
      ipSha256: address.ipSha256,
      ipPrefixSha256: address.ipPrefixSha256,
      userAgent,
      emailSha256: null,
      phoneSha256: null,
      pageUrl: shopOrigin + product.path,
      pageReferrer: null,
      pageTitle: product.name,
      consentBits: null,
      properties: null,
    });
    time += 1500 + random.below(40_000);
  }
}
