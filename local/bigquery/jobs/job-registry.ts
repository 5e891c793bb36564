import { BigQueryError } from '../sql/errors';
import { Job, type JobControl, type JobKind, type JobOutcome, type JobReference } from './job';
import { jobKey, type LoadLedger } from './load-ledger';

const JOBS_KEPT = 2000;
const SPILLED_RESULTS_KEPT = 16;
const RESULTS_KEPT = 200;

/** All jobs of a server, newest last. Old ones are forgotten, their results earlier. */
export class JobRegistry {
  private readonly jobs = new Map<string, Job>();

  constructor(
    private readonly clock: () => number,
    /** Loads of earlier processes too: the same id must never load twice. */
    private readonly loads: LoadLedger,
  ) {}

  /** Starts a job. Throws 'duplicate' where the id was used before: the same id runs once. */
  start(
    reference: JobReference,
    kind: JobKind,
    configuration: Readonly<Record<string, unknown>>,
    work: (control: JobControl) => Promise<JobOutcome>,
    /** Milliseconds after which the job is stopped. */
    timeoutMs?: number | null,
  ): Job {
    const key = jobKey(reference);
    if (this.jobs.has(key) || this.loads.has(key)) {
      throw new BigQueryError(
        'duplicate',
        `Already Exists: Job ${reference.projectId}:${reference.location}.${reference.jobId}`,
      );
    }
    const job = new Job(reference, kind, configuration, work, this.clock);
    if (timeoutMs) job.limitTime(timeoutMs);
    this.jobs.set(key, job);
    void job.finished.then(() => this.forgetOld());
    return job;
  }

  /** The job of an id; undefined for one never used or long forgotten. */
  find(projectId: string, jobId: string): Job | undefined {
    const key = jobKey({ projectId, jobId });
    return this.jobs.get(key) ?? this.loads.find(key);
  }

  /** Throws 'notFound' for an id never used or long forgotten. */
  get(projectId: string, jobId: string): Job {
    const job = this.find(projectId, jobId);
    if (!job) throw new BigQueryError('notFound', `Not found: Job ${projectId}:${jobId}`);
    return job;
  }

  /** The project's jobs, newest first. */
  list(projectId: string): Job[] {
    return [...this.jobs.values()].filter((job) => job.reference.projectId === projectId).reverse();
  }

  /** Forgets a job; one that runs is cancelled. */
  delete({ projectId, jobId }: JobReference): void {
    const job = this.get(projectId, jobId);
    job.cancel();
    dropResults([job]);
    this.jobs.delete(jobKey({ projectId, jobId }));
  }

  /** Waits for all running jobs, then frees every result. */
  async close(): Promise<void> {
    await Promise.all([...this.jobs.values()].map((job) => job.finished));
    for (const job of this.jobs.values()) job.outcome?.result?.close();
  }

  private forgetOld(): void {
    const done = [...this.jobs.entries()].filter(([, job]) => job.isDone);
    const withResult = done.filter(([, job]) => job.outcome?.result).map(([, job]) => job);
    const spilled = withResult.filter((job) => job.outcome?.result?.isSpilled);
    dropResults(withResult.slice(0, -RESULTS_KEPT));
    dropResults(spilled.slice(0, -SPILLED_RESULTS_KEPT));
    for (const [key] of done.slice(0, Math.max(0, done.length - JOBS_KEPT))) this.jobs.delete(key);
  }
}

function dropResults(jobs: readonly Job[]): void {
  for (const job of jobs) {
    if (!job.outcome?.result) continue;
    job.outcome.result.close();
    const { result: _, ...rest } = job.outcome;
    job.outcome = { ...rest, isResultDropped: true };
  }
}
