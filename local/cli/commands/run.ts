import type { Command } from 'commander';

interface RunOptions {
  readonly fullRefresh?: boolean;
  readonly tag?: string[];
  readonly costs?: boolean;
  readonly json?: boolean;
  readonly pricePerTib?: string;
}

export function registerRun(program: Command): void {
  program
    .command('run')
    .description('run the models with dataform, train what must be trained, run what depends on it')
    .option('--full-refresh', 'rebuild incremental tables from scratch')
    .option('--tag <tag...>', 'run only the models of these tags (prepare, score, your own)')
    .option('--costs', 'print what every model reads, not the dearest ten alone')
    .option('--price-per-tib <usd>', 'price of a TiB that is billed (default: 6.25, the US list)')
    .option('--json', 'print the costs as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ npx tributary run
  $ npx tributary run --full-refresh
  $ npx tributary run --tag prepare
  $ npx tributary run --costs --price-per-tib 7.50
  $ npx tributary --warehouse /data/shop run`,
    )
    .action(async (options: RunOptions, command: Command) => {
      const { withWarehouse } = await import('../warehouse.js');
      const { runWithCosts } = await import('../costs/run-with-costs.js');
      const { LIST_PRICE_PER_TIB, readPrice } = await import('../costs/price.js');
      const { costsAsJson, printCosts } = await import('../costs/print-costs.js');
      const { createProgress } = await import('../progress.js');
      const { pricePerTib } = options;
      const price = pricePerTib === undefined ? LIST_PRICE_PER_TIB : readPrice(pricePerTib);
      const progress = await createProgress();
      await withWarehouse(command, async (open) => {
        const costs = await runWithCosts(open, progress, {
          ...(options.fullRefresh ? { fullRefresh: true } : {}),
          ...(options.tag ? { tags: options.tag } : {}),
        });
        const text = options.json
          ? costsAsJson(costs, price)
          : printCosts(costs, price, { all: options.costs ?? false });
        process.stdout.write(`${text}\n`);
      });
    });
}
