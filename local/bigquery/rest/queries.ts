import { z } from 'zod';
import type { Engine } from '../jobs/engine';
import { queryConfiguration } from '../jobs/requests';
import { dryRunResource } from './job-resource';
import { ok, param, parse } from './messages';
import { readCount, readPageToken } from './paginate';
import { queryResults } from './query-results';
import type { Routes } from './router';

const queryRequest = queryConfiguration.extend({
  dryRun: z.boolean().optional(),
  maxResults: z.number().int().nonnegative().nullish(),
  timeoutMs: z.number().nonnegative().nullish(),
  location: z.string().nullish(),
  formatOptions: z.object({ useInt64Timestamp: z.boolean().optional() }).nullish(),
});

/** jobs.query (POST /queries) and jobs.getQueryResults. */
export function queryRoutes(engine: Engine): Routes {
  return {
    'POST /projects/:project/queries': async (request) => {
      const sent = await request.json();
      const body = parse(queryRequest, sent);
      const projectId = param(request, 'project');
      const location = body.location ?? engine.location;
      const { query, defaultDataset } = body;
      const shown = {
        query: { query, useLegacySql: false, ...(defaultDataset && { defaultDataset }) },
      };
      if (body.dryRun) {
        const run = await engine.dryRun(body, projectId);
        return ok(dryRunResource({ projectId, location }, shown, run));
      }
      const job = engine.startQuery({ projectId, location }, body, shown);
      return queryResults(job, {
        kind: 'bigquery#queryResponse',
        start: 0,
        maxResults: body.maxResults ?? undefined,
        timeoutMs: body.timeoutMs ?? undefined,
        format: { useInt64Timestamp: body.formatOptions?.useInt64Timestamp ?? false },
      });
    },
    'GET /projects/:project/queries/:job': async (request) => {
      const job = engine.jobs.get(param(request, 'project'), param(request, 'job'));
      const { query } = request;
      return queryResults(job, {
        kind: 'bigquery#getQueryResultsResponse',
        start: readCount(query.get('startIndex')) ?? readPageToken(query.get('pageToken')),
        maxResults: readCount(query.get('maxResults')),
        timeoutMs: readCount(query.get('timeoutMs')),
        format: { useInt64Timestamp: query.get('formatOptions.useInt64Timestamp') === 'true' },
      });
    },
  };
}
