import { exp } from '../random/exact-math';
import type { ConversionType } from '../shop/origins';
import { countryCodes } from '../shop/persons';
import { register, signIn } from './account';
import { Walk, wander } from './browsing';
import { checkOut } from './checkout';
import type { Life, Visit } from './life';
import { Recorder } from './recorder';
import type { Simulation } from './simulation';

const minute = 60_000;

/** Lets a visit happen: pages, account, perhaps an order. Answers when it ended. */
export function makeVisit(simulation: Simulation, life: Life, visit: Visit): number {
  const { person, random, history } = life;
  const address = visit.isMobileNetwork
    ? simulation.addresses.mobile(-1 - countryCodes.indexOf(person.country), random.below(60))
    : simulation.addresses.home(person.household, visit.startsAt);
  const recorder = new Recorder(
    simulation.events,
    random,
    person,
    visit.device,
    address,
    history.visitCount,
    visit.startsAt,
    simulation.options.endsAt,
  );
  if (life.signedInDevices.has(visit.device.number)) recorder.userId = person.userId;

  const orderType: ConversionType = history.orderCount === 0 ? 'first_order' : 'return_order';
  const orders = happens(life, orderType, visit.startsAt);
  const registers = !history.isRegistered && happens(life, 'registration', visit.startsAt);

  const walk = new Walk(recorder, random, person.favouriteCategories, visit.startsAt);
  land(walk, visit, recorder);
  // Who orders looks around first.
  wander(walk, random, orders && visit.depth === 'glance' ? 'browse' : visit.depth);
  if (walk.seen.length > 0) history.lastProductViewAt = walk.now;

  if (registers) register(simulation, life, visit, walk, 'form');
  else if (visit.depth !== 'glance' && random.chance(0.2)) signIn(life, visit, walk);

  if (orders) {
    checkOut(simulation, life, visit, walk, orderType);
  } else if (visit.depth === 'deep' && walk.seen.length > 0 && random.chance(0.25)) {
    walk.addToCart();
    history.hasCart = true;
    if (random.chance(0.4)) abandonCheckout(walk);
  }
  return Math.max(walk.now, visit.startsAt + minute);
}

/** Draws whether a conversion happens in a visit that begins now. */
function happens(life: Life, type: ConversionType, time: number): boolean {
  // Trust takes visits. A factor on the whole hazard leaves the shares of its parts as they are.
  const trust = Math.min(1, 0.2 + 0.2 * (life.history.visitCount - 1));
  const hazard = trust * life.person.propensity * life.intent.hazard(type, time);
  return life.random.chance(1 - exp(-hazard));
}

function land(walk: Walk, visit: Visit, recorder: Recorder): void {
  const { landing } = visit;
  const query = recorder.hasConsent ? landing.query : landing.anonymousQuery;
  const title = landing.path === '/' ? 'Fjellgang' : 'Fjellgang shop';
  walk.page(landing.path, title, { query, referrer: landing.referrer });
}

function abandonCheckout(walk: Walk): void {
  walk.page('/checkout/cart', 'Cart');
  walk.act('checkout_step', '{"step":1}');
  if (walk.random.chance(0.5)) {
    walk.page('/checkout/address', 'Address');
    walk.act('checkout_step', '{"step":2}');
  }
}
