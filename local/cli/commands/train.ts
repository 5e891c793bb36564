import type { Command } from 'commander';

interface TrainCommandOptions {
  readonly journeys?: string;
  readonly fromScored?: boolean;
  readonly out?: string;
  readonly matching?: boolean;
}

export function registerTrain(program: Command): void {
  program
    .command('train')
    .description('what is learnt from the warehouse: matching and attribution; or IHC of a file')
    .option('--journeys <file>', 'train on this file instead of the warehouse')
    .option('--from-scored', 'the file holds IHC answers: find the parameters behind them')
    .option('--matching', 'train the matching of visitors alone')
    .option('--out <file>', 'where the parameters of a file go (default: standard output)')
    .addHelpText(
      'after',
      `
Examples:
  $ npx tributary train
  $ npx tributary train --matching
  $ npx tributary train --journeys journeys.csv --out parameters.json
  $ npx tributary train --journeys scored.csv --from-scored --out parameters.json`,
    )
    .action(async (options: TrainCommandOptions, command: Command) => {
      if (options.journeys && options.matching) {
        command.error('error: --matching reads the warehouse: leave out --journeys.');
      }
      if (options.journeys) {
        const { trainFile } = await import('@tributary/functions/attribution/train-file');
        await trainFile({ ...options, journeys: options.journeys });
        return;
      }
      const ofFile = options.fromScored ? 'from-scored' : options.out && 'out';
      if (ofFile) command.error(`error: --${ofFile} is for a file: give --journeys, too.`);
      const { withWarehouse } = await import('../warehouse.js');
      const { createProgress } = await import('../progress.js');
      const { trainModels, trainVisitorMatching } = await import('../pipeline.js');
      const progress = await createProgress();
      const { onTablesOfToday } = await import('../older-tables.js');
      await withWarehouse(command, (open) =>
        onTablesOfToday(async () => {
          await trainVisitorMatching(open, progress);
          if (!options.matching) await trainModels(open, progress);
        }),
      );
    });
}
