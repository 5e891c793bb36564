import { checkSettings } from '../../../includes/check_settings';
import settings from '../../../includes/settings';

type Settings = typeof settings;
const withChange = (change: Partial<Settings>): Settings => ({ ...settings, ...change });
const withTouches = (name: string, touch_conversion_types: string[]) =>
  settings.conversion_types.map((type) =>
    type.conversion_type === name ? { ...type, touch_conversion_types } : type,
  );
const withIdentity = (change: Partial<Settings['identity']>): Partial<Settings> => ({
  identity: { ...settings.identity, ...change },
});
const { evidence } = settings.identity;
const withEvidence = (change: Partial<typeof evidence>): Partial<Settings> =>
  withIdentity({ evidence: { ...evidence, ...change } });

describe('checkSettings', () => {
  test('takes the settings as they are shipped', () => {
    expect(() => checkSettings(settings)).not.toThrow();
  });

  test.each<[string, Partial<Settings>, RegExp]>([
    [
      'a timeout of zero',
      { session_timeout_minutes: 0 },
      /session_timeout_minutes is 0: give a whole number from 1/,
    ],
    [
      'a timeout longer than a session',
      { session_timeout_minutes: 3000 },
      /session_timeout_minutes \(3000\) is longer than max_session_hours \(24\): shorten/,
    ],
    ['a day that is none', { earliest_event_date: '2000' }, /write a day as '2000-01-31'/],
    [
      'position-based shares above one',
      {
        attribution_models: [
          { model: 'ihc', kind: 'ihc' },
          { model: 'u', kind: 'position_based', first_share: '0.6', last_share: '0.5' },
        ],
      },
      /u: first_share 0\.6 and last_share 0\.5 exceed 1 together: lower one/,
    ],
    [
      'a model that is sent but not computed',
      { attribution_models: [{ model: 'last', kind: 'last' }] },
      /activation\.model is ihc, which attribution_models leaves out: add it/,
    ],
    [
      'a Markov model of no order',
      {
        attribution_models: [
          { model: 'ihc', kind: 'ihc' },
          { model: 'm', kind: 'markov', order: 5 },
        ],
      },
      /attribution_models\[1\]\.order is 5: write 1, 2, 3 or 4/,
    ],
    [
      'a platform without platforms',
      {
        attribution_models: [
          { model: 'ihc', kind: 'ihc' },
          { model: 'p', kind: 'platform', click_days: 7, view_days: 1 },
        ],
      },
      /p: name its platforms or its channels/,
    ],
    [
      'an own domain that is ignored',
      { ignored_referrers: ['shop.example'] },
      /ignored_referrers lists shop\.example, an own domain of a site: remove it/,
    ],
    [
      'touches by a type that is none',
      { conversion_types: withTouches('first_order', ['signup']) },
      /conversion type first_order: touch_conversion_types names signup, which conversion_types lacks/,
    ],
    [
      'a type that touches itself',
      { conversion_types: withTouches('return_order', ['return_order']) },
      /names the type itself: its own conversions are no touches of it/,
    ],
    [
      'touches of imported journeys',
      { conversion_types: withTouches('conversion', ['registration', 'registration']) },
      /names registration twice: keep one[\s\S]*must be empty: imported journeys keep their own/,
    ],
    [
      'a name of two platforms',
      { platform_aliases: { a: ['x'], b: ['x'] } },
      /platform_aliases gives x to a and to b: keep one/,
    ],
    [
      'a reporting zone that is none',
      { reporting_time_zone: 'Berlin' },
      /reporting_time_zone is Berlin: write an IANA name/,
    ],
    [
      "an account's zone that is none",
      { ad_accounts: [{ platform: 'meta', account_id: '1', time_zone: 'CET+1' }] },
      /ad_accounts\[0\] \(meta 1\) has the time zone CET\+1: write an IANA name/,
    ],
    [
      "an account under a platform's other name",
      { ad_accounts: [{ platform: 'facebook', time_zone: 'UTC' }] },
      /ad_accounts\[0\] \(facebook\): call its platform meta/,
    ],
    [
      'an account in two spellings',
      {
        ad_accounts: [
          { platform: 'google_ads', account_id: '482-110-3391', time_zone: 'UTC' },
          { platform: 'google_ads', account_id: '4821103391', time_zone: 'Asia/Tokyo' },
        ],
      },
      /ad_accounts names google_ads 4821103391 twice/,
    ],
    [
      'a share above one',
      { missing_clicks: { reported_clicks_minimum: 50, observed_share_minimum: '50' } },
      /observed_share_minimum is 50: give a share/,
    ],
    [
      'two kinds of which a person has one',
      withIdentity({ unique_identifiers: ['user_id', 'customer_ref'] }),
      /unique_identifiers names user_id and customer_ref: keep the one/,
    ],
    [
      'evidence without a rule',
      withEvidence({ rules: [] }),
      /evidence\.rules is empty: keep the rule of ip_sha256/,
    ],
    [
      'a rule of evidence that is there twice',
      withEvidence({ rules: [...evidence.rules, ...evidence.rules] }),
      /evidence\.rules names address twice: keep one/,
    ],
    [
      'a rule of evidence named like the pairs drawn at random',
      withEvidence({ rules: evidence.rules.map((rule) => ({ ...rule, rule: 'random' })) }),
      /"random" is no name: use lower case/,
    ],
    [
      'blocks that would make pairs without end',
      withEvidence({ rules: evidence.rules.map((rule) => ({ ...rule, max_visitors: 1e6 })) }),
      /rule address: max_visitors is 1000000: give a number from 2 to 1000/,
    ],
    [
      'a kind without a place in the order',
      withIdentity({ identifier_order: settings.identity.identifier_order.slice(0, -1) }),
      /identifier_order lacks etag_id: put it where/,
    ],
    [
      'a unique kind behind another',
      withIdentity({ unique_identifiers: ['customer_ref'] }),
      /identifier_order: put customer_ref first/,
    ],
    [
      'a threshold that nothing passes',
      withIdentity({ match_threshold: 1 }),
      /match_threshold is 1: give a probability between 0 and 1/,
    ],
  ])('refuses %s and says the mend', (_name, change, message) => {
    expect(() => checkSettings(withChange(change))).toThrow(message);
  });

  test('names all contradictions at once', () => {
    const types = settings.conversion_types;
    const change = { conversion_types: [...types, ...types], session_timeout_minutes: 3000 };
    expect(() => checkSettings(withChange(change))).toThrow(
      /session_timeout_minutes[\s\S]*first_order twice/,
    );
  });
});
