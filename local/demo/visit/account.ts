import type { ConversionType } from '../shop/origins';
import type { Walk } from './browsing';
import type { Life, Visit } from './life';
import { nextNight } from './ordering';
import type { Simulation } from './simulation';

export const accountRef = (life: Life): string => `C-${100_000 + life.person.index}`;
export const guestRef = (life: Life): string => `G-${100_000 + life.person.index}`;

/** Writes down a conversion and what caused it, and lets the platforms claim it. */
export function noteConversion(
  simulation: Simulation,
  life: Life,
  visit: Visit,
  type: ConversionType,
  convertedAt: number,
  order: { orderId: string; revenue: number; currency: string } | null,
): void {
  const { base, causes } = life.intent.causes(type, visit.startsAt);
  simulation.truth.addConversion({
    personId: life.person.id,
    number: ++life.conversionCount,
    type,
    orderId: order?.orderId ?? null,
    visitNumber: life.history.visitCount,
    convertedAt,
    revenue: order?.revenue ?? null,
    currency: order?.currency ?? null,
    base,
    causes,
  });
  const click = life.lastClick;
  if (order && click && convertedAt - click.time < 7 * 86_400_000) {
    simulation.clicks.claim(click.campaign, click.ad, click.time, order.revenue);
  }
}

/** Registers the person, in a form of its own or during checkout. */
export function register(
  simulation: Simulation,
  life: Life,
  visit: Visit,
  walk: Walk,
  method: 'form' | 'checkout',
): void {
  const { person, random, history } = life;
  const { recorder } = walk;
  if (method === 'form') walk.page('/account/register', 'Register');
  recorder.userId = person.userId;
  recorder.record('registration', walk.now, {
    properties: `{"method":"${method}"}`,
    withEmail: 'account',
    withPhone: method === 'checkout',
  });
  noteConversion(simulation, life, visit, 'registration', walk.now, null);
  simulation.crm.add({
    customerRef: accountRef(life),
    userId: person.userId,
    emailSha256: person.emailSha256,
    phoneSha256: method === 'checkout' ? person.phoneSha256 : null,
    country: person.country,
    createdAt: walk.now,
    ingestedAt: nextNight(walk.now),
  });
  history.isRegistered = true;
  if (random.chance(0.55)) history.isSubscriber = true;
  if (person.signInHabit === 'stays') life.signedInDevices.add(visit.device.number);
  walk.now += 2000 + random.below(5000);
}

/** Signs in a registered person who is not signed in yet, if that is their habit. */
export function signIn(life: Life, visit: Visit, walk: Walk): void {
  const { person, history } = life;
  if (!history.isRegistered || walk.recorder.userId !== null) return;
  if (person.signInHabit === 'never') return;
  walk.page('/account/login', 'Sign in');
  walk.recorder.userId = person.userId;
  walk.recorder.record('login', walk.now, { withEmail: 'account' });
  if (person.signInHabit === 'stays') life.signedInDevices.add(visit.device.number);
  walk.now += 1000;
}
