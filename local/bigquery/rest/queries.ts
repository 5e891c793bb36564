import type { Engine } from '../jobs/engine';
import { queryRequest } from '../jobs/requests';
import { BigQueryError } from '../sql/errors';
import type { FormatOptions } from './encode';
import { dryRunResource } from './job-resource';
import { ok, param, parse } from './messages';
import { readCount, readPageToken } from './paginate';
import { queryResults } from './query-results';
import type { Routes } from './router';

/** jobs.query (POST /queries) and jobs.getQueryResults. */
export function queryRoutes(engine: Engine): Routes {
  return {
    'POST /projects/:project/queries': async (request) => {
      const sent = (await request.json()) as Record<string, unknown>;
      const body = parse(queryRequest, sent);
      const projectId = param(request, 'project');
      const location = body.location ?? engine.location;
      const { dryRun, requestId, jobTimeoutMs, ...query } = body;
      const shown = shownConfiguration(sent);
      if (dryRun) {
        const run = await engine.dryRun(query, projectId);
        return ok(dryRunResource({ projectId, location }, shown, run));
      }
      // A request that is sent again finds the job of the first: it runs once.
      const jobId = requestId ? `job_${Buffer.from(requestId).toString('base64url')}` : undefined;
      const job =
        (jobId && engine.jobs.find(projectId, jobId)) ||
        engine.start({ projectId, jobId, location }, { query, jobTimeoutMs }, shown);
      return queryResults(job, {
        kind: 'bigquery#queryResponse',
        start: 0,
        maxResults: body.maxResults ?? undefined,
        timeoutMs: body.timeoutMs ?? undefined,
        format: readFormat(
          body.formatOptions?.useInt64Timestamp,
          body.formatOptions?.timestampOutputFormat,
        ),
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
        format: queryFormat(query),
      });
    },
  };
}

/** The format that a GET asks for in its query string. */
export function queryFormat(query: URLSearchParams): FormatOptions {
  return readFormat(
    query.get('formatOptions.useInt64Timestamp') === 'true',
    query.get('formatOptions.timestampOutputFormat') ?? undefined,
  );
}

function readFormat(useInt64: boolean | undefined, output: string | undefined): FormatOptions {
  if (output === undefined || output.endsWith('_UNSPECIFIED')) {
    return { useInt64Timestamp: useInt64 ?? false };
  }
  if (output === 'INT64' || output === 'FLOAT64') return { useInt64Timestamp: output === 'INT64' };
  throw new BigQueryError(
    'invalid',
    `The local BigQuery writes timestamps as INT64 or FLOAT64, not as ${output}`,
  );
}

/** The query request as the configuration of the job that it makes. */
function shownConfiguration(sent: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { query, defaultDataset, maximumBytesBilled, labels, jobTimeoutMs } = sent;
  return {
    query: {
      query,
      useLegacySql: false,
      ...(defaultDataset !== undefined && { defaultDataset }),
      ...(maximumBytesBilled !== undefined && { maximumBytesBilled }),
    },
    ...(labels !== undefined && { labels }),
    ...(jobTimeoutMs !== undefined && { jobTimeoutMs }),
  };
}
