/**
 * Proves a share of the models with the built code and prints the proofs as JSON: outside of jest,
 * whose modules take twice as long for the same work. Arguments: {projectDir, rows, seed, share}.
 */
const { proveModels } = require('../../local/dist/bigquery/testing/proof/prove-models.js');

proveModels(JSON.parse(process.argv[2]))
  .then((proofs) => process.stdout.write(JSON.stringify(proofs)))
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
