import type { Command } from 'commander';

interface ProveWarehouseOptions {
  readonly out?: string;
  readonly against?: string;
  readonly json?: boolean;
}

export function registerProveWarehouse(group: Command): void {
  group
    .command('warehouse')
    .description('row count and checksum of every table, to compare with real BigQuery')
    .option('--out <file>', 'write them to a JSON file')
    .option('--against <file>', 'compare with such a file, made on the other side')
    .option('--json', 'print them as JSON')
    .addHelpText(
      'after',
      `
Nothing offline proves BigQuery itself. Once you have a project in the cloud,
load the same raw rows there, run the same models, and compare both sides:

  $ npx tributary --cloud prove warehouse --out cloud.json
  $ npx tributary prove warehouse --against cloud.json

Ends with exit code 1 where a table differs. In the cloud each table costs one
query over all of its columns.`,
    )
    .action(async (options: ProveWarehouseOptions, command: Command) => {
      const { withWarehouse } = await import('../warehouse.js');
      const { proveWarehouse } = await import('../prove-warehouse.js');
      await withWarehouse(command, (open) => proveWarehouse(open, options));
    });
}
