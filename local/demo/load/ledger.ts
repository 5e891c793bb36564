import type { Clock } from '@tributary/functions/shared/clock';
import { UserError } from '@tributary/functions/shared/errors';
import { stableId } from '@tributary/functions/shared/hash';
import type { rawTables } from '@tributary/functions/shared/raw-tables';
import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';
import type { DemoOptions } from '../options';
import { truthTables } from '../tables/truth-tables';

/** Raised when the same options make another shop than before: then their loads differ too. */
const generatorVersion = 2;

/** The tables of dataset raw that the demo shop fills. */
const filledTables = [
  'events',
  'orders',
  'crm_customers',
  'ad_costs',
  'ad_clicks',
  'exchange_rates',
] as const;

interface LedgerPlace {
  readonly warehouse: Warehouse;
  readonly rawDataset: string;
  readonly truthDataset: string;
  readonly clock: Clock;
}

/** Remembers in the warehouse itself which shop stands there and which loads are done. */
export interface Ledger {
  /** An id for a load of this shop, the same in every run. */
  loadId(...what: readonly (string | number | null)[]): string;
  isDone(loadId: string): boolean;
  markDone(loadId: string, target: string, rowCount: number): Promise<void>;
}

/**
 * Opens the ledger for a shop: claims an empty warehouse, goes on with one that holds this very
 * shop, and refuses one with other data, unless it may be replaced.
 *
 * @throws UserError where the warehouse holds another demo shop, or events of another origin
 */
export async function openLedger(
  place: LedgerPlace,
  options: DemoOptions,
  replace: boolean,
): Promise<Ledger> {
  const { warehouse, truthDataset, clock } = place;
  const fingerprint = fingerprintOf(options);
  if (replace) await emptyTables(place);
  let generation = await standingGeneration(place, fingerprint);
  if (generation === undefined) {
    // Loads of an emptied table need ids that were never used.
    generation = replace ? clock().toISOString() : 'first';
    await insert(warehouse, `${truthDataset}.demo`, {
      fingerprint,
      generation,
      persons: options.persons,
      days: options.days,
      seed: options.seed,
      starts_at: new Date(options.startsAt).toISOString(),
      ends_at: new Date(options.endsAt).toISOString(),
    });
  }
  const rows = await warehouse.query<{ load_id: string }>(
    `SELECT load_id FROM ${truthDataset}.demo_loads`,
  );
  const done = new Set(rows.map((row) => row.load_id));
  return {
    loadId: (...what) => stableId(fingerprint, generation, ...what),
    isDone: (loadId) => done.has(loadId),
    async markDone(loadId, target, rowCount) {
      await insert(warehouse, `${truthDataset}.demo_loads`, {
        load_id: loadId,
        target,
        row_count: rowCount,
        loaded_at: clock().toISOString(),
      });
      done.add(loadId);
    },
  };
}

/** The window of a run is no part of it: a shop that grows is one shop. */
function fingerprintOf({ persons, days, seed, endsAt }: DemoOptions): string {
  return stableId(generatorVersion, persons, days, seed, endsAt);
}

async function standingGeneration(
  { warehouse, rawDataset, truthDataset }: LedgerPlace,
  fingerprint: string,
): Promise<string | undefined> {
  const [demo] = await warehouse.query<{
    fingerprint: string;
    generation: string;
    persons: number;
    days: number;
    seed: number;
  }>(`SELECT fingerprint, generation, persons, days, seed FROM ${truthDataset}.demo`);
  if (demo?.fingerprint === fingerprint) return demo.generation;
  const mend = 'name another folder with --warehouse, or start over with --replace';
  if (demo) {
    throw new UserError(
      `The warehouse holds another demo shop (${demo.persons} persons, ${demo.days} days, seed ${demo.seed}): ${mend}.`,
    );
  }
  const [events] = await warehouse.query<{ row_count: number }>(
    `SELECT COUNT(*) AS row_count FROM ${rawDataset}.events`,
  );
  if (events && events.row_count > 0) {
    throw new UserError(
      `${rawDataset}.events holds ${events.row_count} events that are not of the demo shop: ${mend}.`,
    );
  }
  return undefined;
}

async function emptyTables({ warehouse, rawDataset, truthDataset }: LedgerPlace): Promise<void> {
  for (const table of filledTables satisfies readonly (keyof typeof rawTables)[]) {
    await warehouse.query(`TRUNCATE TABLE ${rawDataset}.${table}`);
  }
  for (const table of Object.keys(truthTables)) {
    await warehouse.query(`TRUNCATE TABLE ${truthDataset}.${table}`);
  }
}

async function insert(warehouse: Warehouse, table: string, row: Row): Promise<void> {
  const names = Object.keys(row);
  const values = names.map((name) => (name.endsWith('_at') ? `TIMESTAMP(@${name})` : `@${name}`));
  await warehouse.query(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`,
    { params: row },
  );
}
