import { type Command, InvalidArgumentError } from 'commander';

interface ProveModelsOptions {
  readonly rows: number;
  readonly seed: number;
  readonly limit: number;
  readonly json?: boolean;
}

export function registerProveModels(group: Command): void {
  group
    .command('models [models...]')
    .description('the models of the Dataform project in this folder, on both engines')
    .option('--rows <n>', 'random rows of each table that a model reads', positive, 1000)
    .option('--seed <n>', 'another seed gives other rows', whole, 1)
    .option(
      '--limit <seconds>',
      'how long to wait for an answer of the reference engine',
      positive,
      900,
    )
    .option('--json', 'the same for programs: every run with all of its figures')
    .addHelpText(
      'after',
      `
Each model runs on random rows, by itself, as dataform run would run it: anew,
and where it is incremental again on a table that holds a part of its rows. A
line says how many rows went in and came out, the seconds of each engine, and
whether the sorted rows are equal (FLOAT64 within 1e-9, all else exactly).
Ends with exit code 1 where they differ, and 2 where the reference engine gave
up, for it holds 128 MiB at most, or gave no answer in time: neither proven nor
refuted. Before that the queries of a WITH are answered one by one, and over
pieces of a table where the query lets it be parted. It takes its time: some
models join in squares, so 10,000 rows take minutes.

What the settings switch off is proven too: each folder of tests/proof/variants
is laid over the project, and the models that it adds or changes are proven
once more. Tables that SQL names without declaring them have their columns in
tests/schemas (DATASET.TABLE.yaml, a wildcard without its asterisk).

Examples:
  $ npx tributary prove models
  $ npx tributary prove models sessions touchpoints --rows 10000
  $ npx tributary prove models --seed 7 --json`,
    )
    .action(async (models: string[], options: ProveModelsOptions) => {
      const { findDataformProject } = await import('../../bigquery/testing/find-cases.js');
      const { proveModels } = await import('../../bigquery/testing/proof/prove-models.js');
      const print = await import('../../bigquery/testing/proof/print-proof.js');
      const { rows, seed, limit, json = false } = options;
      const show = (text: string): void => {
        if (!json) process.stdout.write(`${text}\n`);
      };
      let isBegun = false;
      let variant: string | undefined;
      const proofs = await proveModels({
        projectDir: findDataformProject(process.cwd()),
        only: models,
        rows,
        seed,
        limitSeconds: limit,
        onProof: (proof) => {
          if (!isBegun) show(print.proofHeader());
          isBegun = true;
          if (proof.variant && proof.variant !== variant) show(print.variantLine(proof.variant));
          variant = proof.variant;
          show(print.proofLine(proof));
        },
      });
      show(`\n${print.proofSummary(proofs, { rows, seed })}`);
      if (json) process.stdout.write(`${JSON.stringify({ rows, seed, proofs }, null, 2)}\n`);
      process.exitCode = print.proofExitCode(proofs);
    });
}

function whole(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError('It must be a whole number, 0 or more.');
}

function positive(text: string): number {
  const number = whole(text);
  if (number >= 1 && number <= 100_000) return number;
  throw new InvalidArgumentError('It must be a whole number from 1 to 100000.');
}
