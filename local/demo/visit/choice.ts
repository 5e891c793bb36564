import type { Random } from '../random/random';
import { originIndex, origins } from '../shop/origins';
import type { Person } from '../shop/persons';

/** What a person did so far, as far as it decides where the next visit comes from. */
export interface History {
  visitCount: number;
  lastProductViewAt: number;
  hasCart: boolean;
  isSubscriber: boolean;
  isRegistered: boolean;
  orderCount: number;
}

export const newHistory = (): History => ({
  visitCount: 0,
  lastProductViewAt: -Infinity,
  hasCart: false,
  isSubscriber: false,
  isRegistered: false,
  orderCount: 0,
});

const retargeted = new Set([originIndex('meta_retargeting'), originIndex('criteo')]);
const affiliates = originIndex('awin');
const retargetingMillis = 14 * 86_400_000;
export const newsletter = originIndex('newsletter');

/** The origin (index) of the next visit. */
export function chooseOrigin(random: Random, person: Person, history: History, time: number) {
  if (history.visitCount === 0) {
    return random.weighted(origins.map((origin) => origin.discovery[person.persona]));
  }
  const isWarm = time - history.lastProductViewAt < retargetingMillis;
  const weights = origins.map((origin, index) => {
    // Retargeting needs a viewed product and the consent to be followed.
    if (retargeted.has(index)) return isWarm && person.consent === 'all' ? origin.comeback : 0;
    // With a full cart people look for a voucher.
    if (index === affiliates) return history.hasCart ? origin.comeback * 2.5 : origin.comeback / 2;
    // People who found the shop in one place meet it there again.
    return origin.comeback + 0.25 * origin.discovery[person.persona];
  });
  if (history.isSubscriber) weights[newsletter] = 22;
  return random.weighted(weights);
}

/** Whether there is a further visit. */
export function comesBack(random: Random, person: Person, history: History): boolean {
  if (history.orderCount > 0) return random.chance(person.isLoyal ? 0.87 : 0.65);
  return random.chance(person.isLoyal ? 0.92 : 0.45);
}
