import { http } from '@google-cloud/functions-framework';
import type { FunctionName, FunctionsDeps } from './create-functions';
import { createFunction, createFunctions, functionNames } from './create-functions';
import { systemClock } from './shared/clock';
import {
  readAccounts,
  readApiKeys,
  readCollectorConfig,
  readFunctionTarget,
  readLogLevel,
  readOptionalApiKeys,
  readWarehouseConfig,
} from './shared/config';
import { answerErrors } from './shared/http';
import { createLog } from './shared/log';
import type { Warehouse } from './warehouse/warehouse';

export { createFunctions, functionNames, functionPaths } from './create-functions';

/**
 * The entry point of Cloud Functions: registers every function under its name; deployments differ
 * in --entry-point alone. What a function needs comes from the environment (shared/config.ts).
 */
const log = createLog({ level: readLogLevel() });
let warehouse: Warehouse | undefined;

const deps: FunctionsDeps = {
  clock: systemClock,
  log,
  warehouse() {
    const { createBigQueryWarehouse } =
      require('./warehouse/bigquery-warehouse') as typeof import('./warehouse/bigquery-warehouse');
    warehouse ??= createBigQueryWarehouse(readWarehouseConfig());
    return warehouse;
  },
  collector: () => readCollectorConfig(),
  apiKeys: () => readApiKeys(),
  serverKeys: () => readOptionalApiKeys(),
  accounts: () => readAccounts(),
  datasets: () => readWarehouseConfig(),
};

const handlers = createFunctions(deps);
for (const name of functionNames) http(name, answerErrors(handlers[name], log));

// A process that serves one function refuses to start without that function's secrets, rather
// than at its first request.
const target = readFunctionTarget();
const isOurs = (name: string | undefined): name is FunctionName =>
  functionNames.some((known) => known === name);
if (isOurs(target)) http(target, answerErrors(createFunction(target, deps), log));
