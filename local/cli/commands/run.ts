import type { Command } from 'commander';

export function registerRun(program: Command): void {
  program
    .command('run')
    .description('run the models with dataform, train what must be trained, run what depends on it')
    .option('--full-refresh', 'rebuild incremental tables from scratch')
    .option('--tag <tag...>', 'run only the models of these tags (prepare, score, your own)')
    .addHelpText(
      'after',
      `
Examples:
  $ npx tributary run
  $ npx tributary run --full-refresh
  $ npx tributary run --tag prepare
  $ npx tributary --warehouse /data/shop run`,
    )
    .action(async (options: { fullRefresh?: boolean; tag?: string[] }, command: Command) => {
      const { withWarehouse } = await import('../warehouse.js');
      const { runPipeline } = await import('../pipeline.js');
      const { createProgress } = await import('../progress.js');
      const progress = await createProgress();
      await withWarehouse(command, (open) =>
        runPipeline(open, progress, {
          ...(options.fullRefresh ? { fullRefresh: true } : {}),
          ...(options.tag ? { tags: options.tag } : {}),
        }),
      );
    });
}
