import { checkSettings } from '../../../includes/check_settings';
import settings from '../../../includes/settings';

type Changed = Record<string, unknown>;

const check = (change: Changed) => () =>
  checkSettings({ ...settings, ...change } as unknown as typeof settings);

/** The settings with other values in the conversion type of that name. */
const withType = (name: string, change: Changed) => ({
  conversion_types: settings.conversion_types.map((type) =>
    type.conversion_type === name ? { ...type, ...change } : type,
  ),
});

const withModel = (model: Changed) => ({
  attribution_models: [...settings.attribution_models, model],
});

describe('conversion types', () => {
  test.each<[string, string, Changed, RegExp]>([
    [
      'a misspelt source',
      'first_order',
      { source: 'orders' },
      /conversion_types\[1\]\.source is 'orders': write 'event', 'order' or 'import'/,
    ],
    ['no source', 'first_order', { source: undefined }, /\[1\]\.source is missing: write 'event'/],
    [
      'a rank that is none',
      'first_order',
      { order_rank: '1st' },
      /order_rank is '1st': write 'first' or 'later'/,
    ],
    [
      'two types of one rank',
      'return_order',
      { order_rank: 'first', once_per_customer: true },
      /two types of order_rank 'first': keep one/,
    ],
    ['half a day', 'first_order', { lookback_days: 0.5 }, /lookback_days is 0\.5: give a whole/],
    ['days as a text', 'first_order', { lookback_days: '120' }, /lookback_days is '120': give/],
    ['no end', 'first_order', { lookback_days: Infinity }, /lookback_days is Infinity: give/],
    ['NaN', 'first_order', { lookback_days: Number.NaN }, /lookback_days is NaN: give/],
    [
      'later orders once per customer',
      'return_order',
      { once_per_customer: true },
      /return_order: every later order counts; write once_per_customer: false/,
    ],
    [
      'first orders more than once',
      'first_order',
      { once_per_customer: false },
      /first_order: a customer has one first order; write once_per_customer: true/,
    ],
    [
      'imports that begin after others',
      'conversion',
      { starts_after_previous: true },
      /conversion: imported journeys keep their own sessions; write starts_after_previous: false/,
    ],
    [
      'a rank of events',
      'registration',
      { order_rank: 'first' },
      /registration has source 'event': remove order_rank/,
    ],
    [
      'a misspelt key',
      'first_order',
      { lookback_day: 30 },
      /conversion_types\[1\]\.lookback_day is no setting: remove it, or write event_name/,
    ],
  ])('%s is refused, with the mend', (_case, name, change, message) => {
    expect(check(withType(name, change))).toThrow(message);
  });
});

describe('attribution models', () => {
  test.each<[string, Changed, RegExp]>([
    [
      'a misspelt kind',
      { model: 'decay', kind: 'tim_decay', half_life_days: 7 },
      /attribution_models\[\d+\]\.kind is 'tim_decay': write 'first', /,
    ],
    [
      'a kind of every object',
      { model: 'm', kind: 'constructor' },
      /kind is 'constructor': write 'first'/,
    ],
    [
      'a half-life without end',
      { model: 'decay', kind: 'time_decay', half_life_days: Infinity },
      /half_life_days is Infinity: give a number/,
    ],
    [
      'shares as numbers, which SQL would round',
      { model: 'u', kind: 'position_based', first_share: 0.4, last_share: '0.4' },
      /first_share is 0\.4: give a share from 0 to 1 as a text/,
    ],
    [
      "another kind's setting",
      { model: 'l', kind: 'linear', order: 2 },
      /\.order is no setting: remove it/,
    ],
    [
      'a name that SQL can not have',
      { model: 'My model', kind: 'linear' },
      /use lower-case letters/,
    ],
  ])('%s is refused, with the mend', (_case, model, message) => {
    expect(check(withModel(model))).toThrow(message);
  });
});

describe('every section', () => {
  test.each<[string, Changed, RegExp]>([
    ['negative decimals', { base_currency_decimals: -1 }, /base_currency_decimals is -1: give/],
    ['more decimals than money has', { base_currency_decimals: 12 }, /from 0 to 4/],
    ['a currency that is none', { base_currency_code: 'Euro' }, /ISO code of a currency/],
    ['a key that is none', { attribution_model: [] }, /attribution_model is no setting: remove it/],
    ['the 30th of February', { earliest_event_date: '2000-02-30' }, /write a day as/],
    [
      'a list that is none',
      { direct_channels: 'Direct' },
      /direct_channels is 'Direct': give a list/,
    ],
    ['a site without domains', { sites: [{ site_id: 'a' }] }, /sites\[0\]\.domains is missing/],
    [
      'a rule of other kind',
      { channel_rules: [{ channel: 'A', kind: 'serach' }] },
      /channel_rules\[0\]\.kind is 'serach': write 'search'/,
    ],
    [
      'an identifier that is none',
      { identity: { ...settings.identity, consent_free_identifiers: ['login'] } },
      /consent_free_identifiers\[0\] is 'login': write 'user_id'/,
    ],
    [
      'a switch as a text',
      {
        activation: {
          ...settings.activation,
          meta: { ...settings.activation.meta, is_enabled: 'no' },
        },
      },
      /activation\.meta\.is_enabled is 'no': give true or false/,
    ],
  ])('%s is refused, with the mend', (_case, change, message) => {
    expect(check(change)).toThrow(message);
  });

  test.each(Object.keys(settings))('%s can not be left out', (name) => {
    expect(check({ [name]: undefined })).toThrow(new RegExp(`- ${name} is missing: `));
  });

  test('slips are named all at once', () => {
    expect(check({ late_days: 0, path_touches_maximum: '6' })).toThrow(
      /late_days is 0[\s\S]*path_touches_maximum is '6'/,
    );
  });
});
