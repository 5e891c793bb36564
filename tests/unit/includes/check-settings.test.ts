import { checkSettings } from '../../../includes/check_settings';
import settings from '../../../includes/settings';

type Settings = typeof settings;
const withChange = (change: Partial<Settings>): Settings => ({ ...settings, ...change });

describe('checkSettings', () => {
  test('takes the settings as they are shipped', () => {
    expect(() => checkSettings(settings)).not.toThrow();
  });

  test.each<[string, Partial<Settings>, RegExp]>([
    ['a timeout of zero', { session_timeout_minutes: 0 }, /session_timeout_minutes is 0: give/],
    [
      'a timeout longer than a session',
      { session_timeout_minutes: 3000 },
      /session_timeout_minutes \(3000\) is longer than max_session_hours \(24\): shorten/,
    ],
    ['a day that is none', { earliest_event_date: '2000' }, /write a day as '2000-01-31'/],
    [
      'position-based shares above one',
      { position_based: { first_share: '0.6', last_share: '0.5' } },
      /exceed 1 together: lower one/,
    ],
    [
      'a model that is sent but not computed',
      { attribution_models: ['last'] },
      /activation\.model is ihc, which attribution_models leaves out: add it/,
    ],
    [
      'an own domain that is ignored',
      { ignored_referrers: ['shop.example'] },
      /ignored_referrers lists shop\.example, an own domain of a site: remove it/,
    ],
    [
      'a name of two platforms',
      { platform_aliases: { a: ['x'], b: ['x'] } },
      /platform_aliases gives x to a and to b: keep one/,
    ],
  ])('refuses %s and says the mend', (_name, change, message) => {
    expect(() => checkSettings(withChange(change))).toThrow(message);
  });

  test('names all contradictions at once', () => {
    const types = settings.conversion_types;
    const change = { conversion_types: [...types, ...types], late_days: 0 };
    expect(() => checkSettings(withChange(change))).toThrow(/late_days[\s\S]*first_order twice/);
  });
});
