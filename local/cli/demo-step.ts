import { systemClock } from '@tributary/functions/shared/clock';
import { UserError } from '@tributary/functions/shared/errors';
import { loadDemo } from '../demo/load-demo';
import type { DemoInput } from '../demo/options';
import type { DemoCommandOptions } from './commands/demo';
import type { Progress } from './progress';
import type { OpenWarehouse } from './warehouse';

/** Writes the demo shop into the warehouse and says how much came of it. */
export async function writeDemo(
  open: OpenWarehouse,
  progress: Progress,
  options: DemoCommandOptions,
): Promise<void> {
  const result = await progress.step('Demo shop', (update) =>
    loadDemo({
      warehouse: open.warehouse,
      clock: systemClock,
      input: input(options),
      progress: update,
      rawDataset: open.project.rawDataset,
      truthDataset: open.project.truthDataset,
      ...(options.replace ? { replace: true } : {}),
    }),
  );
  if (result.isRepeated) {
    progress.note('  The demo shop stands there already: nothing new.');
    return;
  }
  const counts = Object.entries(result.rowCounts).filter(([table]) =>
    table.startsWith(`${open.project.rawDataset}.`),
  );
  progress.note(`  ${counts.map(([table, rows]) => `${table} ${format(rows)}`).join(', ')}`);
}

const format = (rows: number): string => rows.toLocaleString('en-US');

function input(options: DemoCommandOptions): DemoInput {
  const given = Object.entries({
    persons: options.persons,
    days: options.days,
    seed: options.seed,
  }).flatMap(([name, text]) => (text === undefined ? [] : [[name, toNumber(name, text)] as const]));
  return Object.fromEntries(given);
}

function toNumber(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new UserError(`--${name} must be a number, not "${text}".`);
}
