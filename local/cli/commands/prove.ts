import type { Command } from 'commander';
import { registerProveFunctions } from './prove-functions';
import { registerProveModels } from './prove-models';
import { registerProveWarehouse } from './prove-warehouse';

const EXAMPLES = `
Examples:
  $ npx tributary prove functions
  $ npx tributary prove functions --only json regexp_extract
  $ npx tributary prove models
  $ npx tributary prove warehouse --against cloud.json`;

/** Each subcommand proves one part of the local BigQuery against what Google's engines answer. */
const PROOFS: readonly ((group: Command) => void)[] = [
  registerProveFunctions,
  registerProveModels,
  registerProveWarehouse,
];

export function registerProve(program: Command): void {
  const group = program
    .command('prove')
    .description("compare the local BigQuery's answers with those of Google's engines")
    .addHelpText('after', EXAMPLES);
  for (const register of PROOFS) register(group);
}
