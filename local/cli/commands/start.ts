import type { Command } from 'commander';

export function registerStart(program: Command): void {
  program
    .command('start')
    .description('the main job from nothing: demo shop, models, training, channel report')
    .addHelpText(
      'after',
      `
Examples:
  $ npm start
  $ npx tributary --warehouse /tmp/try start`,
    )
    .action(async (_options: unknown, command: Command) => {
      const { withWarehouse } = await import('../warehouse.js');
      const { createProgress } = await import('../progress.js');
      const { writeDemo } = await import('../demo-step.js');
      const { runPipeline } = await import('../pipeline.js');
      const { channelReport } = await import('../report/channel-report.js');
      const { readShopSettings } = await import('../shop-settings.js');
      const { whereThingsLie } = await import('../where.js');
      const progress = await createProgress();
      await withWarehouse(command, async (open) => {
        await runPipeline(open, progress, {}, () => writeDemo(open, progress, {}));
        process.stdout.write(
          `\n${await channelReport(open.warehouse, readShopSettings(open.project), {})}\n`,
        );
        process.stdout.write(`\n${whereThingsLie(open)}\n`);
      });
    });
}
