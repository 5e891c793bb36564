import { BigQueryError } from '../sql/errors';
import { duckTable } from '../sql/names';
import { hasStorage } from '../storage/entries';
import type { Session } from '../storage/storage';
import { requireTable } from '../storage/table-changes';
import { writeExport } from './export-data';
import type { JobOutcome } from './job';
import type { ExtractConfiguration } from './requests';

/** Writes a table into one file under the exports folder, over a file that is there. */
export async function extractTable(
  session: Session,
  configuration: ExtractConfiguration,
  exportsDir: string,
): Promise<JobOutcome> {
  const { projectId, datasetId, tableId } = configuration.sourceTable;
  const path = { project: projectId, dataset: datasetId, table: tableId };
  const entry = requireTable(session.catalog, path);
  if (!hasStorage(entry)) {
    throw new BigQueryError(
      'invalid',
      `Cannot extract ${tableId}, which is no table with columns: use EXPORT DATA for a query's rows`,
    );
  }
  const { destinationFormat: format, destinationUri, destinationUris } = configuration;
  const uris = destinationUris?.length ? destinationUris : destinationUri ? [destinationUri] : [];
  if (uris.length !== 1) {
    throw new BigQueryError('invalid', 'The local BigQuery extracts to one destination URI');
  }
  await writeExport(session.connection, exportsDir, {
    sql: `FROM ${duckTable(path)}`,
    columns: entry.columns,
    uri: uris[0] as string,
    format: format === 'NEWLINE_DELIMITED_JSON' ? 'JSON' : format,
    compression: configuration.compression ?? 'NONE',
    delimiter: configuration.fieldDelimiter || ',',
    header: configuration.printHeader ?? true,
    overwrite: true,
  });
  return { referenced: [path], extract: { fileCounts: [1] } };
}
