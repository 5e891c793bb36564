import { UserError } from '@tributary/functions/shared/errors';
import type { Command } from 'commander';

interface ProveFunctionsOptions {
  readonly only?: readonly string[];
  readonly json?: boolean;
  readonly fuzz?: string;
  readonly seed?: string;
}

export function registerProveFunctions(group: Command): void {
  group
    .command('functions')
    .description('every case of every function and operator, on both engines')
    .option('--only <name...>', 'only these families or functions')
    .option('--fuzz <calls>', 'instead of the cases: so many calls with random nasty values')
    .option('--seed <n>', 'repeats the calls of an earlier --fuzz')
    .option('--json', 'the same for programs: every function with its disagreements')
    .addHelpText(
      'after',
      `
Prints one line a family, the totals, and each case that the engines answer
differently. Ends with exit code 1 where there is one, with 2 where the
reference engine gave no answer in time: neither proven nor refuted.

Examples:
  $ npx tributary prove functions
  $ npx tributary prove functions --only date timestamp
  $ npx tributary prove functions --only regexp_extract --json
  $ npx tributary prove functions --fuzz 5000 --only date_add safe_divide`,
    )
    .action(async (options: ProveFunctionsOptions) => {
      if (options.fuzz !== undefined) return fuzz(options);
      const { proveFunctions } = await import('../../bigquery/functions/prove.js');
      const { proofAsJson, proofAsText } = await import('../../bigquery/functions/proof/report.js');
      const proofs = await proveFunctions(options.only ? { only: options.only } : {});
      process.stdout.write(`${options.json ? proofAsJson(proofs) : proofAsText(proofs)}\n`);
      if (proofs.some(({ unknowns }) => unknowns.length > 0)) process.exitCode = 2;
      if (proofs.some(({ disagreements }) => disagreements.length > 0)) process.exitCode = 1;
    });
}

async function fuzz(options: ProveFunctionsOptions): Promise<void> {
  const { startEngines } = await import('../../bigquery/functions/proof/engines.js');
  const { functionNames } = await import('../../bigquery/functions/prove.js');
  const { fuzzFunctions, fuzzAsText } = await import('../../bigquery/functions/fuzz/fuzz.js');
  const seed = wholeNumber('--seed', options.seed ?? String(Date.now() % 1_000_000));
  const calls = wholeNumber('--fuzz', options.fuzz ?? '');
  const engines = await startEngines();
  try {
    const only = options.only ? { only: functionNames(options.only) } : {};
    const report = await fuzzFunctions({ engines, seed, calls, ...only });
    process.stdout.write(
      `${options.json ? JSON.stringify(report, null, 2) : fuzzAsText(report)}\n`,
    );
    if (report.findings.some(({ kind }) => kind === 'wrong')) process.exitCode = 1;
  } finally {
    await engines.close();
  }
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new UserError(`${option} wants a whole number, not "${text}".`);
  return Number(text);
}
