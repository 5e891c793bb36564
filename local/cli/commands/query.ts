import { type Command, Option } from 'commander';
import type { OutputFormat } from '../output';

export function registerQuery(program: Command): void {
  program
    .command('query <sql>')
    .description('GoogleSQL on the warehouse; unqualified names are tables of the default dataset')
    .addOption(
      new Option('--format <format>', 'how rows are printed')
        .choices(['table', 'csv', 'json'])
        .default('table'),
    )
    .option('--json', 'the same as --format json')
    .addHelpText(
      'after',
      `
Examples:
  $ npx tributary query "SELECT channel, COUNT(*) AS sessions FROM sessions GROUP BY channel"
  $ npx tributary query "SELECT * FROM raw.bad_events LIMIT 10" --format csv`,
    )
    .action(
      async (sql: string, options: { format: OutputFormat; json?: boolean }, command: Command) => {
        const { withWarehouse } = await import('../warehouse.js');
        const { formatRows } = await import('../output.js');
        const format = options.json ? 'json' : options.format;
        await withWarehouse(command, async ({ warehouse }) => {
          process.stdout.write(`${formatRows(await warehouse.query(sql), format)}\n`);
        });
      },
    );
}
