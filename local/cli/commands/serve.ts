import type { Command } from 'commander';

export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('the local BigQuery and the functions on this machine, until stopped')
    .option('--port <n>', 'port of the functions', '8080')
    .option('--bigquery-port <n>', 'port of the local BigQuery', '9050')
    .addHelpText(
      'after',
      `
Examples:
  $ npx tributary serve
  $ npx tributary serve --port 8090
  $ curl -X POST localhost:8080/v1/events -H 'content-type: application/json' \\
      -d '{"event_name": "page_view", "site_id": "shop", "anonymous_id": "a1",
           "page_url": "https://shop.example/?utm_source=newsletter&utm_medium=email",
           "consent": {"analytics": true}}'`,
    )
    .action(async (options: { port: string; bigqueryPort: string }, command: Command) => {
      const { serve } = await import('../serve.js');
      await serve(command, options);
    });
}
