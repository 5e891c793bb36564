import type { z } from 'zod';
import type { Engine } from '../jobs/engine';
import type { Job } from '../jobs/job';
import { jobBody } from '../jobs/requests';
import { BigQueryError } from '../sql/errors';
import { listJobs } from './job-list';
import { dryRunResource, jobResource } from './job-resource';
import { noContent, ok, param, parse, type RestRequest, type RestResponse } from './messages';
import type { Routes } from './router';

/** A load is answered when it is done, at most after this: clients ask again only every 500 ms. */
export const LOAD_ANSWER_MS = 20_000;

/** jobs.insert (without a file; uploads have their own routes), get, list, cancel, delete. */
export function jobRoutes(engine: Engine): Routes {
  const find = (request: RestRequest): Job =>
    engine.jobs.get(param(request, 'project'), param(request, 'job'));
  return {
    'POST /projects/:project/jobs': async (request) => {
      const sent = await request.json();
      return startJob(engine, param(request, 'project'), parse(jobBody, sent), sent);
    },
    'GET /projects/:project/jobs': async (request) =>
      ok(listJobs(engine.jobs.list(param(request, 'project')), request.query)),
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

/** The configuration as it was sent, to be shown in the job's resource. */
export function shownConfiguration(sent: unknown): Readonly<Record<string, unknown>> {
  return (sent as { configuration: Readonly<Record<string, unknown>> }).configuration;
}

async function startJob(
  engine: Engine,
  projectId: string,
  { jobReference, configuration }: z.infer<typeof jobBody>,
  sent: unknown,
): Promise<RestResponse> {
  const { query, dryRun } = configuration;
  const reference = { projectId, ...jobReference };
  const shown = shownConfiguration(sent);
  if (dryRun) {
    if (!query) throw new BigQueryError('invalid', 'Only a query job can be a dry run');
    const run = await engine.dryRun(query, projectId);
    const location = reference.location ?? engine.location;
    return ok(dryRunResource({ projectId, location }, shown, run));
  }
  const job = engine.start(reference, configuration, shown);
  // A query is answered at once: clients then wait in getQueryResults, which ends with the job.
  if (!query) await job.wait(LOAD_ANSWER_MS);
  return ok(jobResource(job));
}
