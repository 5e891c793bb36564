import type { Random } from '../random/random';
import type { Person } from '../shop/persons';
import type { Product } from '../shop/products';
import type { OrderItem, OrderRow, OrderTable } from '../tables/order-table';

const dayMillis = 86_400_000;

/** Price in hundredths of a currency for one hundredth of a euro: the shop's own price lists. */
const priceFactor: Readonly<Record<string, number>> = { EUR: 1, GBP: 0.9, USD: 1.2 };

export interface Order {
  readonly orderId: string;
  readonly revenue: number;
  readonly currency: string;
}

/** The night after a moment: when the shop system sends its changes. */
export const nextNight = (time: number): number =>
  (Math.floor(time / dayMillis) + 1) * dayMillis + 2.25 * 3_600_000;

function lineItems(random: Random, cart: readonly Product[], factor: number): OrderItem[] {
  const items = new Map<string, OrderItem>();
  for (const product of cart) {
    const quantity = (items.get(product.id)?.quantity ?? 0) + (random.chance(0.07) ? 2 : 1);
    const unitPrice = Math.round(product.price * factor);
    const { id: productId, name, category } = product;
    items.set(productId, { productId, name, category, quantity, unitPrice });
  }
  return [...items.values()];
}

/**
 * Places an order: its first state, and the later ones that fall into the period (cancelled,
 * refunded, refunded in part). Revenue = items + shipping; tax is contained in it.
 */
export function placeOrder(
  orders: OrderTable,
  random: Random,
  person: Person,
  customer: { readonly ref: string; readonly isGuest: boolean },
  number: number,
  cart: readonly Product[],
  orderedAt: number,
  endsAt: number,
): Order {
  const items = lineItems(random, cart, priceFactor[person.currency] ?? 1);
  const goods = items.reduce((sum, item) => sum + item.quantity * item.unitPrice, 0);
  const shipping = goods >= 10_000 ? 0 : 495;
  const revenue = goods + shipping;
  const placed: OrderRow = {
    orderId: `O-${person.index.toString(36).toUpperCase()}-${number}`,
    customerRef: customer.ref,
    emailSha256: customer.isGuest ? person.guestEmailSha256 : person.emailSha256,
    phoneSha256: person.phoneSha256,
    orderedAt,
    status: 'paid',
    revenue,
    refund: null,
    tax: Math.round((revenue * 19) / 119),
    shipping,
    currency: person.currency,
    items,
    ingestedAt: nextNight(orderedAt),
  };
  orders.add(placed);
  const later = laterState(random, placed);
  if (later && later.ingestedAt < endsAt + dayMillis) orders.add(later);
  return { orderId: placed.orderId, revenue, currency: person.currency };
}

/** What became of an order: nothing for nine in ten. */
function laterState(random: Random, placed: OrderRow): OrderRow | undefined {
  const fate = random.weighted([90.5, 3, 2.5, 4]);
  const change = (days: number) => nextNight(placed.orderedAt + days * dayMillis);
  const first = placed.items[0];
  if (fate === 1) {
    const ingestedAt = change(random.between(0, 2));
    return { ...placed, status: 'cancelled', refund: placed.revenue, ingestedAt };
  }
  if (fate === 2) {
    const ingestedAt = change(random.between(6, 25));
    return { ...placed, status: 'refunded', refund: placed.revenue, ingestedAt };
  }
  if (fate === 3 && first) {
    const ingestedAt = change(random.between(6, 25));
    return { ...placed, status: 'partially_refunded', refund: first.unitPrice, ingestedAt };
  }
  return undefined;
}
