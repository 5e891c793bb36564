import { type Command, Option } from 'commander';

export function registerReport(program: Command): void {
  program
    .command('report')
    .description('the channel report: sessions, cost, conversions and revenue by model')
    .addOption(
      new Option('--by <grain>', 'a row per channel, or per day and channel')
        .choices(['channel', 'day'])
        .default('channel'),
    )
    .option('--type <conversion type>', 'only conversions of this type')
    .option('--json', 'print rows as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ npx tributary report
  $ npx tributary report --type first_order
  $ npx tributary report --by day --json`,
    )
    .action(
      async (
        options: { by: 'channel' | 'day'; type?: string; json?: boolean },
        command: Command,
      ) => {
        const { withWarehouse } = await import('../warehouse.js');
        const { readShopSettings } = await import('../shop-settings.js');
        const { channelReport } = await import('../report/channel-report.js');
        await withWarehouse(command, async ({ warehouse, project }) => {
          const settings = readShopSettings(project);
          process.stdout.write(`${await channelReport(warehouse, settings, options)}\n`);
        });
      },
    );
}
