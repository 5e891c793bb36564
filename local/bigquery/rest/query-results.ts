import type { Job } from '../jobs/job';
import { printSchema } from '../jobs/table-schema';
import { BigQueryError } from '../sql/errors';
import { encodePage, type FormatOptions } from './encode';
import { dmlStatistics } from './job-resource';
import { errorResponse, ok, type RestResponse } from './messages';
import { writePageToken } from './paginate';

/** Rows of one page where the client does not say how many. */
const DEFAULT_PAGE_ROWS = 20_000;
/** A page ends with the row that fills this many bytes. */
export const MAX_PAGE_BYTES = 10_000_000;
/** How long an answer waits for its job where the client does not say. */
const DEFAULT_TIMEOUT_MS = 10_000;

interface PageRequest {
  readonly kind: 'bigquery#queryResponse' | 'bigquery#getQueryResultsResponse';
  readonly start: number;
  readonly maxResults: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly format: FormatOptions;
}

/**
 * The answer to jobs.query and jobs.getQueryResults: waits for the job, then gives a page of its
 * rows; jobComplete false where it takes longer than the timeout.
 */
export async function queryResults(job: Job, request: PageRequest): Promise<RestResponse> {
  const shared = { kind: request.kind, jobReference: job.reference };
  if (!(await job.wait(request.timeoutMs ?? DEFAULT_TIMEOUT_MS))) {
    return ok({ ...shared, jobComplete: false });
  }
  if (job.error) return errorResponse(job.error, true);
  const { outcome } = job;
  const finished = {
    ...shared,
    jobComplete: true,
    totalBytesProcessed: String(outcome?.bytes?.processed ?? 0),
    cacheHit: false,
    ...(outcome?.affectedRowCount !== undefined && {
      numDmlAffectedRows: String(outcome.affectedRowCount),
    }),
    ...(outcome && request.kind === 'bigquery#queryResponse' && dmlStatistics(outcome)),
  };
  const result = outcome?.result;
  if (!result) {
    if (outcome?.isResultDropped) {
      throw new BigQueryError(
        'notFound',
        `Not found: the rows of job ${job.reference.jobId}, which the local BigQuery keeps for the newest jobs only: run the query again`,
      );
    }
    return ok({ ...finished, totalRows: '0', schema: { fields: [] } });
  }
  const count = request.maxResults ?? DEFAULT_PAGE_ROWS;
  const rowCount = Math.min(count, DEFAULT_PAGE_ROWS);
  const values = await result.page(request.start, rowCount, MAX_PAGE_BYTES);
  const rows = await encodePage(result.columns, values, request.format, MAX_PAGE_BYTES);
  const end = request.start + rows.length;
  return ok({
    ...finished,
    schema: { fields: printSchema(result.columns) },
    totalRows: String(result.rowCount),
    rows,
    ...(end < result.rowCount && rows.length > 0 && { pageToken: writePageToken(end) }),
  });
}
