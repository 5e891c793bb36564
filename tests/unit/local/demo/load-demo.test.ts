import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBigQueryWarehouse } from '@tributary/functions/warehouse/bigquery-warehouse';
import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';
import { type LocalBigQuery, startLocalBigQuery } from '@tributary/local/bigquery/server';
import { generateShop } from '@tributary/local/demo/generate-shop';
import { type LoadDemoRequest, loadDemo } from '@tributary/local/demo/load-demo';
import { type DemoInput, readDemoOptions } from '@tributary/local/demo/options';

/** One server for all; each test has datasets of its own. */
let dir: string;
let server: LocalBigQuery;
let raw: string;
let truth: string;
let warehouse: Warehouse;
let tests = 0;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tributary-load-demo-'));
  server = await startLocalBigQuery({ warehouseDir: dir, defaultProject: 'tributary-local' });
});
afterAll(async () => {
  await server.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(() => {
  tests++;
  raw = `raw${tests}`;
  truth = `truth${tests}`;
  warehouse = createBigQueryWarehouse({
    projectId: 'tributary-local',
    rawDataset: raw,
    dataset: 'tributary',
    location: 'EU',
    exportBucket: 'exports',
    apiEndpoint: server.url,
  });
});

const input = { persons: 12, days: 30, seed: 4, end: '2026-10-31' };
const load = (more: Partial<LoadDemoRequest> = {}) =>
  loadDemo({
    warehouse,
    clock: () => new Date('2026-11-21T12:00:00Z'),
    rawDataset: raw,
    truthDataset: truth,
    input,
    ...more,
  });

/** Rows in the warehouse: events, orders, customers, costs, rates, visitors, effects. */
async function rowCounts(): Promise<readonly number[]> {
  const tables = ['events', 'orders', 'crm_customers', 'ad_costs', 'exchange_rates'].map(
    (table) => `${raw}.${table}`,
  );
  const counts = [...tables, `${truth}.visitors`, `${truth}.conversion_effects`].map(
    (table) => `(SELECT COUNT(*) FROM ${table})`,
  );
  const [row] = await warehouse.query<Row & { counts: number[] }>(
    `SELECT [${counts.join(', ')}] AS counts`,
  );
  return row?.counts ?? [];
}

/** The same numbers as the generator gives them. */
function expectedCounts(demo: DemoInput = input): readonly number[] {
  const shop = generateShop(readDemoOptions(demo));
  const { events, orders, crmCustomers, adCosts, exchangeRates, truth: known } = shop;
  return [events, orders, crmCustomers, adCosts, exchangeRates, known.visitors]
    .concat(known.conversion_effects)
    .map((table) => table.rowCount);
}

describe('loadDemo', () => {
  it('loads everything once; running it again changes nothing', async () => {
    const first = await load();
    expect(first.isRepeated).toBe(false);
    expect(first.rowCounts[`${raw}.events`]).toBe(expectedCounts()[0]);
    expect(await load()).toEqual({ rowCounts: {}, isRepeated: true });
    expect(await rowCounts()).toEqual(expectedCounts());
  });

  it('continues a run that was broken off', async () => {
    const failing: Warehouse = {
      ...warehouse,
      loadFile: (table, ...rest) =>
        table === 'events'
          ? Promise.reject(new Error('the power went'))
          : warehouse.loadFile(table, ...rest),
    };
    await expect(load({ warehouse: failing })).rejects.toThrow('the power went');
    await load();
    expect(await rowCounts()).toEqual(expectedCounts());
  });

  it('grows by what was received since, up to the whole', async () => {
    const cut = '2026-10-15T00:00:00Z';
    await load({ input: { ...input, receivedBefore: cut } });
    const [someEvents = 0] = await rowCounts();
    await load({ input: { ...input, receivedFrom: cut } });
    expect(someEvents).toBeGreaterThan(0);
    expect(someEvents).toBeLessThan(expectedCounts()[0] ?? 0);
    expect(await rowCounts()).toEqual(expectedCounts());
  });

  it('refuses a warehouse with another demo shop, and replaces it when told', async () => {
    await load();
    const other = { ...input, seed: 5 };
    await expect(load({ input: other })).rejects.toThrow(
      /^The warehouse holds another demo shop \(12 persons, 30 days, seed 4\): .*--warehouse.*--replace\.$/,
    );
    await load({ input: other, replace: true });
    expect(await rowCounts()).toEqual(expectedCounts(other));
  });

  it('refuses a warehouse with events of another origin', async () => {
    await warehouse.ensureRawTables();
    await warehouse.load('events', [
      {
        event_id: 'e1',
        event_name: 'page_view',
        site_id: 'blog',
        source: 'web',
        occurred_at: '2026-10-01T00:00:00Z',
        received_at: '2026-10-01T00:00:01Z',
      },
    ]);
    await expect(load()).rejects.toThrow(
      /^raw\d\.events holds 1 events that are not of the demo shop: .*--warehouse.*--replace\.$/,
    );
  });
});
