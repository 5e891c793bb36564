import type { DryRun } from '../jobs/dry-run';
import type { Job, JobReference } from '../jobs/job';
import { printSchema } from '../jobs/table-schema';
import type { TablePath } from '../sql/catalog';
import { errorProto } from './messages';

/** A job as jobs.get, jobs.insert and jobs.list show it. */
export function jobResource(job: Job): object {
  return {
    ...identity('bigquery#job', job.reference),
    configuration: { jobType: job.kind, ...job.configuration },
    status: {
      state: job.state,
      ...(job.error && { errorResult: errorProto(job.error), errors: [errorProto(job.error)] }),
    },
    statistics: statistics(job),
  };
}

/** The answer to a dry run: a job that is done, has no id to ask for, and kept nothing. */
export function dryRunResource(
  reference: { projectId: string; location: string },
  configuration: object,
  run: DryRun,
): object {
  const totalBytesProcessed = String(run.processedBytes);
  return {
    kind: 'bigquery#job',
    jobReference: reference,
    configuration: { jobType: 'QUERY', dryRun: true, ...configuration },
    status: { state: 'DONE' },
    statistics: {
      totalBytesProcessed,
      query: {
        statementType: run.statementType,
        totalBytesProcessed,
        totalBytesProcessedAccuracy: 'UPPER_BOUND',
        totalBytesBilled: '0',
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
    totalBytesProcessed: '0',
    ...(job.kind === 'QUERY' && {
      query: {
        totalBytesProcessed: '0',
        totalBytesBilled: '0',
        cacheHit: false,
        ...(outcome?.statementType && { statementType: outcome.statementType }),
        ...(outcome?.affectedRowCount !== undefined && {
          numDmlAffectedRows: String(outcome.affectedRowCount),
        }),
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
  };
}
