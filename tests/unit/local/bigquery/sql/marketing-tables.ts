import type { SqlValue } from '@tributary/local/bigquery/sql/analyzer';
import type { Column } from '@tributary/local/bigquery/sql/catalog';
import { parseType } from '@tributary/local/bigquery/sql/types';
import { createDice, type Dice } from './random-queries/dice';
import type { Workbench } from './workbench';

const SCHEMAS = {
  events: {
    event_id: 'STRING',
    event_name: 'STRING',
    ts: 'TIMESTAMP',
    user_id: 'STRING',
    source: 'STRING',
    page: 'STRING',
    event_params:
      'ARRAY<STRUCT<key STRING, value STRUCT<string_value STRING, int_value INT64, double_value FLOAT64>>>',
    items: 'ARRAY<STRUCT<item_id STRING, category STRING, price FLOAT64, quantity INT64>>',
    props: 'JSON',
  },
  orders: {
    order_id: 'INT64',
    user_id: 'STRING',
    email: 'STRING',
    order_date: 'DATE',
    channel: 'STRING',
    amount: 'NUMERIC',
  },
  costs: {
    cost_date: 'DATE',
    channel: 'STRING',
    cost: 'NUMERIC',
    clicks: 'INT64',
    impressions: 'INT64',
  },
} as const;

type Row = Record<string, SqlValue>;

const maybe = (dice: Dice, share: number, value: () => SqlValue): SqlValue =>
  dice.chance(share) ? null : value();

const day = (dice: Dice): string => `2024-03-${String(1 + dice.below(31)).padStart(2, '0')}`;

/** Seconds around the change to summer time in Europe, with ties. */
function time(dice: Dice): string {
  const seconds = Date.UTC(2024, 2, 1) / 1000 + dice.below(31 * 24 * 60) * 60;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')}+00`;
}

const channel = (dice: Dice): SqlValue =>
  maybe(dice, 0.1, () => dice.pick(['email', 'cpc', 'organic', 'social']));

function page(dice: Dice): string {
  const host = dice.pick([
    'https://www.shop.example',
    'http://de.shop.co.uk',
    'https://Bot.example',
  ]);
  const query = dice.pick([
    '',
    '?utm_source=google&utm_medium=cpc',
    '?q=red+shoes&utm_medium=Email',
    '?q=&q=Sock#top',
    '#only',
  ]);
  return `${host}${dice.pick(['/', '/p/1', '/käse', ''])}${query}`;
}

function param(dice: Dice, key: string): Row {
  const isText = key === 'page_location';
  return {
    key,
    value: {
      string_value: isText ? page(dice) : null,
      int_value: key === 'ga_session_id' ? BigInt(100 + dice.below(20)) : null,
      double_value: key === 'engagement' ? dice.below(40) / 4 : null,
    },
  };
}

function event(dice: Dice, id: number): Row {
  const keys = ['page_location', 'ga_session_id', 'engagement'].filter(() => dice.chance(0.7));
  return {
    event_id: `e${id}`,
    event_name: dice.pick(['page_view', 'page_view', 'add_to_cart', 'purchase', 'search']),
    ts: time(dice),
    user_id: maybe(dice, 0.05, () => `u${dice.below(40)}`),
    source: maybe(dice, 0.3, () => dice.pick(['google', 'facebook', 'direct', 'bing', 'news'])),
    page: maybe(dice, 0.05, () => page(dice)),
    event_params: keys.map((key) => param(dice, key)),
    items: Array.from({ length: dice.below(4) }, () => ({
      item_id: `i${dice.below(9)}`,
      category: maybe(dice, 0.1, () => dice.pick(['shoes', 'socks', 'hats'])),
      price: maybe(dice, 0.05, () => dice.below(400) / 4),
      quantity: maybe(dice, 0.05, () => BigInt(1 + dice.below(3))),
    })),
    props: maybe(dice, 0.2, () =>
      dice.pick([
        '{"plan":"pro","tags":["a","b"],"cart":{"total":"12.50"}}',
        '{"plan":null,"tags":[]}',
        '{"plan":"free","cart":{"total":"x"},"tags":["x",null,1]}',
        '[]',
      ]),
    ),
  };
}

function order(dice: Dice, id: number): Row {
  return {
    order_id: BigInt(id),
    user_id: maybe(dice, 0.05, () => `u${dice.below(50)}`),
    email: maybe(dice, 0.3, () => `m${dice.below(30)}@example.com`),
    order_date: maybe(dice, 0.03, () => day(dice)),
    channel: channel(dice),
    amount: maybe(dice, 0.03, () => `${dice.below(200)}.${dice.pick(['5', '25', '99', '01'])}`),
  };
}

const cost = (dice: Dice): Row => ({
  cost_date: day(dice),
  channel: channel(dice),
  cost: `${dice.below(90)}.${dice.pick(['5', '333333333', '1'])}`,
  clicks: BigInt(dice.below(50)),
  impressions: maybe(dice, 0.2, () => BigInt(dice.below(5000))),
});

/** 1,000 events and orders, 200 costs. */
export async function addMarketingTables(bench: Workbench, seed: number): Promise<void> {
  const dice = createDice(seed);
  const rows = {
    events: Array.from({ length: 1000 }, (_, i) => event(dice, i)),
    orders: Array.from({ length: 1000 }, (_, i) => order(dice, i)),
    costs: Array.from({ length: 200 }, () => cost(dice)),
  };
  for (const [table, schema] of Object.entries(SCHEMAS)) {
    const columns: Column[] = Object.entries(schema).map(([name, type]) => ({
      name,
      type: parseType(type),
    }));
    await bench.addTable(table, columns, rows[table as keyof typeof rows]);
  }
}
