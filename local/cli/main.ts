import { Command } from 'commander';
import { checkFiles } from './check-files';
import { reportFailure } from './failure';

type Register = (program: Command) => void;

/* Each file registers the options of one command, and loads its work only when it is called. */
const COMMANDS: Readonly<Record<string, () => Register>> = {
  start: () => (require('./commands/start') as typeof import('./commands/start')).registerStart,
  demo: () => (require('./commands/demo') as typeof import('./commands/demo')).registerDemo,
  import: () => (require('./commands/import') as typeof import('./commands/import')).registerImport,
  run: () => (require('./commands/run') as typeof import('./commands/run')).registerRun,
  report: () => (require('./commands/report') as typeof import('./commands/report')).registerReport,
  channels: () =>
    (require('./commands/channels') as typeof import('./commands/channels')).registerChannels,
  query: () => (require('./commands/query') as typeof import('./commands/query')).registerQuery,
  serve: () => (require('./commands/serve') as typeof import('./commands/serve')).registerServe,
  train: () => (require('./commands/train') as typeof import('./commands/train')).registerTrain,
  attribute: () =>
    (require('./commands/attribute') as typeof import('./commands/attribute')).registerAttribute,
  match: () => (require('./commands/match') as typeof import('./commands/match')).registerMatch,
  lint: () => (require('./commands/lint') as typeof import('./commands/lint')).registerLint,
  prove: () => (require('./commands/prove') as typeof import('./commands/prove')).registerProve,
  schema: () => (require('./commands/schema') as typeof import('./commands/schema')).registerSchema,
  test: () => (require('./commands/test') as typeof import('./commands/test')).registerTest,
};

/**
 * The `tributary` command. Where the first argument is a command, the others are not even loaded:
 * that is a third of its start.
 */
function buildProgram(called: string | undefined): Command {
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
  program.hook('preAction', (_, command) => checkFiles(command.opts()));
  const isCommand = called !== undefined && Object.hasOwn(COMMANDS, called);
  for (const name of isCommand ? [called] : Object.keys(COMMANDS)) {
    COMMANDS[name]?.()(program);
  }
  return program;
}

export async function main(argv: readonly string[]): Promise<void> {
  try {
    await buildProgram(argv[2]).parseAsync(argv);
  } catch (error) {
    reportFailure(error);
  }
}
