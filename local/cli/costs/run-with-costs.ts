import { systemClock } from '@tributary/functions/shared/clock';
import { type PipelineOptions, runPipeline } from '../pipeline';
import type { Progress } from '../progress';
import type { OpenWarehouse } from '../warehouse';
import { type ModelCost, readCosts } from './model-costs';

/** Runs the models and answers what each has cost. */
export async function runWithCosts(
  open: OpenWarehouse,
  progress: Progress,
  options: Omit<PipelineOptions, 'onJobs'>,
): Promise<ModelCost[]> {
  const jobs = new Map<string, string[]>();
  // The clock of the cloud may be a little behind ours.
  const since = systemClock().getTime() - 60_000;
  await runPipeline(open, progress, {
    ...options,
    onJobs: (action, ids) => jobs.set(action, [...(jobs.get(action) ?? []), ...ids]),
  });
  return readCosts(open, jobs, since);
}
