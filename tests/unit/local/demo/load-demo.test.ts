import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBigQueryWarehouse } from '@tributary/functions/warehouse/bigquery-warehouse';
import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';
import { type LocalBigQuery, startLocalBigQuery } from '@tributary/local/bigquery/server';
import { type LoadDemoRequest, loadDemo } from '@tributary/local/demo/load-demo';

let dir: string;
let server: LocalBigQuery;
let warehouse: Warehouse;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tributary-load-demo-'));
  server = await startLocalBigQuery({ warehouseDir: dir, defaultProject: 'tributary-local' });
  warehouse = createBigQueryWarehouse({
    projectId: 'tributary-local',
    rawDataset: 'raw',
    dataset: 'tributary',
    location: 'EU',
    exportBucket: 'exports',
    apiEndpoint: server.url,
  });
});
afterEach(async () => {
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

const input = { persons: 30, days: 30, seed: 4, end: '2026-10-31' };
const load = (more: Partial<LoadDemoRequest> = {}) =>
  loadDemo({ warehouse, clock: () => new Date('2026-11-21T12:00:00Z'), input, ...more });

const tables = [
  'raw.events',
  'raw.orders',
  'raw.crm_customers',
  'raw.ad_costs',
  'raw.exchange_rates',
  'truth.visitors',
  'truth.sessions',
  'truth.conversions',
  'truth.conversion_effects',
  'truth.channel_effects',
  'truth.demo',
];

async function rowCounts(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const [row] = await warehouse.query<Row & { n: number }>(`SELECT COUNT(*) AS n FROM ${table}`);
    counts[table] = row?.n ?? 0;
  }
  return counts;
}

describe('loadDemo', () => {
  it('loads everything once; running it again changes nothing', async () => {
    const first = await load();
    const counts = await rowCounts();
    expect(first.isRepeated).toBe(false);
    expect(counts).toMatchObject(first.rowCounts);
    expect(Object.values(counts).every((rows) => rows > 0)).toBe(true);

    expect(await load()).toEqual({ rowCounts: {}, isRepeated: true });
    expect(await rowCounts()).toEqual(counts);
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
    const counts = await rowCounts();
    await load({ replace: true });
    expect(await rowCounts()).toEqual(counts);
  });

  it('grows by what was received since, up to the whole', async () => {
    const cut = '2026-10-15T00:00:00Z';
    await load({ input: { ...input, receivedBefore: cut } });
    const some = await rowCounts();
    await load({ input: { ...input, receivedFrom: cut } });
    const grown = await rowCounts();
    expect(grown['raw.events']).toBeGreaterThan(some['raw.events'] ?? 0);
    await load({ replace: true });
    expect(await rowCounts()).toEqual(grown);
  });

  it('refuses a warehouse with another demo shop, and replaces it when told', async () => {
    await load();
    const other = { ...input, seed: 5 };
    await expect(load({ input: other })).rejects.toThrow(
      /^The warehouse holds another demo shop \(30 persons, 30 days, seed 4\): .*--warehouse.*--replace\.$/,
    );
    const { rowCounts: loaded } = await load({ input: other, replace: true });
    expect(await rowCounts()).toMatchObject(loaded);
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
      /^raw\.events holds 1 events that are not of the demo shop: .*--warehouse.*--replace\.$/,
    );
  });
});
