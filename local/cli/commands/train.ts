import type { Command } from 'commander';

interface TrainCommandOptions {
  readonly journeys?: string;
  readonly fromScored?: boolean;
  readonly out?: string;
}

export function registerTrain(program: Command): void {
  program
    .command('train')
    .description('IHC parameters from journeys: of a file, or of the warehouse')
    .option('--journeys <file>', 'train on this file instead of the warehouse')
    .option('--from-scored', 'the file holds IHC answers: find the parameters behind them')
    .option('--out <file>', 'where the parameters of a file go (default: standard output)')
    .addHelpText(
      'after',
      `
Examples:
  $ npx tributary train
  $ npx tributary train --journeys journeys.csv --out parameters.json
  $ npx tributary train --journeys scored.csv --from-scored --out parameters.json`,
    )
    .action(async (options: TrainCommandOptions, command: Command) => {
      if (options.journeys) {
        const { trainFile } = await import('@tributary/functions/attribution/train-file');
        await trainFile({ ...options, journeys: options.journeys });
        return;
      }
      const { withWarehouse } = await import('../warehouse.js');
      const { createProgress } = await import('../progress.js');
      const { trainModels } = await import('../pipeline.js');
      const progress = await createProgress();
      await withWarehouse(command, (open) => trainModels(open, progress));
    });
}
