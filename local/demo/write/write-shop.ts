import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openDuckDb } from '@tributary/functions/shared/duckdb';
import { type RawTableName, rawTables } from '@tributary/functions/shared/raw-tables';
import type { ShopTables } from '../tables/shop-tables';
import { type SimulatedTruth, truthTables } from '../tables/truth-tables';
import { writeParquet } from './parquet';
import { selectAs } from './select';
import { type StagedTable, stageTable } from './stage';

type Target =
  | { readonly dataset: 'raw'; readonly table: RawTableName }
  | { readonly dataset: 'truth'; readonly table: SimulatedTruth };

/** A file and the table that it belongs to. */
export type ShopFile = Target & { readonly path: string; readonly rowCount: number };

/** Milliseconds; rows received (reports: ingested) outside are left out of dataset raw. */
interface ReceivedWindow {
  readonly receivedFrom: number;
  readonly receivedBefore: number;
}

const always: ReceivedWindow = { receivedFrom: -Infinity, receivedBefore: Infinity };

/**
 * Writes a shop as Parquet files, one per table, in the columns and types of the tables they
 * will be loaded into (JSON as text). The truth is written whole, whatever the window.
 * Tables without a row get no file.
 */
export async function writeShop(
  shop: ShopTables,
  dir: string,
  window: ReceivedWindow = always,
): Promise<ShopFile[]> {
  await mkdir(dir, { recursive: true });
  const instance = await openDuckDb(':memory:', { threads: '2' });
  try {
    const connection = await instance.connect();
    const files: ShopFile[] = [];
    const write = async (target: Target, query: string) => {
      const path = join(dir, `${target.dataset}.${target.table}.parquet`);
      const rowCount = await writeParquet(connection, query, path);
      if (rowCount > 0) files.push({ ...target, path, rowCount });
    };
    for (const [table, query] of await rawQueries(connection, shop, window)) {
      await write({ dataset: 'raw', table }, query);
    }
    for (const table of Object.keys(shop.truth) as SimulatedTruth[]) {
      const staged = await stageTable(connection, `truth_${table}`, shop.truth[table]);
      await write({ dataset: 'truth', table }, selectAs(truthTables[table].columns, staged));
    }
    return files;
  } finally {
    instance.closeSync();
  }
}

async function rawQueries(
  connection: DuckDBConnection,
  shop: ShopTables,
  window: ReceivedWindow,
): Promise<[RawTableName, string][]> {
  const events = await stageTable(connection, 'events', shop.events);
  const orders = await stageTable(connection, 'orders', shop.orders);
  const items = await stageTable(connection, 'order_items', shop.orderItems);
  const crm = await stageTable(connection, 'crm', shop.crmCustomers);
  const costs = await stageTable(connection, 'costs', shop.adCosts);
  const clicks = await stageTable(connection, 'clicks', shop.adClicks);
  const rates = await stageTable(connection, 'rates', shop.exchangeRates);
  const select = (
    table: RawTableName,
    staged: StagedTable,
    records = {},
  ): [RawTableName, string] => {
    const time = table === 'events' ? 'received_at' : 'ingested_at';
    return [table, selectAs(rawTables[table].columns, staged, records, within(time, window))];
  };
  return [
    select('exchange_rates', rates),
    select('ad_costs', costs),
    select('ad_clicks', clicks),
    select('crm_customers', crm),
    select('orders', withItems(orders, items), { items: 'item_list.items' }),
    select('events', events, { consent: consentStruct }),
  ];
}

function within(column: string, { receivedFrom, receivedBefore }: ReceivedWindow): string {
  const limits = ['TRUE'];
  if (receivedFrom > -Infinity) limits.push(`stage.${column} >= ${receivedFrom}`);
  if (receivedBefore < Infinity) limits.push(`stage.${column} < ${receivedBefore}`);
  return limits.join(' AND ');
}

/** The struct of raw.events.consent; a visitor who was never asked has none. */
const consentStruct = `CASE WHEN isnan(stage.consent_bits) THEN NULL ELSE struct_pack(
    analytics := (CAST(stage.consent_bits AS INTEGER) & 1) <> 0,
    marketing := (CAST(stage.consent_bits AS INTEGER) & 2) <> 0,
    personalization := (CAST(stage.consent_bits AS INTEGER) & 4) <> 0,
    third_party := (CAST(stage.consent_bits AS INTEGER) & 8) <> 0) END`;

function withItems(orders: StagedTable, items: StagedTable): StagedTable {
  const itemColumns = rawTables.orders.columns.find(({ name }) => name === 'items')?.fields ?? [];
  const one = selectAs(itemColumns, items).replace(
    'SELECT ',
    'SELECT stage.order_row, stage.item_row, ',
  );
  const struct = itemColumns.map(({ name }) => `"${name}" := "${name}"`).join(', ');
  const from = `${orders.from}
LEFT JOIN (
  SELECT order_row, list(struct_pack(${struct}) ORDER BY item_row) AS items
  FROM (${one}) GROUP BY order_row
) AS item_list ON item_list.order_row = stage.order_row`;
  return { ...orders, from };
}
