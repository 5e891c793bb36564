import { type Command, Option } from 'commander';
import type { OutputFormat } from '../output';
import type { OpenWarehouse } from '../warehouse';

interface QueryOptions {
  readonly format: OutputFormat;
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly pricePerTib?: string;
}

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
    .option('--dry-run', 'say what the query would read and cost, without running it')
    .option('--price-per-tib <usd>', 'price of a TiB that is billed (default: 6.25, the US list)')
    .addHelpText(
      'after',
      `
Examples:
  $ npx tributary query "SELECT channel, COUNT(*) AS sessions FROM sessions GROUP BY channel"
  $ npx tributary query "SELECT * FROM raw.bad_events LIMIT 10" --format csv
  $ npx tributary query --dry-run "SELECT session_id FROM sessions"`,
    )
    .action(async (sql: string, options: QueryOptions, command: Command) => {
      const { withWarehouse } = await import('../warehouse.js');
      const format = options.json ? 'json' : options.format;
      await withWarehouse(command, async (open) => {
        const text = options.dryRun
          ? await costText(open, sql, options.pricePerTib, format)
          : (await import('../output.js')).formatRows(await open.warehouse.query(sql), format);
        process.stdout.write(`${text}\n`);
      });
    });
}

async function costText(
  open: OpenWarehouse,
  sql: string,
  pricePerTib: string | undefined,
  format: OutputFormat,
): Promise<string> {
  const { LIST_PRICE_PER_TIB, priceOf, readPrice } = await import('../costs/price.js');
  const { printQueryCost, queryCost } = await import('../costs/query-cost.js');
  const perTib = pricePerTib === undefined ? LIST_PRICE_PER_TIB : readPrice(pricePerTib);
  const cost = await queryCost(open, sql);
  if (format !== 'json') return printQueryCost(cost, perTib);
  const price = priceOf(cost.bytesBilled, perTib);
  return JSON.stringify({ ...cost, pricePerTib: perTib, currency: 'USD', price }, null, 2);
}
