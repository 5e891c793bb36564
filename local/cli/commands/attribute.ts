import { type Command, Option } from 'commander';

interface AttributeCommandOptions {
  readonly journeys?: string;
  readonly parameters?: string;
  readonly paths?: string;
  readonly model?: 'first' | 'last' | 'linear' | 'markov' | 'shapley' | 'all';
  readonly order?: string;
  readonly pathColumn?: string;
  readonly conversionsColumn?: string;
  readonly valueColumn?: string;
  readonly nullsColumn?: string;
  readonly out?: string;
  readonly json?: boolean;
}

export function registerAttribute(program: Command): void {
  program
    .command('attribute')
    .description('credit for the journeys of a file: IHC, or other models on a file of paths')
    .option('--journeys <file>', 'IHC: CSV, NDJSON or Parquet; one row per session')
    .option('--parameters <file>', 'IHC: JSON as `tributary train` writes it')
    .option('--paths <file>', 'CSV of paths (.gz too); one row per path')
    .addOption(
      new Option('--model <model>', 'of paths (default: all)').choices([
        'first',
        'last',
        'linear',
        'markov',
        'shapley',
        'all',
      ]),
    )
    .addOption(
      new Option('--order <n>', 'channels that a Markov step depends on (default: 1)').choices([
        '1',
        '2',
        '3',
        '4',
      ]),
    )
    .option('--path-column <name>', 'default: path')
    .option('--conversions-column <name>', 'default: total_conversions')
    .option('--value-column <name>', 'default: total_conversion_value, if there is one')
    .option('--nulls-column <name>', 'default: total_null, if there is one')
    .option('--out <file>', 'write .csv, .ndjson or .parquet instead of printing')
    .option('--json', 'paths: JSON to stdout')
    .addHelpText(
      'after',
      `
The journeys need the columns conversion_id, session_id, timestamp, channel_label,
holder_engagement and closer_engagement; the answer is CSV. Where there is a column
conversion, its last 1 marks the session that converted, else that is the last one.
Paths are channels with " > " between them; how many conversions they had and how
many ended without (nulls) stands beside them. The answer is a table of channels.

Examples:
  $ npx tributary attribute --journeys journeys.csv --parameters parameters.json
  $ npx tributary attribute --journeys j.parquet --parameters p.json --out credit.parquet
  $ npx tributary attribute --paths paths.csv
  $ npx tributary attribute --paths paths.csv.gz --model markov --order 3 --json`,
    )
    .action(async (options: AttributeCommandOptions) => {
      if (options.paths !== undefined) await attributePathsOf(options, options.paths);
      else await attributeJourneysOf(options);
    });
}

async function attributePathsOf(options: AttributeCommandOptions, paths: string): Promise<void> {
  const { journeys, parameters, model = 'all', order, out, json } = options;
  if (journeys !== undefined || parameters !== undefined) {
    refuse('--paths goes without --journeys and --parameters; leave one or the other out.');
  }
  if (order !== undefined && model !== 'markov' && model !== 'all') {
    refuse('--order is of --model markov; leave it out or choose that model.');
  }
  // `require`, because `import()` starts node's other loader: 15 ms of some 300.
  const { printPaths } =
    require('../paths/attribute-paths.js') as typeof import('../paths/attribute-paths.js');
  await printPaths({
    paths,
    models: model === 'all' ? ['first', 'last', 'linear', 'markov', 'shapley'] : [model],
    order: Number(order ?? 1),
    columns: {
      path: options.pathColumn,
      conversions: options.conversionsColumn,
      value: options.valueColumn,
      nulls: options.nullsColumn,
    },
    out,
    json,
  });
}

async function attributeJourneysOf(options: AttributeCommandOptions): Promise<void> {
  const { journeys, parameters, out, ...others } = options;
  if (journeys === undefined || parameters === undefined) {
    refuse('Give --journeys with --parameters, or --paths (--help shows examples).');
  }
  const [other] = Object.keys(others);
  if (other !== undefined) {
    const flag = other.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    refuse(`--${flag} is for --paths; leave it out with --journeys.`);
  }
  const { attributeFile } = await import('@tributary/functions/attribution/attribute-file');
  await attributeFile({ journeys, parameters, ...(out === undefined ? {} : { out }) });
}

/** @throws UserError */
function refuse(sentence: string): never {
  const { UserError } =
    require('@tributary/functions/shared/errors') as typeof import('@tributary/functions/shared/errors');
  throw new UserError(sentence);
}
