import { consentBits } from '@tributary/local/demo/tables/event-table';
import fc from 'fast-check';
import { type Cells, rowsOf, smallShop } from '../unit/local/demo/rows';

const options = fc.record({
  persons: fc.integer({ min: 1, max: 20 }),
  days: fc.integer({ min: 1, max: 120 }),
  seed: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
});

const groupBy = (rows: readonly Cells[], column: string): Map<unknown, Cells[]> => {
  const groups = new Map<unknown, Cells[]>();
  for (const row of rows) groups.set(row[column], [...(groups.get(row[column]) ?? []), row]);
  return groups;
};

const dayOf = (millis: unknown): number => Math.floor(Number(millis) / 86_400_000);

const forEveryShop = (check: (shop: ReturnType<typeof smallShop>) => void) =>
  fc.assert(
    fc.property(options, (input) => check(smallShop(input))),
    { numRuns: 25 },
  );

describe('every demo shop', () => {
  it('knows the person behind every visitor', () => {
    forEveryShop((shop) => {
      const visitors = rowsOf(shop.truth.visitors);
      const cookies = new Set(visitors.map((row) => row.anonymous_id));
      const logins = new Set(visitors.map((row) => row.user_id));
      const unknown = rowsOf(shop.events).filter((event) =>
        event.anonymous_id === null
          ? event.user_id !== null && !logins.has(event.user_id)
          : !cookies.has(event.anonymous_id),
      );
      expect(unknown).toEqual([]);
      expect(new Set(visitors.map((row) => row.visitor_id)).size).toBe(visitors.length);
      for (const row of visitors) expect(row.person_id === null).toBe(row.is_bot === 1);
    });
  });

  it('stores no identifier without consent', () => {
    forEveryShop((shop) => {
      const identifiers = ['anonymous_id', 'user_id', 'etag_id', 'ip_sha256', 'ip_prefix_sha256'];
      identifiers.push('email_sha256', 'phone_sha256');
      for (const event of rowsOf(shop.events)) {
        if (event.consent_bits === null) continue;
        if (Number(event.consent_bits) & consentBits.analytics) continue;
        const stored = identifiers.filter((column) => event[column] !== null);
        if (/clid=|braid=/.test(String(event.page_url))) stored.push('page_url');
        if (stored.length > 0) expect({ event, stored }).toEqual({ event, stored: [] });
      }
    });
  });

  it('splits every conversion among base and origins without remainder', () => {
    forEveryShop((shop) => {
      const effects = groupBy(rowsOf(shop.truth.conversion_effects), 'truth_conversion_id');
      for (const conversion of rowsOf(shop.truth.conversions)) {
        let sum = Number(conversion.base_share);
        for (const effect of effects.get(conversion.truth_conversion_id) ?? []) {
          expect(effect.effect_share).toBeGreaterThan(0);
          sum += Number(effect.effect_share);
        }
        expect(sum).toBeCloseTo(1, 9);
      }
    });
  });

  it('has one first order per buyer, before the others, and one registration at most', () => {
    forEveryShop((shop) => {
      for (const [, rows] of groupBy(rowsOf(shop.truth.conversions), 'person_id')) {
        const orders = rows.filter((row) => row.order_id !== null);
        const types = orders.map((row) => row.conversion_type);
        expect(types.filter((type) => type === 'first_order')).toHaveLength(orders.length ? 1 : 0);
        if (orders.length > 0) expect(types[0]).toBe('first_order');
        expect(rows.length - orders.length).toBeLessThanOrEqual(1);
      }
    });
  });

  it('has the truth of every order, and every sum of an order adds up', () => {
    forEveryShop((shop) => {
      const known = new Map(rowsOf(shop.truth.conversions).map((row) => [row.order_id, row]));
      const items = groupBy(rowsOf(shop.orderItems), 'order_row');
      const references = new Set(rowsOf(shop.crmCustomers).map((row) => row.customer_ref));
      for (const order of rowsOf(shop.orders)) {
        const truth = known.get(order.order_id);
        expect(truth).toMatchObject({
          converted_at: order.ordered_at,
          revenue_amount: order.revenue_amount,
          currency_code: order.currency_code,
        });
        expect(references).toContain(order.customer_ref);
        const goods = (items.get(order.order_row) ?? []).reduce(
          (sum, item) => sum + Number(item.quantity) * Number(item.unit_price_amount),
          0,
        );
        expect(goods + Number(order.shipping_amount)).toBe(order.revenue_amount);
        expect(Number(order.refund_amount)).toBeLessThanOrEqual(Number(order.revenue_amount));
      }
    });
  });

  it('gives an event id to one event alone: repeated sendings agree in everything but receipt', () => {
    forEveryShop((shop) => {
      for (const [, rows] of groupBy(rowsOf(shop.events), 'event_id')) {
        const facts = rows.map((row) => `${row.event_name} ${row.occurred_at} ${row.properties}`);
        if (rows.length > 1) expect(new Set(facts).size).toBe(1);
      }
    });
  });

  it('has an exchange rate for every foreign amount', () => {
    forEveryShop((shop) => {
      const rates = new Set(
        rowsOf(shop.exchangeRates).map((row) => `${row.currency_code} ${row.rate_date}`),
      );
      const needed = [
        ...rowsOf(shop.adCosts).map((row) => `${row.currency_code} ${row.cost_date}`),
        ...rowsOf(shop.orders).map((row) => `${row.currency_code} ${dayOf(row.ordered_at)}`),
      ].filter((need) => !need.startsWith('EUR'));
      expect(needed.filter((need) => !rates.has(need))).toEqual([]);
    });
  });
});
