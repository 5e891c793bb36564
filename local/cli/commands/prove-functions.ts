import type { Command } from 'commander';

interface ProveFunctionsOptions {
  readonly only?: readonly string[];
  readonly json?: boolean;
}

export function registerProveFunctions(group: Command): void {
  group
    .command('functions')
    .description('every case of every function and operator, on both engines')
    .option('--only <name...>', 'only these families or functions')
    .option('--json', 'the same for programs: every function with its disagreements')
    .addHelpText(
      'after',
      `
Prints one line a family, the totals, and each case that the engines answer
differently. Ends with exit code 1 where there is one.

Examples:
  $ npx tributary prove functions
  $ npx tributary prove functions --only date timestamp
  $ npx tributary prove functions --only regexp_extract --json`,
    )
    .action(async (options: ProveFunctionsOptions) => {
      const { proveFunctions } = await import('../../bigquery/functions/prove.js');
      const { proofAsJson, proofAsText } = await import('../../bigquery/functions/proof/report.js');
      const proofs = await proveFunctions(options.only ? { only: options.only } : {});
      process.stdout.write(`${options.json ? proofAsJson(proofs) : proofAsText(proofs)}\n`);
      if (proofs.some(({ disagreements }) => disagreements.length > 0)) process.exitCode = 1;
    });
}
