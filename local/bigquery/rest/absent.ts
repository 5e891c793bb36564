import type { Engine } from '../jobs/engine';
import { BigQueryError } from '../sql/errors';
import { requireDataset } from '../storage/dataset-changes';
import { ok, param, type RestRequest } from './messages';
import type { Routes } from './router';

/**
 * Routines and models, of which a local dataset has none: lists are empty, none is found, and
 * making one is refused.
 */
export function absentRoutes(engine: Engine): Routes {
  return { ...routesOf(engine, 'routines', 'Routine'), ...routesOf(engine, 'models', 'Model') };
}

function routesOf({ storage }: Engine, list: string, name: string): Routes {
  const path = `/projects/:project/datasets/:dataset/${list}`;
  const checkDataset = (request: RestRequest): string => {
    const dataset = { project: param(request, 'project'), dataset: param(request, 'dataset') };
    requireDataset(storage.catalog, dataset);
    return `${dataset.project}:${dataset.dataset}`;
  };
  const find = async (request: RestRequest): Promise<never> => {
    const dataset = checkDataset(request);
    throw new BigQueryError('notFound', `Not found: ${name} ${dataset}.${param(request, 'id')}`);
  };
  return {
    [`GET ${path}`]: async (request) => {
      checkDataset(request);
      return ok({ [list]: [] });
    },
    [`POST ${path}`]: async () => {
      throw new BigQueryError('notImplemented', `The local BigQuery does not support ${list}`);
    },
    [`GET ${path}/:id`]: find,
    [`PATCH ${path}/:id`]: find,
    [`PUT ${path}/:id`]: find,
    [`DELETE ${path}/:id`]: find,
  };
}
