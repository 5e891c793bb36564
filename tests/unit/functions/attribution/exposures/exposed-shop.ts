import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { seededRandom } from '@tributary/functions/attribution/ihc/random';
import type { ModelSpec } from '@tributary/functions/attribution/models/train-model';
import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';
import { createMemoryWarehouse } from '../../../../support/memory-warehouse';

/** A row of int_journeys__exposures. */
export interface Exposure {
  readonly type?: string;
  readonly journey: string;
  readonly customer?: string;
  readonly isConverted?: boolean;
  /** Day of the journey's end, from 2026-01-01. */
  readonly endDay?: number;
  /** null: a conversion without touchpoints. */
  readonly session: string | null;
  readonly position?: number;
  readonly channel?: string;
  readonly hoursToEnd?: number;
  readonly holder?: 0 | 1;
  readonly closer?: 0 | 1;
}

/** Files of what was written before: a second training reads the same. */
const written = new WeakMap<readonly Exposure[], string[]>();

/** Exports as the warehouse would: two Parquet files, rows in no order. */
export async function writeExposures(
  folder: string,
  exposures: readonly Exposure[],
): Promise<string[]> {
  const known = written.get(exposures);
  if (known?.every(existsSync)) return known;
  const name = join(folder, randomUUID());
  const files = [0, 1].map((part) => `${name}-${part}.parquet`);
  written.set(exposures, files);
  writeFileSync(`${name}.ndjson`, exposures.map((row, number) => lineOf(row, number)).join('\n'));
  await inDuckDB(async (run) => {
    for (const [part, file] of files.entries()) {
      await run(
        `COPY (
          SELECT * EXCLUDE (number)
          FROM read_json('${name}.ndjson', format = 'nd', columns = {
            conversion_type: 'VARCHAR', journey_id: 'VARCHAR', customer_id: 'VARCHAR',
            is_converted: 'BOOLEAN', journey_ended_at: 'TIMESTAMPTZ', session_id: 'VARCHAR',
            position: 'BIGINT', channel: 'VARCHAR', hours_to_end: 'DOUBLE',
            holder_engagement: 'BIGINT', closer_engagement: 'BIGINT', number: 'BIGINT'})
          WHERE number % 2 = ${part} ORDER BY number DESC
        ) TO '${file}'`,
      );
    }
  });
  return files;
}

function lineOf(row: Exposure, number: number): string {
  const day = Date.UTC(2026, 0, 1 + (row.endDay ?? 0), 12);
  return JSON.stringify({
    conversion_type: row.type ?? 'first_order',
    journey_id: row.journey,
    customer_id: row.customer ?? row.journey,
    is_converted: row.isConverted ?? true,
    journey_ended_at: new Date(day).toISOString(),
    session_id: row.session,
    position: row.session === null ? null : (row.position ?? 1),
    channel: row.channel ?? null,
    hours_to_end: row.hoursToEnd ?? null,
    holder_engagement: row.holder ?? 0,
    closer_engagement: row.closer ?? 0,
    number,
  });
}

export async function readParquet(file: string): Promise<Row[]> {
  return inDuckDB((run) => run(`FROM '${file}' ORDER BY ALL`));
}

async function inDuckDB<T>(use: (run: (sql: string) => Promise<Row[]>) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    return await use(async (sql) => {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJson() as Row[];
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A warehouse whose exposures and settings can be changed between trainings. */
export function createExposedShop(
  folder: string,
  state: {
    exposures: readonly Exposure[];
    specs: readonly (Omit<ModelSpec, 'kind'> & { readonly kind: string })[];
    /** Rows of stg_imports__lift_tests. */
    liftTests?: readonly Row[];
  },
) {
  const memory = createMemoryWarehouse();
  const trainings = memory.rows('model_trainings');
  let credits: readonly Row[] = [];
  const warehouse: Warehouse = {
    ...memory,
    async query<T extends Row>(sql: string) {
      if (sql.includes('int_attribution__models')) {
        return state.specs.map(({ order = null, ...spec }) => ({ ...spec, order })) as Row[] as T[];
      }
      if (sql.includes('model_trainings')) return trainings as T[];
      if (sql.includes('stg_imports__lift_tests')) return [...(state.liftTests ?? [])] as T[];
      if (sql.includes('ihc_parameters')) return memory.rows('ihc_parameters') as T[];
      return memory.query<T>(sql);
    },
    exportParquet: (_, options) =>
      writeExposures(folder, options?.params?.is_wanted ? state.exposures : []),
    async loadFile(table, file, options) {
      if (options?.replace !== true) throw new Error(table);
      if (table === 'model_credits') credits = await readParquet(file);
      else {
        memory.rows('model_confidence').length = 0;
        await memory.loadFile(table, file);
      }
    },
  };
  const confidence = memory.rows('model_confidence');
  return { state, warehouse, trainings, confidence, credits: () => credits };
}

const CHANNELS = ['Direct', 'Paid Search', 'Email', 'Social'];

/** Seeded journeys over 100 days: Email and Paid Search bring conversions, others hardly. */
export function randomExposures(journeyCount: number, type = 'first_order', seed = 1): Exposure[] {
  const random = seededRandom(seed);
  return Array.from({ length: journeyCount }, (_, index) => {
    const touches = 1 + Math.floor(random() * 4);
    const channels = Array.from({ length: touches }, () => Math.floor(random() * CHANNELS.length));
    const isConverted = random() < 0.05 + 0.15 * channels.filter((code) => code % 3 > 0).length;
    const endDay = Math.floor(random() * 100);
    let hours = 60 * touches * random();
    return channels.map((channel, touch): Exposure => {
      hours *= random();
      return {
        type,
        journey: `${type}-${String(index).padStart(5, '0')}`,
        isConverted,
        endDay,
        session: `${index}-${touch}`,
        position: touch + 1,
        channel: CHANNELS[channel] as string,
        hoursToEnd: hours,
        holder: random() < 0.5 ? 1 : 0,
        closer: random() < 0.3 ? 1 : 0,
      };
    });
  }).flat();
}
