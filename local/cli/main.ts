import { Command } from 'commander';
import { registerAttribute } from './commands/attribute';
import { registerChannels } from './commands/channels';
import { registerDemo } from './commands/demo';
import { registerImport } from './commands/import';
import { registerLint } from './commands/lint';
import { registerProve } from './commands/prove';
import { registerQuery } from './commands/query';
import { registerReport } from './commands/report';
import { registerRun } from './commands/run';
import { registerSchema } from './commands/schema';
import { registerServe } from './commands/serve';
import { registerStart } from './commands/start';
import { registerTest } from './commands/test';
import { registerTrain } from './commands/train';
import { reportFailure } from './failure';

/**
 * The `tributary` command. Each command registers its options here and loads its work only
 * when it is called, so that `--help` is instant.
 */
function buildProgram(): Command {
  const program = new Command('tributary')
    .description('Open customer data infrastructure: events, costs and orders in; credit out.')
    .option(
      '--warehouse <dir>',
      'folder of the local warehouse (default: TRIBUTARY_WAREHOUSE, else .tributary)',
    )
    .option('--cloud', 'work on the real BigQuery that workflow_settings.yaml names')
    .showHelpAfterError('(add --help for the options)')
    .addHelpText(
      'after',
      `
Examples:
  $ npm start                                 the demo shop, from nothing to the channel report
  $ npx tributary run                         run all models on .tributary
  $ npx tributary query "SELECT COUNT(*) FROM sessions"
  $ npx tributary run --help                  the options of one command`,
    );
  for (const register of [
    registerStart,
    registerDemo,
    registerImport,
    registerRun,
    registerReport,
    registerChannels,
    registerQuery,
    registerServe,
    registerTrain,
    registerAttribute,
    registerLint,
    registerProve,
    registerSchema,
    registerTest,
  ]) {
    register(program);
  }
  return program;
}

export async function main(argv: readonly string[]): Promise<void> {
  try {
    await buildProgram().parseAsync(argv);
  } catch (error) {
    reportFailure(error);
  }
}
