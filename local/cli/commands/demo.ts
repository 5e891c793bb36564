import type { Command } from 'commander';

export interface DemoCommandOptions {
  readonly persons?: string;
  readonly days?: string;
  readonly seed?: string;
  readonly replace?: boolean;
}

export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('write the demo shop, and the truth behind it, into the warehouse')
    .option('--persons <n>', 'how many persons the shop has')
    .option('--days <n>', 'how many days they are watched')
    .option('--seed <n>', 'another seed makes another shop')
    .option('--replace', 'empty the raw tables first, if they hold other data')
    .addHelpText(
      'after',
      `
Examples:
  $ npx tributary demo
  $ npx tributary --warehouse /tmp/small demo --persons 500 --days 30 --seed 7`,
    )
    .action(async (options: DemoCommandOptions, command: Command) => {
      const { withWarehouse } = await import('../warehouse.js');
      const { createProgress } = await import('../progress.js');
      const { writeDemo } = await import('../demo-step.js');
      const progress = await createProgress();
      await withWarehouse(command, (open) => writeDemo(open, progress, options));
    });
}
