import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { writeShop } from '@tributary/local/demo/write/write-shop';
import { smallShop } from '../rows';

const shop = smallShop({ persons: 60 });
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tributary-write-shop-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    const reader = await connection.runAndReadAll(sql);
    return reader.getRowObjectsJson();
  } finally {
    instance.closeSync();
  }
}

describe('writeShop', () => {
  it('writes the columns of the raw tables in their types', async () => {
    const files = await writeShop(shop, join(dir, 'whole'));
    expect(files.map((file) => `${file.dataset}.${file.table}`)).toEqual([
      'raw.exchange_rates',
      'raw.ad_costs',
      'raw.ad_clicks',
      'raw.crm_customers',
      'raw.orders',
      'raw.events',
      'truth.visitors',
      'truth.sessions',
      'truth.conversions',
      'truth.conversion_effects',
      'truth.channel_effects',
    ]);
    const [events] = await query(
      `SELECT typeof(received_at) AS at, typeof(consent) AS consent, typeof(properties) AS properties
       FROM '${join(dir, 'whole')}/raw.events.parquet' LIMIT 1`,
    );
    expect(events).toEqual({
      at: 'TIMESTAMP WITH TIME ZONE',
      consent:
        'STRUCT(analytics BOOLEAN, marketing BOOLEAN, personalization BOOLEAN, third_party BOOLEAN)',
      properties: 'VARCHAR',
    });
  });

  it('keeps values exactly: money as decimals, items in order, JSON as JSON', async () => {
    await writeShop(shop, join(dir, 'values'));
    const [sums] = await query(
      `SELECT COUNT(*) AS orders,
              COUNT(*) FILTER (revenue_amount <> shipping_amount + list_sum(list_transform(
                items, lambda item: item.quantity * item.unit_price_amount))) AS wrong,
              any_value(typeof(revenue_amount)) AS money
       FROM '${join(dir, 'values')}/raw.orders.parquet'`,
    );
    expect(sums).toEqual({
      orders: String(shop.orders.rowCount),
      wrong: '0',
      money: 'DECIMAL(38,9)',
    });
    const [json] = await query(
      `SELECT COUNT(*) FILTER (NOT json_valid(properties)) AS broken,
              COUNT(*) FILTER (properties ->> '$.product_id' IS NOT NULL) > 0 AS has_products
       FROM '${join(dir, 'values')}/raw.events.parquet'`,
    );
    expect(json).toEqual({ broken: '0', has_products: true });
  });

  it('writes what was received in a window: the windows together are the whole', async () => {
    await writeShop(shop, join(dir, 'all'));
    const cuts = [
      -Infinity,
      Date.parse('2026-09-20'),
      Date.parse('2026-10-11T09:30:00Z'),
      Infinity,
    ];
    for (let cut = 0; cut < 3; cut++) {
      await writeShop(shop, join(dir, `cut${cut}`), {
        receivedFrom: cuts[cut] ?? 0,
        receivedBefore: cuts[cut + 1] ?? 0,
      });
    }
    for (const table of [
      'events',
      'orders',
      'ad_costs',
      'ad_clicks',
      'crm_customers',
      'exchange_rates',
    ]) {
      const [difference] = await query(
        `WITH whole AS (FROM '${dir}/all/raw.${table}.parquet'),
              cuts AS (FROM read_parquet('${dir}/cut*/raw.${table}.parquet'))
         SELECT (SELECT COUNT(*) FROM (FROM whole EXCEPT ALL FROM cuts)) AS missing,
                (SELECT COUNT(*) FROM (FROM cuts EXCEPT ALL FROM whole)) AS added,
                (SELECT COUNT(*) FROM '${dir}/cut1/raw.${table}.parquet') > 0 AS middle`,
      );
      expect({ table, ...difference }).toEqual({ table, missing: '0', added: '0', middle: true });
    }
  });

  it('gives no file for a table without a row', async () => {
    const window = { receivedFrom: -Infinity, receivedBefore: 0 };
    const files = await writeShop(shop, join(dir, 'none'), window);
    expect(files.every((file) => file.dataset === 'truth')).toBe(true);
  });
});
