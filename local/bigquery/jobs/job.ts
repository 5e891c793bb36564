import type { DuckDBConnection } from '@duckdb/node-api';
import type { TablePath } from '../sql/catalog';
import { BigQueryError, type ErrorReason } from '../sql/errors';
import type { DmlCounts } from './dml-counts';
import { toBigQueryError } from './duck-error';
import type { QueryBytes } from './query-bytes';
import type { ResultSet } from './result-set';

const INTERRUPT_EVERY_MS = 20;

export interface JobReference {
  readonly projectId: string;
  readonly jobId: string;
  readonly location: string;
}

export type JobKind = 'QUERY' | 'LOAD' | 'COPY' | 'EXTRACT';

/** What a finished job leaves behind. */
export interface JobOutcome {
  /** Of a query: 'SELECT', 'MERGE', 'CREATE_TABLE_AS_SELECT', 'SCRIPT'... */
  readonly statementType?: string;
  readonly result?: ResultSet;
  readonly affectedRowCount?: number;
  /** The same rows by what became of them. */
  readonly dml?: DmlCounts;
  /** What a query reads, counted before it runs. */
  readonly bytes?: QueryBytes;
  /** The table or view that a single DDL or DML statement made or changed. */
  readonly target?: TablePath;
  readonly referenced?: readonly TablePath[];
  /** True where there were rows that are no longer kept. */
  readonly isResultDropped?: boolean;
  readonly load?: {
    readonly rowCount: number;
    readonly fileCount: number;
    readonly inputBytes: number;
  };
  readonly copy?: { readonly rowCount: number };
  /** Files written for each destination URI. */
  readonly extract?: { readonly fileCounts: readonly number[] };
}

export interface JobControl {
  /** Says on which connection the job works now, so that cancelling can interrupt it. */
  attach(connection: DuckDBConnection): void;
}

/** One job: its state, and after its end its outcome or error. */
export class Job {
  state: 'PENDING' | 'RUNNING' | 'DONE' = 'PENDING';
  outcome: JobOutcome | undefined;
  error: BigQueryError | undefined;
  startedAt: number | undefined;
  endedAt: number | undefined;
  readonly createdAt: number;
  /** Resolves when the job is done, failed ones too. */
  readonly finished: Promise<void>;
  private connection: DuckDBConnection | undefined;
  /** Why the job is to stop, once somebody or its timeout has said so. */
  private stopReason: string | undefined;
  private timeout: NodeJS.Timeout | undefined;
  private interrupting: NodeJS.Timeout | undefined;

  constructor(
    readonly reference: JobReference,
    readonly kind: JobKind,
    /** As the client sent it, to be shown again. */
    readonly configuration: Readonly<Record<string, unknown>>,
    work: (control: JobControl) => Promise<JobOutcome>,
    private readonly clock: () => number,
  ) {
    this.createdAt = clock();
    this.finished = this.run(work);
  }

  /** A job of an earlier process that has succeeded. */
  static succeeded(
    reference: JobReference,
    kind: JobKind,
    configuration: Readonly<Record<string, unknown>>,
    outcome: JobOutcome,
    endedAt: number,
  ): Job {
    const job = new Job(
      reference,
      kind,
      configuration,
      async () => outcome,
      () => endedAt,
    );
    job.outcome = outcome;
    job.state = 'DONE';
    return job;
  }

  get isDone(): boolean {
    return this.state === 'DONE';
  }

  /** Stops the job as `cancel` does if it is not done `milliseconds` after now. */
  limitTime(milliseconds: number): void {
    this.timeout = setTimeout(
      () => this.cancel(`Job timed out after ${milliseconds / 1000}s`),
      milliseconds,
    );
  }

  /** Interrupts a running job and stops a waiting one before it begins; a finished one stays. */
  cancel(reason = 'User requested cancellation'): void {
    this.stopReason ??= reason;
    if (this.isDone || this.interrupting) return;
    // DuckDB forgets an interrupt that comes between two statements, so it is said until heard.
    const interrupt = () => this.connection?.interrupt();
    interrupt();
    this.interrupting = setInterval(interrupt, INTERRUPT_EVERY_MS);
  }

  /** Waits for the end of the job, at most `milliseconds`; true when it is done. */
  async wait(milliseconds: number): Promise<boolean> {
    if (this.isDone || milliseconds <= 0) return this.isDone;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
    await Promise.race([this.finished, timeout]);
    clearTimeout(timer);
    return this.isDone;
  }

  private async run(work: (control: JobControl) => Promise<JobOutcome>): Promise<void> {
    // A load whose file is bad is 'invalid', a query that fails is 'invalidQuery'.
    const reason: ErrorReason = this.kind === 'QUERY' ? 'invalidQuery' : 'invalid';
    try {
      this.outcome = await work({ attach: (connection) => this.attach(connection) });
    } catch (error) {
      const known = toBigQueryError(error, reason);
      this.error = known.reason === 'stopped' ? this.stopped() : known;
    } finally {
      clearTimeout(this.timeout);
      clearInterval(this.interrupting);
      this.connection = undefined;
      this.startedAt ??= this.createdAt;
      this.endedAt = this.clock();
      this.state = 'DONE';
    }
  }

  private attach(connection: DuckDBConnection): void {
    if (this.stopReason !== undefined) throw this.stopped();
    this.connection = connection;
    this.startedAt ??= this.clock();
    this.state = 'RUNNING';
  }

  private stopped(): BigQueryError {
    return new BigQueryError('stopped', `Job execution was cancelled: ${this.stopReason}`);
  }
}
