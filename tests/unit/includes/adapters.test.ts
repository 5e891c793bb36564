import { checkSettings } from '../../../includes/check_settings';
import settings from '../../../includes/settings';

const ref = (name: string) => `\`tributary.${name}\``;
const off = { ga4: [], snowplow: [], segment: [] };
const source = { site_id: 'web', dataset: 'analytics_1', purchases_are_orders: true };

/** The includes as they are with these adapters in the settings. */
function withAdapters(adapters: object) {
  let loaded: typeof import('../../../includes/adapters') | undefined;
  jest.isolateModules(() => {
    jest.doMock('../../../includes/settings', () => ({ ...settings, adapters }));
    loaded = require('../../../includes/adapters');
  });
  if (!loaded) throw new Error('not loaded');
  return loaded;
}

describe('adapters', () => {
  test('no source leaves the SQL of events, orders and sessions as it is', () => {
    const none = withAdapters(off);
    expect(none.allEvents(ref)).toBe('`tributary.events`');
    expect(none.allOrders(ref)).toBe('SELECT * FROM `tributary.orders`');
    expect(none.ownColumns).toBe('');
    expect(none.campaignUrl()).toBe('page_url');
    expect(none.receiptCount('1')).toBe('1');
    expect(none.isReplaced(ref)).toBe('');
    expect(none.device('e', 'd')).toBe("COALESCE(d, 'other')");
    expect(none.isHeartbeat('x')).toBe('x');
    expect(none.kinds).toEqual([]);
  });

  test('a source is read beside raw.events, and only the adapters in use are', () => {
    const one = withAdapters({ ...off, segment: [{ ...source, event_tables: [] }] });
    expect(one.isOn('segment')).toBe(true);
    expect(one.isOn('ga4')).toBe(false);
    expect(one.allEvents(ref)).toContain('FROM `tributary.stg_segment__events`');
    expect(one.allEvents(ref)).not.toContain('ga4');
    expect(one.isReplaced(ref)).toBe('');
  });

  test('orders come of purchases where the settings say so', () => {
    expect(withAdapters({ ...off, ga4: [source] }).hasOrders).toBe(true);
    const ordersElsewhere = { ...source, purchases_are_orders: false };
    expect(withAdapters({ ...off, ga4: [ordersElsewhere] }).hasOrders).toBe(false);
  });

  test("a shop's own names of events come before the defaults", () => {
    const { eventName } = withAdapters({ ...off, ga4: [source] });
    const named = { ...source, event_names: { quiz_done: 'registration', page_view: 'seen' } };
    const sql = eventName(named, { page_view: 'page_view', login: 'login' }, 'name');
    expect(sql).toBe(
      "CASE name WHEN r'page_view' THEN r'seen' WHEN r'login' THEN r'login' " +
        "WHEN r'quiz_done' THEN r'registration' ELSE name END",
    );
  });

  test('names of tables that are also ours are no trouble: they are not declared', () => {
    const { tableOf } = withAdapters(off);
    expect(tableOf(source, { defaultDatabase: 'p' }, 'events')).toBe('`p.analytics_1.events`');
    expect(tableOf({ ...source, project: 'q' }, {}, 'events_*')).toBe('`q.analytics_1.events_*`');
  });
});

describe('checkSettings', () => {
  test.each<[string, object, RegExp]>([
    ['two of one site', { ga4: [source, source] }, /ga4 names the site web twice/],
    ['no dataset', { snowplow: [{ ...source, dataset: '' }] }, /snowplow\[0\] has no dataset/],
    [
      'orders or not',
      { ga4: [{ site_id: 'web', dataset: 'd' }] },
      /ga4\[0\]: say by purchases_are_orders/,
    ],
    ['no tables', { segment: [source] }, /segment\[0\] has no event_tables/],
  ])('%s is refused', (_name, adapters, message) => {
    const changed = { ...settings, adapters: { ...off, ...adapters } };
    expect(() => checkSettings(changed as typeof settings)).toThrow(message);
  });
});
