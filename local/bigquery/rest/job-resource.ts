import type { DryRun } from '../jobs/dry-run';
import type { Job, JobOutcome, JobReference } from '../jobs/job';
import { billedBytes, NO_BYTES, type QueryBytes } from '../jobs/query-bytes';
import { printSchema } from '../jobs/table-schema';
import type { TablePath } from '../sql/catalog';
import { errorProto } from './messages';

/** A job as jobs.get and jobs.insert show it. */
export function jobResource(job: Job): object {
  return {
    ...identity('bigquery#job', job.reference),
    configuration: { jobType: job.kind, ...job.configuration },
    status: status(job),
    statistics: statistics(job),
  };
}

/** A job as jobs.list shows it; its configuration only in the full projection. */
export function jobListItem(job: Job, isFull: boolean): object {
  return {
    ...identity('bigquery#job', job.reference),
    state: job.state,
    ...(job.error && { errorResult: errorProto(job.error) }),
    ...(isFull && { configuration: { jobType: job.kind, ...job.configuration } }),
    status: status(job),
    statistics: statistics(job),
  };
}

function status({ state, error }: Job): object {
  return {
    state,
    ...(error && { errorResult: errorProto(error), errors: [errorProto(error)] }),
  };
}

/** The answer to a dry run: a job that is done, has no id to ask for, and kept nothing. */
export function dryRunResource(
  reference: { projectId: string; location: string },
  configuration: object,
  run: DryRun,
): object {
  return {
    kind: 'bigquery#job',
    jobReference: reference,
    configuration: { jobType: 'QUERY', dryRun: true, ...configuration },
    status: { state: 'DONE' },
    statistics: {
      totalBytesProcessed: String(run.bytes.processed),
      query: {
        statementType: run.statementType,
        ...byteStatistics(run.bytes),
        totalBytesProcessedAccuracy: 'UPPER_BOUND',
        cacheHit: false,
        referencedTables: run.referenced.map(tableReference),
        ...(run.columns && { schema: { fields: printSchema(run.columns) } }),
      },
    },
  };
}

export function tableReference(path: TablePath): object {
  return { projectId: path.project, datasetId: path.dataset, tableId: path.table };
}

function identity(kind: string, reference: JobReference): object {
  const { projectId, jobId, location } = reference;
  return {
    kind,
    id: `${projectId}:${location}.${jobId}`,
    jobReference: reference,
    user_email: 'local@localhost',
  };
}

function statistics(job: Job): object {
  const { outcome } = job;
  return {
    creationTime: String(job.createdAt),
    ...(job.startedAt !== undefined && { startTime: String(job.startedAt) }),
    ...(job.endedAt !== undefined && { endTime: String(job.endedAt) }),
    totalBytesProcessed: String(outcome?.bytes?.processed ?? 0),
    ...(job.kind === 'QUERY' && {
      query: {
        ...byteStatistics(outcome?.bytes ?? NO_BYTES),
        cacheHit: false,
        ...(outcome?.statementType && { statementType: outcome.statementType }),
        ...(outcome?.affectedRowCount !== undefined && {
          numDmlAffectedRows: String(outcome.affectedRowCount),
        }),
        ...(outcome && dmlStatistics(outcome)),
        ...(outcome?.target && { ddlTargetTable: tableReference(outcome.target) }),
        ...(outcome?.referenced && { referencedTables: outcome.referenced.map(tableReference) }),
        ...(outcome?.result && { schema: { fields: printSchema(outcome.result.columns) } }),
      },
    }),
    ...(outcome?.load && {
      load: {
        inputFiles: String(outcome.load.fileCount),
        inputFileBytes: String(outcome.load.inputBytes),
        outputRows: String(outcome.load.rowCount),
        outputBytes: String(outcome.load.inputBytes),
        badRecords: '0',
      },
    }),
    ...(outcome?.copy && { copy: { copiedRows: String(outcome.copy.rowCount) } }),
    ...(outcome?.extract && {
      extract: { destinationUriFileCounts: outcome.extract.fileCounts.map(String) },
    }),
  };
}

/** Rows by what became of them. */
export function dmlStatistics({ dml }: JobOutcome): object {
  if (!dml) return {};
  const { inserted, updated, deleted } = dml;
  return {
    dmlStats: {
      ...(inserted !== undefined && { insertedRowCount: String(inserted) }),
      ...(updated !== undefined && { updatedRowCount: String(updated) }),
      ...(deleted !== undefined && { deletedRowCount: String(deleted) }),
    },
  };
}

/** The logical size of what is read stands beside what BigQuery charges for it. */
function byteStatistics(bytes: QueryBytes): object {
  return {
    totalBytesProcessed: String(bytes.processed),
    totalBytesBilled: String(billedBytes(bytes)),
    estimatedBytesProcessed: String(bytes.logical),
  };
}
