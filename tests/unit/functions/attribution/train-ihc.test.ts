import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { trainIhc } from '@tributary/functions/attribution/train-ihc';
import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';
import { createMemoryWarehouse } from '../../../support/memory-warehouse';
import { shopSessions } from './support';

const folder = mkdtempSync(join(tmpdir(), 'train-ihc-'));
afterAll(() => rmSync(folder, { recursive: true }));
const training = { bootstrapSamples: 2 };

/** Exports as the warehouse would: Parquet files of the sessions of a conversion type. */
async function exportSessions(name: string, count: number, seed: number): Promise<string[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    'CREATE TABLE t (conversion_id VARCHAR, session_id VARCHAR, started_at TIMESTAMPTZ, channel VARCHAR, holder_engagement BIGINT, closer_engagement BIGINT, position BIGINT)',
  );
  const rows = shopSessions(count, seed).map((s, position) => {
    const at = new Date(Date.UTC(2026, 0, 1) + (s.hours ?? 0) * 3_600_000).toISOString();
    return `('${s.conversionId}', '${s.sessionId}', '${at}', '${s.channel}', ${s.holder}, ${s.closer}, ${position})`;
  });
  if (rows.length > 0) await connection.run(`INSERT INTO t VALUES ${rows.join(', ')}`);
  const files = [join(folder, `${name}-1.parquet`), join(folder, `${name}-2.parquet`)];
  await connection.run(`COPY (FROM t WHERE position % 2 = 0) TO '${files[0]}'`);
  await connection.run(`COPY (FROM t WHERE position % 2 = 1) TO '${files[1]}'`);
  connection.closeSync();
  instance.closeSync();
  return files;
}

async function createShop(counts: Readonly<Record<string, number>>, seed = 7) {
  const memory = createMemoryWarehouse();
  const stored = memory.rows('ihc_parameters');
  const warehouse: Warehouse = {
    ...memory,
    async query<T extends Row>(sql: string) {
      if (sql.includes('.conversions')) {
        return Object.keys(counts).map((conversion_type) => ({
          conversion_type,
        })) as unknown as T[];
      }
      return [...stored].sort((a, b) =>
        String(a.trained_at) < String(b.trained_at) ? -1 : 1,
      ) as T[];
    },
    exportParquet: (_, options) => {
      const type = String(options?.params?.conversion_type);
      return exportSessions(type, counts[type] ?? 0, seed);
    },
  };
  return { warehouse, stored, jobIds: memory.jobIds };
}

describe('trainIhc', () => {
  it('trains each type, and stores all that is new in one load', async () => {
    const { warehouse, stored, jobIds } = await createShop({ first_order: 600, registration: 500 });
    const clock = () => new Date('2026-11-21T12:00:00Z');
    const results = await trainIhc({ warehouse, clock, training });
    expect(results).toMatchObject([
      { conversionType: 'first_order', outcome: 'trained' },
      { conversionType: 'registration', outcome: 'trained' },
    ]);
    expect(stored).toHaveLength(2);
    expect(jobIds).toHaveLength(1);
    expect(stored[0]).toMatchObject({
      conversion_type: 'first_order',
      trained_at: '2026-11-21T12:00:00.000Z',
      model_version: results[0] && 'modelVersion' in results[0] ? results[0].modelVersion : '',
    });
  });

  it('changes nothing when run twice, and adds a row when the journeys change', async () => {
    const shop = await createShop({ first_order: 600 });
    await trainIhc({ ...shop, clock: () => new Date(0), training });
    const again = await trainIhc({ ...shop, clock: () => new Date(1000), training });
    expect(again).toMatchObject([{ outcome: 'unchanged' }]);
    expect(shop.stored).toHaveLength(1);

    const grown = await createShop({ first_order: 700 });
    grown.stored.push(...shop.stored);
    const later = await trainIhc({ ...grown, clock: () => new Date(2000), training });
    expect(later).toMatchObject([{ outcome: 'trained' }]);
    expect(grown.stored).toHaveLength(2);
  });

  it('refuses a type with too little, or nothing, and trains the others', async () => {
    const { warehouse, stored } = await createShop({ few: 20, first_order: 600, none: 0 });
    const results = await trainIhc({ warehouse, clock: () => new Date(0), training });
    expect(results.map(({ outcome }) => outcome)).toEqual(['refused', 'trained', 'refused']);
    expect(results[2]).toHaveProperty('reason', expect.stringMatching(/found 0;/));
    expect(stored).toHaveLength(1);
  });

  it('trains the asked types alone', async () => {
    const { warehouse } = await createShop({ first_order: 600, registration: 500 });
    const options = { warehouse, clock: () => new Date(0), training };
    const results = await trainIhc({ ...options, conversionTypes: ['registration'] });
    expect(results.map(({ conversionType }) => conversionType)).toEqual(['registration']);
  });

  it('says which types there are where one is asked that has no conversions', async () => {
    const { warehouse } = await createShop({ first_order: 600, registration: 500 });
    const options = { warehouse, clock: () => new Date(0), training };
    expect(await trainIhc({ ...options, conversionTypes: ['sale'] })).toEqual([
      {
        conversionType: 'sale',
        outcome: 'refused',
        reason: 'There are no conversions of type sale; use one of first_order, registration.',
      },
    ]);
  });
});
