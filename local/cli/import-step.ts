import { basename } from 'node:path';
import { systemClock } from '@tributary/functions/shared/clock';
import { readCollectorConfig } from '@tributary/functions/shared/config';
import type { Command } from 'commander';
import type { ImportDeps, ImportResult } from './import/deps';
import { createProgress } from './progress';
import { localSecrets } from './secrets';
import { readShopSettings, type ShopSettings } from './shop-settings';
import { type OpenWarehouse, withWarehouse } from './warehouse';
import { tributaryCommand } from './where';

export interface ImportContext {
  readonly deps: ImportDeps;
  readonly settings: ShopSettings;
  readonly hashSecret: string;
}

/** Runs one importer on the warehouse and says what became of the file. */
export async function importFile(
  command: Command,
  file: string,
  load: (context: ImportContext) => Promise<ImportResult>,
): Promise<void> {
  const progress = await createProgress();
  await withWarehouse(command, async (open) => {
    const { rawDataset } = open.project;
    const result = await progress.step(`Import of ${basename(file)}`, () =>
      load({
        deps: { warehouse: open.warehouse, clock: systemClock, rawDataset },
        settings: readShopSettings(open.project),
        hashSecret: hashSecret(open),
      }),
    );
    process.stdout.write(`${summary(result, tributaryCommand(open))}\n`);
    if (result.keptAsideCount > 0)
      process.stdout.write(`${seeReasons(rawDataset, tributaryCommand(open))}\n`);
  });
}

/** On a laptop the warehouse's own; in the cloud the collector's, from the environment. */
function hashSecret({ dir }: OpenWarehouse): string {
  return dir ? localSecrets(dir).hashSecret : readCollectorConfig().hashSecret;
}

function summary(result: ImportResult, command: string): string {
  const rows = `${result.rowCount.toLocaleString('en-US')} rows`;
  const aside = `${result.keptAsideCount.toLocaleString('en-US')} kept aside`;
  if (result.isRepeated) return `Nothing new: this file stands there already (${rows}, ${aside}).`;
  return `${rows} loaded, ${aside}. Next: ${command} run`;
}

function seeReasons(rawDataset: string, command: string): string {
  return `Why: ${command} query "SELECT reason, COUNT(*) AS n FROM ${rawDataset}.bad_events GROUP BY reason"`;
}
