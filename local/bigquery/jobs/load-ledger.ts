import type { DuckDBConnection } from '@duckdb/node-api';
import { readEntries } from '../storage/catalog-tables';
import type { Storage } from '../storage/storage';
import { Job, type JobOutcome, type JobReference } from './job';

/** A load that was committed, as the warehouse keeps it. */
interface LedgerEntry {
  readonly reference: JobReference;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly outcome: JobOutcome;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
}

/** One string per job id. */
export function jobKey(reference: Pick<JobReference, 'projectId' | 'jobId'>): string {
  return `${reference.projectId}:${reference.jobId}`;
}

/**
 * Every load job that ever succeeded on the warehouse. It is written in the transaction of the
 * load, so a client that repeats a job id after a crash or a restart learns the truth.
 */
export class LoadLedger {
  private constructor(private readonly entries: Map<string, LedgerEntry>) {}

  static async open(storage: Storage): Promise<LoadLedger> {
    return new LoadLedger(
      await storage.read(({ connection }) => readEntries<LedgerEntry>(connection, 'loads')),
    );
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  find(key: string): Job | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    const { reference, configuration, outcome, endedAt } = entry;
    return Job.succeeded(reference, 'LOAD', configuration, outcome, endedAt);
  }

  /** Adds a load to the warehouse, through the connection of the load's own transaction. */
  async write(connection: DuckDBConnection, entry: LedgerEntry): Promise<void> {
    await connection.run('INSERT INTO _catalog.loads VALUES ($1, $2)', [
      jobKey(entry.reference),
      JSON.stringify(entry),
    ]);
  }

  /** To be called when the transaction is committed. */
  remember(entry: LedgerEntry): void {
    this.entries.set(jobKey(entry.reference), entry);
  }
}
