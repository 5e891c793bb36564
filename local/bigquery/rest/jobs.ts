import { z } from 'zod';
import type { Engine } from '../jobs/engine';
import type { Job } from '../jobs/job';
import { loadConfiguration, queryConfiguration } from '../jobs/requests';
import { BigQueryError } from '../sql/errors';
import { dryRunResource, jobResource } from './job-resource';
import { noContent, ok, param, parse, type RestRequest, type RestResponse } from './messages';
import { paginate } from './paginate';
import type { Routes } from './router';

/** A load is answered when it is done, at most after this: clients ask again only every 500 ms. */
export const LOAD_ANSWER_MS = 20_000;

export const jobBody = z.object({
  jobReference: z
    .object({ jobId: z.string().optional(), location: z.string().optional() })
    .optional(),
  configuration: z.looseObject({
    query: queryConfiguration.optional(),
    load: loadConfiguration.optional(),
    dryRun: z.boolean().optional(),
  }),
});

/** jobs.insert (without a file; uploads have their own routes), get, list, cancel, delete. */
export function jobRoutes(engine: Engine): Routes {
  const find = (request: RestRequest): Job =>
    engine.jobs.get(param(request, 'project'), param(request, 'job'));
  return {
    'POST /projects/:project/jobs': async (request) => {
      const body = parse(jobBody, await request.json());
      return startJob(engine, param(request, 'project'), body);
    },
    'GET /projects/:project/jobs': async (request) => {
      const { items, nextPageToken } = paginate(
        engine.jobs.list(param(request, 'project')),
        request.query,
      );
      return ok({
        kind: 'bigquery#jobList',
        jobs: items.map(jobResource),
        ...(nextPageToken && { nextPageToken }),
      });
    },
    'GET /projects/:project/jobs/:job': async (request) => ok(jobResource(find(request))),
    'POST /projects/:project/jobs/:job/cancel': async (request) => {
      const job = find(request);
      job.cancel();
      return ok({ kind: 'bigquery#jobCancelResponse', job: jobResource(job) });
    },
    'DELETE /projects/:project/jobs/:job/delete': async (request) => {
      const { reference } = find(request);
      engine.jobs.delete(reference);
      return noContent;
    },
  };
}

async function startJob(
  engine: Engine,
  projectId: string,
  { jobReference, configuration }: z.infer<typeof jobBody>,
): Promise<RestResponse> {
  const { query, load, dryRun } = configuration;
  const reference = { projectId, ...jobReference };
  if (query && dryRun) {
    const run = await engine.dryRun(query, projectId);
    const location = reference.location ?? engine.location;
    return ok(dryRunResource({ projectId, location }, configuration, run));
  }
  if (query) {
    // Answered at once: clients then wait in getQueryResults, which ends with the job.
    return ok(jobResource(engine.startQuery(reference, query, configuration)));
  }
  if (load) {
    const job = engine.startLoad(reference, load, configuration);
    await job.wait(LOAD_ANSWER_MS);
    return ok(jobResource(job));
  }
  throw new BigQueryError(
    'notImplemented',
    'The local BigQuery runs query and load jobs: use EXPORT DATA and CREATE TABLE ... AS for extract and copy jobs',
  );
}
