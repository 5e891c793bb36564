import { access } from 'node:fs/promises';
import type { BigQuery, Job, JobLoadMetadata, JobMetadata, Table } from '@google-cloud/bigquery';
import { messageOf, UserError } from '../shared/errors';
import { codeOf } from './client';
import type { LoadFileOptions } from './warehouse';

const formats: Readonly<Record<string, string>> = {
  ndjson: 'NEWLINE_DELIMITED_JSON',
  json: 'NEWLINE_DELIMITED_JSON',
  jsonl: 'NEWLINE_DELIMITED_JSON',
  parquet: 'PARQUET',
};

/** A job that failed keeps its id for ever: so often is a load tried under a new one. */
const maxAttempts = 5;

/**
 * Loads a file into an existing table in one load job, which is atomic: all rows or none.
 *
 * A jobId that was used before means that this very load was asked for before. If that job
 * succeeded, nothing is left to do; if it runs, it is waited for; if it failed, it loaded
 * nothing, and the load is tried under the next id (jobId_2, jobId_3, ...).
 *
 * @throws UserError where the file is missing or of another format; the client's error where
 * the warehouse refuses the load
 */
export async function loadFileOnce(
  client: BigQuery,
  table: Table,
  file: string,
  { jobId, replace = false }: LoadFileOptions,
): Promise<void> {
  const sourceFormat = formats[file.slice(file.lastIndexOf('.') + 1).toLowerCase()];
  if (sourceFormat === undefined) {
    throw new UserError(`${file} can't be loaded: its name must end in .ndjson or .parquet.`);
  }
  await access(file).catch(() => {
    throw new UserError(`${file} can't be read: check that the file exists.`);
  });
  const load = (id?: string) =>
    runLoad(table, file, {
      sourceFormat,
      createDisposition: 'CREATE_NEVER',
      writeDisposition: replace ? 'WRITE_TRUNCATE' : 'WRITE_APPEND',
      ...(id === undefined ? {} : { jobId: id }),
    });
  if (jobId === undefined) return load();

  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const id = attempt === 1 ? jobId : `${jobId}_${attempt}`;
    try {
      return await load(id);
    } catch (error) {
      if (codeOf(error) !== 409) throw error;
    }
    if (await hasSucceeded(client.job(id))) return;
  }
  throw new UserError(
    `The load job ${jobId} failed ${maxAttempts} times before: see its error with \`bq show -j ${jobId}\`.`,
    { status: 503 },
  );
}

async function runLoad(table: Table, file: string, options: JobLoadMetadata): Promise<void> {
  const [job] = await table.createLoadJob(file, options);
  const metadata = job.metadata as JobMetadata | undefined;
  if (metadata?.status?.state !== 'DONE') return void (await job.promise());
  const failure = metadata.status.errorResult;
  if (failure) {
    throw new Error(`The load into ${table.id} failed: ${failure.message ?? failure.reason}`);
  }
}

async function hasSucceeded(job: Job): Promise<boolean> {
  try {
    await job.promise();
    return true;
  } catch (error) {
    // The job itself failed; anything else (the network, say) must not pass for that.
    const [metadata] = await job.getMetadata();
    if ((metadata as JobMetadata).status?.errorResult) return false;
    throw new Error(`The state of a load job can't be read: ${messageOf(error)}`, { cause: error });
  }
}
