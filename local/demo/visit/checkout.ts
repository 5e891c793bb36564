import type { ConversionType } from '../shop/origins';
import { loginVisitorIdOf } from '../tables/truth-builders';
import { accountRef, guestRef, noteConversion, register, signIn } from './account';
import type { Walk } from './browsing';
import type { Life, Visit } from './life';
import { nextNight, type Order, placeOrder } from './ordering';
import { type Simulation, siteId } from './simulation';

/** Cart, address, payment, order: as account or as guest. */
export function checkOut(
  simulation: Simulation,
  life: Life,
  visit: Visit,
  walk: Walk,
  type: ConversionType,
): void {
  const { random, history } = life;
  const additions = 1 + random.weighted([70, 22, 8]);
  for (let count = 0; count < additions; count++) walk.addToCart();
  walk.page('/checkout/cart', 'Cart');
  walk.act('checkout_step', '{"step":1}');
  if (!history.isRegistered && random.chance(0.5))
    register(simulation, life, visit, walk, 'checkout');
  else if (random.chance(0.85)) signIn(life, visit, walk);
  walk.page('/checkout/address', 'Address');
  walk.act('checkout_step', '{"step":2}');
  walk.act('checkout_step', '{"step":3}');

  const isGuest = walk.recorder.userId === null;
  const order = placeOrder(
    simulation.orders,
    random,
    life.person,
    { ref: isGuest ? guestRef(life) : accountRef(life), isGuest },
    history.orderCount + 1,
    walk.cart,
    walk.now,
    simulation.options.endsAt,
  );
  if (isGuest) noteGuest(simulation, life, walk.now);
  noteConversion(simulation, life, visit, type, walk.now, order);
  thank(simulation, life, walk, order, isGuest);
  history.orderCount++;
  history.hasCart = false;
  life.intent.satisfy();
}

/** The confirmation: from the browser and the backend, or from the backend alone. */
function thank(simulation: Simulation, life: Life, walk: Walk, order: Order, isGuest: boolean) {
  const { random } = life;
  const { recorder } = walk;
  const { orderId, revenue, currency } = order;
  const properties = JSON.stringify({ order_id: orderId, value: revenue / 100, currency });
  const detail = { properties, withEmail: isGuest ? 'guest' : 'account', withPhone: true } as const;
  const orderedAt = walk.now;
  walk.now += 800;
  if (random.chance(0.05)) {
    // The browser's event was blocked.
    recorder.fromServer('purchase', orderedAt, detail);
    if (!isGuest && recorder.hasConsent && !life.isLoginVisitorKnown) {
      life.isLoginVisitorKnown = true;
      simulation.truth.addVisitor({
        visitorId: loginVisitorIdOf(siteId, life.person.userId),
        anonymousId: null,
        userId: life.person.userId,
        personId: life.person.id,
        householdId: life.person.householdId,
        device: null,
        isBot: false,
        firstSeenAt: orderedAt,
      });
    }
  } else {
    const eventId = recorder.record('purchase', orderedAt, detail);
    if (random.chance(0.5)) recorder.fromServer('purchase', orderedAt, detail, { eventId });
  }
  // Payment providers send the buyer back from their own pages: no new session.
  const from = random.chance(0.3) ? { referrer: 'https://www.paypal.com/' } : {};
  walk.page('/checkout/thanks', 'Thank you', from);
}

function noteGuest(simulation: Simulation, life: Life, time: number): void {
  const { person } = life;
  simulation.crm.add({
    customerRef: guestRef(life),
    userId: null,
    emailSha256: person.guestEmailSha256,
    phoneSha256: person.phoneSha256,
    country: person.country,
    createdAt: time,
    ingestedAt: nextNight(time),
  });
}
