import { type Command, InvalidArgumentError } from 'commander';

interface TestOptions {
  readonly parallel?: number;
  readonly json?: boolean;
}

export function registerTest(program: Command): void {
  program
    .command('test [cases...]')
    .description(
      'run the cases in tests/models/MODEL/CASE/ of the Dataform project in this folder, on empty local warehouses',
    )
    .option('--parallel <n>', 'cases that run at once (default: two a core)', positiveCount)
    .option('--json', 'print the results as JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ npx tributary test                                  all cases
  $ npx tributary test stg_events sessions              the cases of two models
  $ npx tributary test stg_events/late_rows             one case
  $ npx tributary test tests/models/stg_events/late_rows
  $ npx tributary test --json | jq '.cases[] | select(.isPassed | not)'

A case holds given/TABLE.yaml (rows of an input), before/MODEL.yaml (the state of
an incremental model), expected.yaml, and for later runs added_2/, replaced_2/,
removed_2/ and expected_2.yaml. local/bigquery/testing/README.md explains them.`,
    )
    .action(async (names: string[], options: TestOptions, command: Command) => {
      const { runTests } = await import('../test-run.js');
      const { cloud } = command.optsWithGlobals<{ cloud?: boolean }>();
      await runTests(names, { ...options, isCloud: cloud ?? false });
    });
}

function positiveCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count;
  throw new InvalidArgumentError('It must be a whole number from 1 to 64.');
}
