import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@tributary/functions/shared/clock';
import type { OtherTable, Warehouse } from '@tributary/functions/warehouse/warehouse';
import { shopParts } from './generate-shop';
import { type Ledger, openLedger } from './load/ledger';
import { ensureTruthTables } from './load/truth-dataset';
import { type DemoInput, readDemoOptions } from './options';
import { type ShopFile, writeShop } from './write/write-shop';

export interface LoadDemoRequest {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly input?: DemoInput | undefined;
  /** Empties the tables that the demo shop fills first, whatever they hold. */
  readonly replace?: boolean | undefined;
  /** How far it is, in words. */
  readonly progress?: ((state: string) => void) | undefined;
  readonly rawDataset?: string;
  readonly truthDataset?: string;
}

interface LoadDemoResult {
  /** Rows loaded by this run, by table ("raw.events"). */
  readonly rowCounts: Readonly<Record<string, number>>;
  /** Everything stood there already. */
  readonly isRepeated: boolean;
}

/**
 * Makes the demo shop and loads it, with its truth, into the warehouse. Running it again loads
 * nothing; a run that was broken off is continued.
 *
 * @throws UserError for options that make no sense, and for a warehouse with other data
 */
export async function loadDemo(request: LoadDemoRequest): Promise<LoadDemoResult> {
  const { warehouse, clock, replace = false, progress = () => {} } = request;
  const { rawDataset = 'raw', truthDataset = 'truth' } = request;
  const options = readDemoOptions(request.input);
  await warehouse.ensureRawTables();
  await ensureTruthTables(warehouse, truthDataset);
  const ledger = await openLedger({ warehouse, clock, rawDataset, truthDataset }, options, replace);
  const window = windowName(options.receivedFrom, options.receivedBefore);
  const wholeId = ledger.loadId('whole', window);
  const rowCounts: Record<string, number> = {};
  if (ledger.isDone(wholeId)) return { rowCounts, isRepeated: true };

  const dir = await mkdtemp(join(tmpdir(), 'tributary-demo-'));
  try {
    let part = 0;
    progress('people visit the shop');
    for (const shop of shopParts(options)) {
      progress(`writing ${shop.events.rowCount.toLocaleString('en-US')} events to files`);
      for (const file of await writeShop(shop, dir, options)) {
        const target = `${file.dataset === 'raw' ? rawDataset : truthDataset}.${file.table}`;
        progress(`loading ${file.rowCount.toLocaleString('en-US')} rows into ${target}`);
        const isNew = await loadOnce(warehouse, ledger, file, target, part, window);
        if (isNew) rowCounts[target] = (rowCounts[target] ?? 0) + file.rowCount;
      }
      part++;
      progress('people visit the shop');
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
  await ledger.markDone(wholeId, 'whole', 0);
  return { rowCounts, isRepeated: false };
}

/** Loads a file unless it was; the truth is the same whatever the window, and is loaded once. */
async function loadOnce(
  warehouse: Warehouse,
  ledger: Ledger,
  file: ShopFile,
  target: string,
  part: number,
  window: string,
): Promise<boolean> {
  const loadId = ledger.loadId(target, part, file.dataset === 'raw' ? window : null);
  if (ledger.isDone(loadId)) return false;
  const table = file.dataset === 'raw' ? file.table : (target as OtherTable);
  const jobId = `tributary_demo_${file.table}_${loadId}`;
  await warehouse.loadFile(table, file.path, { jobId });
  await ledger.markDone(loadId, target, file.rowCount);
  return true;
}

function windowName(from: number, before: number): string {
  const name = (time: number) => (Number.isFinite(time) ? new Date(time).toISOString() : '');
  return `${name(from)}/${name(before)}`;
}
