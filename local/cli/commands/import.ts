import type { Command } from 'commander';
import type { ImportResult } from '../import/deps';
import type { ImportContext } from '../import-step';

/** One importer, called with what every importer needs and its own options. */
type Importer<O> = (context: ImportContext, file: string, options: O) => Promise<ImportResult>;

const EXAMPLES = `
Examples:
  $ npx tributary import access-log access.log.gz --site blog
  $ npx tributary import journeys journeys.csv
  $ npx tributary import costs costs.csv
  $ npx tributary import clicks click_view.csv
  $ npx tributary import rates ecb-rates.csv
  $ npx tributary import lift-tests tests.csv --conversion-type first_order
  $ npx tributary import events events.ndjson --site shop`;

const COSTS_HELP = `
A platform's report has platform, cost_date, cost_amount and any of account_id, campaign_id,
campaign_name, ad_group_id, ad_id, currency_code, click_count, impression_count, ...:
  platform,account_id,campaign_id,campaign_name,cost_date,currency_code,cost_amount,click_count
  google_ads,482-110-3391,20110001,Search | Brand,2026-10-31,EUR,31.20,118

Costs by channel have channel_label, date and cost.

Examples:
  $ npx tributary import costs report.csv
  $ npx tributary import costs channel_costs.parquet`;

const CLICKS_HELP = `
Columns: platform, click_id and click_id_type (or one named gclid, msclkid, ...), click_date or
clicked_at, and any of account_id, campaign_id, campaign_name, ad_group_id, ad_id, keyword:
  platform,account_id,gclid,click_date,campaign_id,campaign_name,ad_group_id
  google_ads,482-110-3391,EAIaIQobChMI,2026-10-31,20110001,Search | Brand,30110001

Examples:
  $ npx tributary import clicks click_view.csv
  $ npx tributary import clicks clicks.ndjson`;

const RATES_HELP = `
Columns: rate_date, currency_code, and rate, what one unit buys of the base currency:
  rate_date,currency_code,rate
  2026-10-31,USD,0.8621
  2026-10-31,JPY,0.00574

Examples:
  $ npx tributary import rates ecb-rates.csv
  $ npx tributary import rates rates.parquet`;

const LIFT_TESTS_HELP = `
Columns: channel, start_date, end_date (days whose conversions were counted),
incremental_conversion_count and its standard_error; if there, population (persons in the test),
conversion_type, and lift_test_name for tests of a channel on the same days:
  channel,start_date,end_date,incremental_conversion_count,standard_error,population
  Paid Search,2026-09-01,2026-09-28,120,30,50000

Models are chosen and corrected by them in the next run: npx tributary report --confidence

Examples:
  $ npx tributary import lift-tests tests.csv --conversion-type first_order`;

export function registerImport(program: Command): void {
  const group = program
    .command('import')
    .description('load real files as raw rows, with the checks of the collector')
    .addHelpText('after', EXAMPLES);

  add<{ site: string; host?: string }>(
    group
      .command('access-log <file>')
      .description('a web server log in the combined format; each line an event or kept aside')
      .requiredOption('--site <id>', 'the site that the log is of')
      .option('--host <host>', "the site's host (default: found in the log)"),
    async (context, file, { site, host }) => {
      const { importAccessLog } = await import('../import/access-log.js');
      const options = { ...context.deps, file, siteId: site, hashSecret: context.hashSecret };
      return importAccessLog({ ...options, ...(host ? { host } : {}) });
    },
  );

  add<{ conversionType?: string }>(
    group
      .command('journeys <file>')
      .description('journeys that were built elsewhere; one row per session')
      .option('--conversion-type <type>', 'their type in includes/settings.js', 'conversion'),
    async (context, file, { conversionType }) => {
      const { importJourneys } = await import('../import/journeys.js');
      const { importedConversionTypes, baseCurrency } = context.settings;
      return importJourneys({
        ...context.deps,
        file,
        knownConversionTypes: importedConversionTypes,
        defaultCurrency: baseCurrency,
        ...(conversionType ? { conversionType } : {}),
      });
    },
  );

  add(
    group
      .command('costs <file>')
      .description('costs by channel and day, or the lines of a platform report')
      .addHelpText('after', COSTS_HELP),
    async (context, file) => {
      const { importCosts } = await import('../import/costs.js');
      return importCosts({ ...context.deps, file, defaultCurrency: context.settings.baseCurrency });
    },
  );

  add(
    group
      .command('clicks <file>')
      .description("a platform's click report: the campaign, ad group and ad behind each click id")
      .addHelpText('after', CLICKS_HELP),
    async (context, file) => {
      const { importClicks } = await import('../import/clicks.js');
      return importClicks({ ...context.deps, file });
    },
  );

  add(
    group
      .command('rates <file>')
      .description('exchange rates into the base currency; one row per currency and day')
      .addHelpText('after', RATES_HELP),
    async (context, file) => {
      const { importRates } = await import('../import/rates.js');
      return importRates({ ...context.deps, file, baseCurrency: context.settings.baseCurrency });
    },
  );

  add<{ conversionType?: string }>(
    group
      .command('lift-tests <file>')
      .description('what experiments found that channels added; bad rows are kept aside')
      .option('--conversion-type <type>', 'the type of tests that name none')
      .addHelpText('after', LIFT_TESTS_HELP),
    async (context, file, { conversionType }) => {
      const { importLiftTests } = await import('../import/lift-tests.js');
      const knownConversionTypes = context.settings.conversionTypes;
      return importLiftTests({
        ...context.deps,
        file,
        knownConversionTypes,
        ...(conversionType ? { conversionType } : {}),
      });
    },
  );

  add<{ site?: string }>(
    group
      .command('events <file>')
      .description('events as the collector takes them; CSV, NDJSON or Parquet')
      .option('--site <id>', 'the site of events without site_id'),
    async (context, file, { site }) => {
      const { importEvents } = await import('../import/events.js');
      const options = { ...context.deps, file, hashSecret: context.hashSecret };
      return importEvents({ ...options, ...(site ? { siteId: site } : {}) });
    },
  );
}

function add<O>(command: Command, importer: Importer<O>): void {
  command.action(async (file: string, options: O, self: Command) => {
    const { importFile } = await import('../import-step.js');
    await importFile(self, file, (context) => importer(context, file, options));
  });
}
