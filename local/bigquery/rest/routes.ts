import type { Engine } from '../jobs/engine';
import { absentRoutes } from './absent';
import { datasetRoutes } from './datasets';
import { insertAllRoutes } from './insert-all';
import { jobRoutes } from './jobs';
import { ok } from './messages';
import { queryRoutes } from './queries';
import { createRouter, type Router } from './router';
import { tableDataRoutes } from './tabledata';
import { tableRoutes } from './tables';
import { uploadRoutes } from './uploads';

/** All routes of BigQuery's REST API v2 that the local BigQuery serves. */
export function createRestRouter(engine: Engine): Router {
  return createRouter({
    // Tells other processes which warehouse is served here: see storage/lock.ts.
    'GET /': async () => ok({ service: 'bigquery', warehouse: engine.storage.folder.dir }),
    ...datasetRoutes(engine),
    ...tableRoutes(engine),
    ...tableDataRoutes(engine),
    ...insertAllRoutes(engine),
    ...absentRoutes(engine),
    ...jobRoutes(engine),
    ...queryRoutes(engine),
    ...uploadRoutes(engine),
  });
}
