import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { BigQueryError } from '../sql/errors';
import type { Storage } from '../storage/storage';
import type { Compiler } from './compiler';
import { copyTables } from './copy-job';
import { type DryRun, dryRun } from './dry-run';
import { extractTable } from './extract-job';
import type { Job, JobControl, JobKind, JobOutcome, JobReference } from './job';
import { JobRegistry } from './job-registry';
import { resolveSources } from './load-files';
import { loadFiles } from './load-job';
import { LoadLedger } from './load-ledger';
import { type QueryEnvironment, runQueryJob } from './query-job';
import type { JobConfiguration, LoadConfiguration, QueryConfiguration } from './requests';

interface EngineOptions {
  readonly storage: Storage;
  readonly compiler: Compiler;
  readonly defaultProject: string;
  /** Of datasets and jobs whose request names none. */
  readonly location?: string;
  /** Absolute folders that load jobs may read by file:// beside the warehouse's own. */
  readonly allowedPaths?: readonly string[];
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

/** A reference as requests give it: what is missing is filled in. */
interface PartialReference {
  readonly projectId: string;
  readonly jobId?: string | undefined;
  readonly location?: string | undefined;
}

/** What the REST API drives: one warehouse, and the jobs on it. */
export class Engine implements QueryEnvironment {
  readonly storage: Storage;
  readonly compiler: Compiler;
  readonly defaultProject: string;
  readonly location: string;
  readonly clock: () => number;
  readonly jobs: JobRegistry;
  private readonly allowedPaths: readonly string[];

  /** Starts on an open warehouse, whose finished loads it knows again. */
  static async create(options: EngineOptions): Promise<Engine> {
    return new Engine(options, await LoadLedger.open(options.storage));
  }

  private constructor(
    options: EngineOptions,
    private readonly loads: LoadLedger,
  ) {
    this.storage = options.storage;
    this.compiler = options.compiler;
    this.defaultProject = options.defaultProject;
    this.location = options.location ?? 'US';
    this.clock = options.clock ?? Date.now;
    this.allowedPaths = options.allowedPaths ?? [];
    this.jobs = new JobRegistry(this.clock, loads);
  }

  /**
   * Starts a job, whose configuration has one kind of work; `uploaded` is the file that came with
   * a load, deleted at the end. `shown` is the configuration as it appears in the job resource.
   * Throws 'duplicate' for a job id used before, 'invalid' for a job without work.
   */
  start(
    reference: PartialReference,
    configuration: JobConfiguration,
    shown: Readonly<Record<string, unknown>>,
    uploaded?: string,
  ): Job {
    const complete = this.complete(reference);
    const { kind, work } = this.workOf(complete, configuration, shown, uploaded);
    return this.jobs.start(complete, kind, shown, work, configuration.jobTimeoutMs);
  }

  /** Analyzes a query job without running it. */
  dryRun(configuration: QueryConfiguration, project: string): Promise<DryRun> {
    return dryRun(this, configuration, project);
  }

  /** Finishes what runs, writes everything to the warehouse and stops the analyzer. */
  async close(): Promise<void> {
    await this.jobs.close();
    await this.storage.close();
    await this.compiler.close();
  }

  private workOf(
    reference: JobReference,
    { query, load, copy, extract }: JobConfiguration,
    shown: Readonly<Record<string, unknown>>,
    uploaded: string | undefined,
  ): { kind: JobKind; work: (control: JobControl) => Promise<JobOutcome> } {
    if (load) {
      const work = async (control: JobControl) => {
        try {
          const files = uploaded ? [uploaded] : this.resolveSources(load);
          return await this.load(reference, files, load, shown, control);
        } finally {
          if (uploaded) rmSync(uploaded, { force: true });
        }
      };
      return { kind: 'LOAD', work };
    }
    if (query) {
      const work = (control: JobControl) => runQueryJob(this, query, reference.projectId, control);
      return { kind: 'QUERY', work };
    }
    if (copy) {
      const work = (control: JobControl) =>
        this.storage.write((session) => {
          control.attach(session.connection);
          return copyTables(session, copy, this.clock());
        });
      return { kind: 'COPY', work };
    }
    if (extract) {
      const work = (control: JobControl) =>
        this.storage.read((session) => {
          control.attach(session.connection);
          return extractTable(session, extract, this.storage.folder.exports);
        });
      return { kind: 'EXTRACT', work };
    }
    throw new BigQueryError(
      'invalid',
      'Required parameter is missing: configuration needs query, load, copy or extract',
    );
  }

  private async load(
    reference: JobReference,
    files: readonly string[],
    configuration: LoadConfiguration,
    shown: Readonly<Record<string, unknown>>,
    control: JobControl,
  ): Promise<JobOutcome> {
    const entry = await this.storage.write(async (session) => {
      control.attach(session.connection);
      const endedAt = this.clock();
      const outcome = await loadFiles(session, files, configuration, endedAt);
      const done = { reference, configuration: shown, outcome, endedAt };
      await this.loads.write(session.connection, done);
      return done;
    });
    this.loads.remember(entry);
    return entry.outcome;
  }

  private resolveSources({ sourceUris }: LoadConfiguration): string[] {
    return resolveSources(sourceUris ?? [], this.storage.folder.exports, this.allowedPaths);
  }

  private complete(reference: PartialReference): JobReference {
    return {
      projectId: reference.projectId,
      jobId: reference.jobId ?? `job_${randomUUID()}`,
      location: reference.location ?? this.location,
    };
  }
}
