/**
 * What random values look like, by column name: the first pattern that fits the name and the type
 * counts. Columns that no pattern names get values by their type (random-value.ts), and strings
 * also those that the models' own SQL compares them with (literals.ts), so that branches are taken.
 */
export type Recipe =
  /** Ids that begin as one of the pools does; each subject of the data has so many of a pool. */
  | {
      readonly kind: 'id';
      readonly pools: readonly (readonly [begin: string, perSubject: number])[];
    }
  | { readonly kind: 'pick'; readonly values: readonly string[] }
  /** `micros`: a time in microseconds since 1970. */
  | { readonly kind: 'url' | 'referrer' | 'properties' | 'micros' }
  /** Numbers with up to `decimals` decimals; one in twenty is 0. */
  | {
      readonly kind: 'number';
      readonly from: number;
      readonly to: number;
      readonly decimals: number;
    }
  | { readonly kind: 'chance'; readonly of: number };

interface NamedRecipe {
  readonly name: RegExp;
  readonly recipe: Recipe;
}

const id = (name: RegExp, ...pools: (readonly [string, number])[]): NamedRecipe => ({
  name,
  recipe: { kind: 'id', pools },
});
const pick = (name: RegExp, ...values: string[]): NamedRecipe => ({
  name,
  recipe: { kind: 'pick', values },
});
const number = (name: RegExp, from: number, to: number, decimals: number): NamedRecipe => ({
  name,
  recipe: { kind: 'number', from, to, decimals },
});

export const namedRecipes: readonly NamedRecipe[] = [
  id(/^record_ids?$/, ['visitor|v', 1], ['order|o', 2], ['crm_customer|u', 1]),
  id(/^record_key$/, ['v', 1], ['o', 2], ['u', 1]),
  id(/^(cluster_label|node|label)$/, ['visitor|v', 1]),
  id(/^visitor_id(_left|_right)?$/, ['v', 1]),
  id(/^(person|customer)_id(_before|_after)?$/, ['p', 1]),
  id(/^(anonymous|etag|user_pseudo)_id$|^(domain|network)_userid$/, ['a', 1]),
  id(/^(user_id|customer_ref)$/, ['u', 1]),
  id(/_sha256s?$/, ['f', 1]),
  id(/session_id$/, ['s', 2]),
  id(/^(first_|last_)?event_id$/, ['e', 4]),
  id(/^conversion_id$/, ['c', 1]),
  id(/^(order|transaction)_id$/, ['o', 2]),
  id(/^identifier_id$/, ['user_id|u', 1], ['order_id|o', 2]),
  id(/^cost_id$/, ['k', 2]),
  pick(/^(campaign_id|utm_id)$/, '101', '102', '103', '20 4'),
  pick(/^ad_group_id$/, '11', '12', '13'),
  pick(/^ad_id$/, '1', '2', '3'),
  pick(/(^|_)campaign(_name)?$/, 'Sommer Süß', 'brand', 'Brand', 'black friday', '101', '促销'),
  pick(/^site_id$/, 'shop', 'semicomplete', 'blog'),
  pick(/^base_currency_code$/, 'EUR', 'EUR', 'eur'),
  pick(/currency_code$/, 'EUR', 'USD', 'GBP', 'JPY'),
  pick(/country_code$/, 'DE', 'FR', 'US'),
  pick(
    /(^|_)channel(_ga4)?$/,
    'Paid Search',
    'Organic Search',
    'Direct',
    'Email',
    'Straße & Ütube',
  ),
  pick(/(^|_)source$/, 'google', 'bing', '(direct)', 'facebook', 'newsletter', 'partner.example'),
  pick(/(^|_)medium$/, 'cpc', 'organic', '(none)', 'email', 'referral', 'social'),
  pick(
    /(^|_)host$|^source_text$/,
    'shop.example',
    'www.google.de',
    'm.facebook.com',
    'blog.example.co.uk',
    '::1',
  ),
  pick(/^product_id$|^product_name$/, 'p1', 'p2', 'p3', 'Tür'),
  pick(/^(event_name|name)$/, 'page_view', 'product_view', 'purchase', 'registration', 'login'),
  pick(
    /^user_agent$/,
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 14; Tablet) AppleWebKit/537.36 Chrome/126.0 Safari/537.36',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'curl/8.4.0',
    'Pingdom.com_bot_version_1.4',
    '',
  ),
  { name: /referrer$/, recipe: { kind: 'referrer' } },
  { name: /(^|_)(url|landing_page)$/, recipe: { kind: 'url' } },
  pick(/^conversion_type$/, 'registration', 'first_order', 'return_order', 'conversion'),
  pick(/^curve$/, 'initializer', 'closer'),
  pick(/^platform$/, 'google_ads', 'meta', 'microsoft_ads', 'google'),
  pick(
    /^target_key$/,
    'channel||Paid Search',
    'platform|google_ads|any campaign',
    'platform|meta|no campaign',
    'campaign|google_ads|101',
    'ad_group|meta|11',
    'ad|google_ads|1',
    'campaign_name|meta|brand',
  ),
  // Parameters of any name, and lists of products as JSON text.
  pick(
    /^string_value$/,
    'https://shop.example/p/1?utm_source=google&utm_medium=cpc',
    'https://www.google.com/',
    'größe 42',
    '19.99',
    'EUR',
    '',
  ),
  pick(
    /^products$/,
    '[{"product_id":"p1","name":"Tür","price":19.99,"quantity":2},{"sku":"p2","price":"teuer"}]',
    '[]',
    'no list',
    '',
  ),
  pick(/_path$/, '/', '/p/1', '/search', '/kasse/ähm'),
  { name: /^properties$/, recipe: { kind: 'properties' } },
  {
    name: /^is_(bot|guarded|asset|internal|ignored|impression)/,
    recipe: { kind: 'chance', of: 0.1 },
  },
  { name: /^is_(evidence|conversion)$/, recipe: { kind: 'chance', of: 0.7 } },
  { name: /./, recipe: { kind: 'chance', of: 0.5 } },
  { name: /_timestamp$/, recipe: { kind: 'micros' } },
  number(/^(holder|closer)_engagement$/, 0, 1, 0),
  number(/(^|_)(position|sequence|row_number|touch_count)$/, 1, 12, 0),
  number(/(^|_)(credit|share|probability|membership|initializer|holder|closer|ihc)$/, 0, 1, 9),
  number(/^rate$/, 0.2, 3, 6),
  number(/amount(_base)?$|price$/, -40, 400, 2),
  number(/_hours$|^hours_/, 0, 400, 6),
  number(/_seconds$|^seconds_/, 0, 4000, 0),
  number(/_count$/, 0, 12, 0),
  number(/./, -20, 100, 3),
];

/** Strings where nothing else is known: empty, blank, quotes, letters beyond ASCII, look-alikes. */
export const words: readonly string[] = [
  'alpha',
  'beta',
  'Alpha',
  '',
  ' padded ',
  "O'Brien",
  'Ärger',
  'A\u0308rger',
  'straße',
  '日本語',
  '😀',
  '10',
  '9',
  'a|b',
  '50%',
];

/** Pages of a shop and how campaigns and search engines link to them. */
export const web = {
  hosts: [
    'https://shop.example',
    'https://www.shop.example',
    'http://semicomplete.com',
    'HTTPS://Blog.Example.co.uk:8443',
  ],
  paths: ['/', '/p/1', '/p/2?color=blau', '/search?q=t%C3%BCr', '/kasse', '/a%20b', ''],
  parameters: [
    'utm_source=google&utm_medium=cpc&utm_campaign=brand',
    'utm_source=Newsletter&utm_medium=email&utm_campaign=Sommer+S%C3%BC%C3%9F&utm_content=a',
    'utm_source=facebook&utm_medium=paid_social&utm_id=101&utm_term=t%C3%BCr',
    'utm_source=&utm_medium=referral',
    'utm_campaign=black%20friday&utm_source=partner.example',
    'gclid=Cj0KCQ-1_a&gad_source=1&gad_campaignid=102',
    'gclid=Cj0KCQ-2_b',
    'fbclid=IwAR0_x',
    'msclkid=0a1b2c',
    'utm_source=%E4%BF%83%E9%94%80&utm_medium=display',
    'utm_source=broken%ZZ&utm_medium=%',
  ],
  referrers: [
    'https://www.google.com/',
    'https://www.google.de/search?q=schuhe',
    'https://www.bing.com/search?q=a+b',
    'https://duckduckgo.com/',
    'https://l.facebook.com/l.php?u=x',
    'https://chatgpt.com/',
    'android-app://com.google.android.gm/',
    'https://www.paypal.com/checkout',
    'https://shop.example/p/1',
    'https://blog.partner.co.uk/post?utm_source=x',
    'http://münchen.example/',
    'not a url',
  ],
} as const;

/** What our tracker writes into properties, and what adapters make of purchases and refunds. */
export const properties: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { product_id: 'p1', product_name: 'Tür "A"', product_category: 'Türen', price: 19.99 },
  { product_id: 'p2', price: '7.5' },
  { product_id: 'p3', price: 'teuer', product_category: null },
  { search_term: 'größe 42' },
  { step: 'payment', order_id: 'o3' },
  { order_id: 'o5', price: -1 },
  { engaged_seconds: 15 },
  { engaged_seconds: 0.5, screen: { width: 1440, height: 900 } },
  { engaged_seconds: 1e3, language: 'de-DE', list: [1, 2, { a: null }] },
  {
    makes_order: 'true',
    ...{ revenue: '59.90', tax: 9.56, shipping: 4.9, currency: 'EUR' },
    items: [{ product_id: 'p1', name: 'Tür', category: 'Türen', price: 19.99, quantity: 2 }, {}],
  },
  { makes_order: 'true', refund: 10, currency: 'USD' },
  { makes_order: 'true', revenue: -3, refund: 'all', items: [] },
];

/** Numbered columns: models take them for granted where they order by them. */
export interface Ordinal {
  readonly column: string;
  /** Rows that agree in these are numbered from 1. */
  readonly per: readonly string[];
  /** In the order of this column, where the table has it. */
  readonly by: string;
  /** Columns in which such rows agree. */
  readonly shared?: readonly string[];
  /** The column that holds how many they are. */
  readonly count?: string;
}

export const ordinals: readonly Ordinal[] = [
  { column: 'sequence', per: ['session_id'], by: 'occurred_at' },
  {
    column: 'position',
    per: ['conversion_id'],
    by: 'started_at',
    count: 'touch_count',
    shared: ['conversion_type', 'customer_id', 'converted_at'],
  },
];

/** FLOAT64 ranges that follow one another: a join on them must meet one row, not all. */
export interface Range {
  readonly from: string;
  readonly to: string;
  /** Rows that agree in these divide the numbers from 0 to `upTo` between them. */
  readonly per: readonly string[];
  readonly upTo: number;
  /** Where the last of them ends instead: no number is beyond it. */
  readonly end: number;
}

export const ranges: readonly Range[] = [
  { from: 'from_hours', to: 'to_hours', per: ['conversion_type', 'curve'], upTo: 1000, end: 1e18 },
];

/** A table with these columns begins with every currency on every day, as rates are loaded. */
export const grid = { picked: 'currency_code', dated: 'rate_date' } as const;
