import type { Command } from 'commander';

interface ChannelsCommandOptions {
  readonly input: string;
  readonly out?: string;
  readonly siteHost: readonly string[];
  readonly json?: boolean;
}

export function registerChannels(program: Command): void {
  program
    .command('channels')
    .description('source, medium and channel of the visits in a file, by the SQL of the models')
    .requiredOption('--input <file>', 'CSV, NDJSON or Parquet with page_url and page_referrer')
    .option('--out <file>', 'write .csv, .ndjson or .json instead of CSV to stdout')
    .option('--site-host <host>', 'a host that is the site itself; may be repeated', collect, [])
    .option('--json', 'JSON to stdout')
    .addHelpText(
      'after',
      `
Each record is a visit of its own; all its columns are kept, and source, medium, campaign, term,
click_id_type, channel_ga4 and channel stand behind them. A column that has such a name already is
kept as input_<name>. No warehouse is needed or touched.

Examples:
  $ npx tributary channels --input landings.csv
  $ npx tributary channels --input landings.csv --out classified.csv --site-host shop.example`,
    )
    .action(async (options: ChannelsCommandOptions) => {
      const { writeChannels } = await import('../channels/channels-of-file.js');
      const { findProject } = await import('../project.js');
      const { input, out, siteHost } = options;
      await writeChannels({
        project: findProject(),
        input,
        out,
        siteHosts: siteHost.map((host) => host.trim().toLowerCase()).filter((host) => host !== ''),
        format: options.json ? 'json' : 'csv',
      });
    });
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
