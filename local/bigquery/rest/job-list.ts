import { z } from 'zod';
import type { Job } from '../jobs/job';
import { wholeNumber } from '../jobs/request-fields';
import { jobListItem } from './job-resource';
import { parse } from './messages';
import { paginate } from './paginate';

const filters = z.object({
  stateFilter: z.array(z.enum(['pending', 'running', 'done'])),
  minCreationTime: wholeNumber.optional(),
  maxCreationTime: wholeNumber.optional(),
  projection: z.enum(['full', 'minimal']),
});

/** The answer of jobs.list: the jobs that fit the request's filters, newest first. */
export function listJobs(jobs: readonly Job[], query: URLSearchParams): object {
  const { stateFilter, minCreationTime, maxCreationTime, projection } = parse(filters, {
    stateFilter: query.getAll('stateFilter').map((state) => state.toLowerCase()),
    minCreationTime: query.get('minCreationTime') ?? undefined,
    maxCreationTime: query.get('maxCreationTime') ?? undefined,
    projection: (query.get('projection') ?? 'minimal').toLowerCase(),
  });
  const fitting = jobs.filter(
    (job) =>
      (stateFilter.length === 0 ||
        stateFilter.some((state) => state === job.state.toLowerCase())) &&
      job.createdAt >= (minCreationTime ?? 0) &&
      job.createdAt <= (maxCreationTime ?? Number.POSITIVE_INFINITY) &&
      // A script is one job here: no job has a parent.
      !query.get('parentJobId'),
  );
  const { items, nextPageToken } = paginate(fitting, query);
  return {
    kind: 'bigquery#jobList',
    jobs: items.map((job) => jobListItem(job, projection === 'full')),
    ...(nextPageToken && { nextPageToken }),
  };
}
