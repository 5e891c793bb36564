import type { Accounts } from './activation/platforms';
import type { Clock } from './shared/clock';
import type { CollectorConfig } from './shared/config';
import type { HttpHandler } from './shared/http';
import type { Log } from './shared/log';
import type { Warehouse } from './warehouse/warehouse';

/** The HTTP functions by the names they are deployed under, and their paths when served together. */
export const functionPaths = {
  collect: '/v1/events',
  compute_ihc: '/v1/compute_ihc',
  train_ihc: '/v1/train_ihc',
  train_models: '/v1/train_models',
  train_matching: '/v1/train_matching',
  activate: '/v1/activate',
} as const;

export type FunctionName = keyof typeof functionPaths;

export const functionNames = Object.keys(functionPaths) as readonly FunctionName[];

/**
 * What the functions are made of. Secrets and clients are asked for by the function that needs
 * them, when it is made: the collector needs no API key, and no other function a hash secret.
 */
export interface FunctionsDeps {
  readonly clock: Clock;
  readonly log: Log;
  warehouse(): Warehouse;
  collector(): CollectorConfig;
  apiKeys(): readonly string[];
  /** Keys of servers that send events; none where none is set. */
  serverKeys(): readonly string[];
  accounts(): Accounts;
  /** Names of the datasets; "raw" and "tributary" unless told. */
  datasets?(): { readonly rawDataset: string; readonly dataset: string };
}

/**
 * The functions, each made at its first request: until then neither its code nor what it depends
 * on is loaded, so that a collector starts without DuckDB and without the trainers.
 */
export function createFunctions(deps: FunctionsDeps): Record<FunctionName, HttpHandler> {
  return {
    collect: lazy(() => createFunction('collect', deps)),
    compute_ihc: lazy(() => createFunction('compute_ihc', deps)),
    train_ihc: lazy(() => createFunction('train_ihc', deps)),
    train_models: lazy(() => createFunction('train_models', deps)),
    train_matching: lazy(() => createFunction('train_matching', deps)),
    activate: lazy(() => createFunction('activate', deps)),
  };
}

/** Makes one function now. @throws UserError where a secret or setting is missing */
export function createFunction(name: FunctionName, deps: FunctionsDeps): HttpHandler {
  const { clock, log } = deps;
  const datasets = deps.datasets?.() ?? { rawDataset: 'raw', dataset: 'tributary' };
  switch (name) {
    case 'collect': {
      const { createCollect } =
        require('./collection/collect') as typeof import('./collection/collect');
      const config = deps.collector();
      return createCollect({
        warehouse: deps.warehouse(),
        clock,
        log,
        config,
        apiKeys: deps.serverKeys(),
      });
    }
    case 'compute_ihc': {
      const { createComputeIhc } =
        require('./attribution/compute-ihc') as typeof import('./attribution/compute-ihc');
      const { createWarehouseParametersStore } =
        require('./attribution/parameters-store') as typeof import('./attribution/parameters-store');
      const { rawDataset } = datasets;
      const warehouse = deps.warehouse();
      const store = createWarehouseParametersStore({ warehouse, clock, rawDataset });
      return createComputeIhc({ store, apiKeys: deps.apiKeys(), log });
    }
    case 'train_ihc': {
      const { createTrainIhc } =
        require('./attribution/train-ihc') as typeof import('./attribution/train-ihc');
      const warehouse = deps.warehouse();
      return createTrainIhc({ warehouse, clock, log, apiKeys: deps.apiKeys(), ...datasets });
    }
    case 'train_models': {
      const { createTrainModels } =
        require('./attribution/train-models-function') as typeof import('./attribution/train-models-function');
      const warehouse = deps.warehouse();
      return createTrainModels({ warehouse, clock, log, apiKeys: deps.apiKeys(), ...datasets });
    }
    case 'train_matching': {
      const { createTrainMatching } =
        require('./identity/train-matching-function') as typeof import('./identity/train-matching-function');
      const warehouse = deps.warehouse();
      return createTrainMatching({ warehouse, clock, log, apiKeys: deps.apiKeys(), ...datasets });
    }
    case 'activate': {
      const { createActivate } =
        require('./activation/activate') as typeof import('./activation/activate');
      const warehouse = deps.warehouse();
      const accounts = deps.accounts();
      return createActivate({ warehouse, log, apiKeys: deps.apiKeys(), accounts });
    }
  }
}

function lazy(create: () => HttpHandler): HttpHandler {
  let handler: HttpHandler | undefined;
  return (request, response) => {
    handler ??= create();
    return handler(request, response);
  };
}
