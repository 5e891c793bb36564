import type { Command } from 'commander';
import { registerProveFunctions } from './prove-functions';

const EXAMPLES = `
Examples:
  $ npx tributary prove functions
  $ npx tributary prove functions --only json regexp_extract`;

/** Each subcommand proves one part of the local BigQuery against Google's reference engine. */
const PROOFS: readonly ((group: Command) => void)[] = [registerProveFunctions];

export function registerProve(program: Command): void {
  const group = program
    .command('prove')
    .description("compare the local BigQuery's answers with Google's reference engine")
    .addHelpText('after', EXAMPLES);
  for (const register of PROOFS) register(group);
}
