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
  $ npx tributary import events events.ndjson --site shop`;

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
      .description('costs by channel and day, or the lines of a platform report'),
    async (context, file) => {
      const { importCosts } = await import('../import/costs.js');
      return importCosts({ ...context.deps, file, defaultCurrency: context.settings.baseCurrency });
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
