import { generateShop, shopParts } from '@tributary/local/demo/generate-shop';
import { readDemoOptions } from '@tributary/local/demo/options';
import { campaigns } from '@tributary/local/demo/shop/campaigns';
import { origins } from '@tributary/local/demo/shop/origins';
import { columnOf, hashOf, rowsOf, smallShop, tablesOf } from './rows';

const count = (values: readonly unknown[]): Map<unknown, number> => {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

describe('generateShop', () => {
  it('makes the same shop from the same options, another from another seed', () => {
    const first = hashOf(smallShop());
    expect(hashOf(smallShop())).toBe(first);
    expect(hashOf(smallShop({ seed: 8 }))).not.toBe(first);
  });

  it('leaves the persons of a smaller shop as they are', () => {
    const few = smallShop({ persons: 60 });
    const many = smallShop({ persons: 120 });
    for (const table of ['events', 'orders', 'orderItems', 'crmCustomers'] as const) {
      const expected = rowsOf(few[table]);
      expect(rowsOf(many[table]).slice(0, expected.length)).toEqual(expected);
    }
    for (const table of ['visitors', 'sessions', 'conversions', 'conversion_effects'] as const) {
      const expected = rowsOf(few.truth[table]);
      expect(rowsOf(many.truth[table]).slice(0, expected.length)).toEqual(expected);
    }
  });

  it('is the same shop in parts and whole', () => {
    const options = readDemoOptions({ persons: 100, days: 40, seed: 3 });
    const whole = generateShop(options);
    const parts = [...shopParts(options, 33)];
    expect(parts).toHaveLength(4);
    const glued = (name: 'events' | 'adCosts' | 'exchangeRates') =>
      parts.flatMap((part) => rowsOf(part[name]));
    expect(glued('events')).toEqual(rowsOf(whole.events));
    expect(glued('adCosts')).toEqual(rowsOf(whole.adCosts));
    expect(glued('exchangeRates')).toEqual(rowsOf(whole.exchangeRates));
    expect(parts.flatMap((part) => rowsOf(part.truth.channel_effects))).toEqual(
      rowsOf(whole.truth.channel_effects),
    );
  });

  it('works for one person and one day', () => {
    const shop = smallShop({ persons: 1, days: 1 });
    expect(shop.events.rowCount).toBeGreaterThan(0);
    for (const [, table] of tablesOf(shop)) {
      for (const column of Object.values(table.columns)) {
        expect(column.kind === 'text' ? column.codes : column.values).toHaveLength(table.rowCount);
      }
    }
  });

  describe('by default', () => {
    const shop = generateShop(readDemoOptions());
    const event = (name: string) => columnOf(shop.events, name);
    const receivedAt = event('received_at').map(Number);
    const hoursLate = event('occurred_at').map(
      (at, row) => ((receivedAt[row] ?? 0) - Number(at)) / 3_600_000,
    );

    it('has at least 200,000 events over 90 days', () => {
      expect(shop.events.rowCount).toBeGreaterThanOrEqual(200_000);
      const days = new Set(receivedAt.map((at) => Math.floor(at / 86_400_000)));
      expect(days.size).toBeGreaterThanOrEqual(90);
    });

    it('has enough journeys to train IHC on', () => {
      const { conversions } = shop.truth;
      const types = columnOf(conversions, 'conversion_type');
      const visits = columnOf(conversions, 'visit_number');
      const long = count(types.filter((_, row) => Number(visits[row]) >= 3));
      expect(long.get('first_order')).toBeGreaterThanOrEqual(2000);
      expect(long.get('registration')).toBeGreaterThanOrEqual(2000);
      expect(long.get('return_order')).toBeGreaterThanOrEqual(1500);
    });

    it('has sessions of all channels, and costs on at least eight of them', () => {
      const visits = count(columnOf(shop.truth.sessions, 'channel'));
      expect(visits.size).toBeGreaterThanOrEqual(14);
      expect(Math.min(...visits.values())).toBeGreaterThan(300);
      const paidOrigins = new Set(campaigns.map(({ origin }) => origin));
      const paid = origins.filter(({ key }) => paidOrigins.has(key)).map(({ channel }) => channel);
      expect(new Set(paid).size).toBeGreaterThanOrEqual(8);
      const reports = count(columnOf(shop.adCosts, 'platform'));
      for (const { platform } of campaigns) expect(reports.get(platform)).toBeGreaterThan(80);
    });

    it('has what makes real data hard: duplicates, late and impossible times, server events', () => {
      const matching = (test: (hours: number) => boolean) => hoursLate.filter(test).length;
      expect(shop.events.rowCount - new Set(event('event_id')).size).toBeGreaterThan(500);
      expect(matching((hours) => hours > 1)).toBeGreaterThan(1000);
      expect(matching((hours) => hours > 72)).toBeGreaterThan(200);
      expect(matching((hours) => hours > 30 * 24)).toBeGreaterThan(2);
      expect(matching((hours) => hours < -1)).toBeGreaterThan(2);
      expect(count(event('source')).get('server')).toBeGreaterThan(1000);
      const users = event('user_id');
      const serverOnly = event('anonymous_id').filter((id, row) => id === null && users[row]);
      expect(serverOnly.length).toBeGreaterThan(50);
    });

    it('has persons with several visitors, and visitors without consent', () => {
      const persons = columnOf(shop.truth.visitors, 'person_id').filter((id) => id !== null);
      const several = [...count(persons).values()].filter((visitors) => visitors > 1);
      expect(several.length).toBeGreaterThan(3000);
      const refused = count(event('consent_bits')).get(0) ?? 0;
      expect(refused / shop.events.rowCount).toBeGreaterThan(0.03);
    });

    it('has cancelled and refunded orders, in three currencies', () => {
      const states = count(columnOf(shop.orders, 'status'));
      for (const state of ['cancelled', 'refunded', 'partially_refunded']) {
        expect(states.get(state)).toBeGreaterThan(50);
      }
      const currencies = new Set(columnOf(shop.orders, 'currency_code'));
      expect([...currencies].sort()).toEqual(['EUR', 'GBP', 'USD']);
    });
  });
});
