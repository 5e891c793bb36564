import type { Command } from 'commander';

export function registerAttribute(program: Command): void {
  program
    .command('attribute')
    .description('IHC credit for the journeys of a file, by the parameters of a file')
    .requiredOption('--journeys <file>', 'CSV, NDJSON or Parquet; one row per session')
    .requiredOption('--parameters <file>', 'JSON as `tributary train` writes it')
    .option('--out <file>', 'where the answers go (default: CSV on standard output)')
    .addHelpText(
      'after',
      `
The journeys need the columns conversion_id, session_id, timestamp, channel_label,
holder_engagement and closer_engagement.

Examples:
  $ npx tributary attribute --journeys journeys.csv --parameters parameters.json
  $ npx tributary attribute --journeys j.parquet --parameters p.json --out credit.parquet`,
    )
    .action(async (options: { journeys: string; parameters: string; out?: string }) => {
      const { attributeFile } = await import('@tributary/functions/attribution/attribute-file');
      await attributeFile(options);
    });
}
